import type { Fault } from "./faults";
import { matches, type RequestFilter } from "./requestFilter";

/** One request that reached the simulator. Headers, and with them credentials, are left out. */
export interface JournalEntry {
  method: string;
  /** Without `/client/v4`, without the query. */
  path: string;
  query: Record<string, unknown>;
  /** The parsed body; the text itself where it was no JSON; absent where there was none. */
  body?: unknown;
  /** The status that was answered; `null` while there is none, or where the connection was cut instead. */
  status: number | null;
  /** When the request came in, by the simulator's clock, RFC 3339. */
  at: string;
  userAgent?: string;
  /** The injected fault that this request met. */
  fault?: Fault;
}

/** The requests that reached the simulator, in the order in which they came in. */
export class Journal {
  #entries: JournalEntry[] = [];

  /** Every request since the start, or since the journal was cleared. */
  get requests(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** The requests that match a filter. */
  find(filter: RequestFilter): JournalEntry[] {
    return this.#entries.filter((entry) => matches(filter, entry));
  }

  /** How many requests match a filter; without one, how many there were. */
  count(filter: RequestFilter = {}): number {
    return this.find(filter).length;
  }

  /** One line for each kind of request, such as `POST …/user_groups ×2`, in order of first appearance. */
  summary(): string[] {
    const counts = new Map<string, number>();
    for (const entry of this.#entries) {
      const line = `${entry.method} ${shorten(entry.path)}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    return [...counts].map(([line, count]) => `${line} ×${count}`);
  }

  clear(): void {
    this.#entries = [];
  }

  /** Takes a request down; the entry is completed as the request is served. */
  record(entry: JournalEntry): JournalEntry {
    this.#entries.push(entry);
    return entry;
  }
}

function shorten(path: string): string {
  return path
    .replace(/^\/accounts\/[^/]+(\/iam|\/devices)?/, "…")
    .replaceAll(/\/([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/g, "/{id}");
}
