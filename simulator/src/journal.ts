import type { Fault } from "./faults";
import { matchesRequest, type RequestFilter } from "./requestFilter";

/** One request that reached the simulator. It holds no headers except the user agent, so it holds no credentials. */
export interface JournalEntry {
  method: string;
  /** The path without `/client/v4` and without the query. */
  path: string;
  query: Record<string, unknown>;
  /** The parsed body. The text itself if the body is not JSON. Absent if the request had no body. */
  body?: unknown;
  /** The status of the response. `null` while the request is in flight, and if the connection was reset instead. */
  status: number | null;
  /** The time of arrival by the simulator's clock, in RFC 3339. */
  at: string;
  userAgent?: string;
  /** The fault that this request got. */
  fault?: Fault;
}

/** The requests that reached the simulator, in order of arrival. */
export class Journal {
  #entries: JournalEntry[] = [];

  /** Every request since the start, or since the journal was cleared. */
  get requests(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Returns the requests that match a filter. */
  find(filter: RequestFilter): JournalEntry[] {
    return this.#entries.filter((entry) => matchesRequest(filter, entry));
  }

  /** Returns the number of requests that match a filter. Default: all requests. */
  count(filter: RequestFilter = {}): number {
    return this.find(filter).length;
  }

  /** Returns one line for each kind of request, such as `POST …/user_groups ×2`, in order of first appearance. */
  summary(): string[] {
    const counts = new Map<string, number>();
    for (const entry of this.#entries) {
      const line = `${entry.method} ${shortenPath(entry.path)}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    return [...counts].map(([line, count]) => `${line} ×${count}`);
  }

  /** Forgets every request. */
  clear(): void {
    this.#entries = [];
  }

  /** Adds a request. The server completes the entry while it handles the request. */
  record(entry: JournalEntry): JournalEntry {
    this.#entries.push(entry);
    return entry;
  }
}

function shortenPath(path: string): string {
  return path
    .replace(/^\/accounts\/[^/]+(\/iam|\/devices)?/, "…")
    .replaceAll(/\/([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/g, "/{id}");
}
