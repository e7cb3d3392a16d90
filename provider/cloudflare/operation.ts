import type { Clock } from "./clock";
import { type ListContext, type ListReading, readPages } from "./listReader";
import type { ApiRequest, FirstPageDecision, ListRequest } from "./request";

/** What an operation takes from the client. */
export interface OperationContext extends ListContext {
  clock: Clock;
  /** Logs each warning once in a run, even when its circumstance changes. */
  warnOnce(warning: string, circumstance: string): void;
}

const maxListAttempts = 6;
const betweenListsMs = 250;

/** A search reads a changed list only once more, because a large list may keep changing. */
const maxSearchAttempts = 2;

/** The requests of one operation on a resource. The operation's name begins the message of each of their errors. */
export class Operation {
  constructor(
    readonly name: string,
    private readonly context: OperationContext,
  ) {}

  /** Sends one request and returns its validated `result`. */
  async request<T>(request: ApiRequest<T>): Promise<T> {
    return (await this.context.send(request)).result;
  }

  /**
   * Reads every page of a list.
   *
   * A list that changes between two pages can repeat or omit an item. So a list that differs from the API's own count
   * is read again, unless the request's `isEnough` accepts it. An incomplete list is an error. An item of an unknown
   * shape is omitted with a warning, or fails the list with `rejectUnreadable`.
   */
  async list<T extends { id: string }>(request: ListRequest<T>): Promise<T[]> {
    return (await this.listUnlessStopped(request, () => "continue")) ?? [];
  }

  /** Reads every page of a list, and returns undefined when `onFirstPage` stops it. */
  async listUnlessStopped<T extends { id: string }>(
    request: ListRequest<T>,
    onFirstPage: FirstPageDecision,
  ): Promise<T[] | undefined> {
    const { isEnough } = request;
    const found = new Map<string, T>();
    let previous: ListReading<T> | undefined;
    const maxAttempts = isEnough ? maxSearchAttempts : maxListAttempts;
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      await this.context.clock.sleep(betweenListsMs * attempt);
      const reading = await readPages(this.context, request, onFirstPage);
      if (!reading) return undefined;
      if (request.rejectUnreadable) this.#rejectUnreadable(reading);
      this.#warnOfUnreadable(reading);
      if (reading.isConsistent) return [...reading.items.values()];
      if (isEnough) {
        for (const [id, item] of reading.items) found.set(id, item);
        if (isEnough([...found.values()])) break;
      } else if (attempt === maxListAttempts - 1 && previous && isMiscounted(previous, reading)) {
        this.context.warnOnce(
          `Cloudflare counts ${reading.total} items, but its pages contain ${reading.items.size + reading.unreadable.size}`,
          `in response to: ${this.name}`,
        );
        return [...reading.items.values()];
      }
      previous = reading;
    }
    if (isEnough) return [...found.values()];
    throw new Error(
      `Could not ${this.name}: the list did not match Cloudflare's own count in ${maxListAttempts} attempts, because it ` +
        "kept changing while its pages were read. Run the same command again.",
    );
  }

  #rejectUnreadable({ unreadable }: ListReading<unknown>): void {
    for (const { what, problem } of unreadable.values())
      throw new Error(
        `Could not ${this.name}: ${what} does not match Cloudflare's documentation: ${problem}. Look for a newer release ` +
          "of pulumi-cloudflare-groups.",
      );
  }

  #warnOfUnreadable({ unreadable }: ListReading<unknown>): void {
    for (const { what, problem } of unreadable.values())
      this.context.warnOnce(
        `Left out ${what}, which does not match Cloudflare's documentation: ${problem}. Look for a newer release of ` +
          "pulumi-cloudflare-groups",
        `in response to: ${this.name}`,
      );
  }
}

/** Whether a list is stable and complete by its pages, and only Cloudflare's count differs. */
function isMiscounted<T>(previous: ListReading<T>, current: ListReading<T>): boolean {
  const idsOf = ({ items, unreadable }: ListReading<T>) => JSON.stringify([...items.keys(), ...unreadable.keys()]);
  return (
    previous.endsShort &&
    current.endsShort &&
    current.total !== undefined &&
    previous.total === current.total &&
    idsOf(previous) === idsOf(current)
  );
}
