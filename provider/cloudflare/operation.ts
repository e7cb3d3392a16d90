import * as z from "../zod";
import type { Clock } from "./clock";
import type { ApiRequest, FirstPageDecision, ListRequest } from "./request";
import type { Envelope } from "./schemas";

/** The validated result of a request, and what the envelope says about paging. */
export interface ApiResult<T> {
  result: T;
  info: Envelope["result_info"];
}

type Send = <T>(request: ApiRequest<T>) => Promise<ApiResult<T>>;

type ListOutcome<T> = { kind: "complete"; items: T[] } | { kind: "stopped" } | { kind: "inconsistent" };

/** The page size that lists ask for, the largest that Cloudflare returns. */
export const pageSize = 50;

const maxListAttempts = 6;
const betweenListsMs = 250;

/** The requests of one operation on a resource. The operation's name begins the message of each of their errors. */
export class Operation {
  constructor(
    readonly name: string,
    private readonly clock: Clock,
    private readonly send: Send,
  ) {}

  /** Sends one request and returns its validated `result`. */
  async request<T>(request: ApiRequest<T>): Promise<T> {
    return (await this.send(request)).result;
  }

  /**
   * Reads every page of a list.
   *
   * A list that changes between two pages can repeat or omit an item. A list that does not match the API's own count is
   * read again, and never returned as if it were complete.
   */
  async list<T extends { id: string }>(request: ListRequest<T>): Promise<T[]> {
    return (await this.listUnlessStopped(request, () => "continue")) ?? [];
  }

  /** Reads every page of a list, and returns undefined when `onFirstPage` stops it. */
  async listUnlessStopped<T extends { id: string }>(
    request: ListRequest<T>,
    onFirstPage: FirstPageDecision,
  ): Promise<T[] | undefined> {
    for (let attempt = 0; attempt < maxListAttempts; attempt++) {
      const outcome = await this.#readPages(request, onFirstPage);
      if (outcome.kind === "complete") return outcome.items;
      if (outcome.kind === "stopped") return undefined;
      await this.clock.sleep(betweenListsMs * attempt);
    }
    throw new Error(
      `Could not ${this.name}: the list did not match Cloudflare's own count in ${maxListAttempts} attempts, because it ` +
        "kept changing while its pages were read. Run the same command again.",
    );
  }

  async #readPages<T extends { id: string }>(
    { item, ...request }: ListRequest<T>,
    onFirstPage: FirstPageDecision,
  ): Promise<ListOutcome<T>> {
    const items = new Map<string, T>();
    const totals = new Set<number | undefined>();
    let rows = 0;
    for (let page = 1; ; page++) {
      const { result, info } = await this.send({
        ...request,
        method: "GET",
        query: { ...request.query, page, per_page: pageSize },
        result: z.array(item).nullish(),
      });
      const countBefore = items.size;
      for (const entry of result ?? []) items.set(entry.id, entry);
      const total = info?.total_count ?? undefined;
      totals.add(total);
      const count = result?.length ?? 0;
      rows += count;
      const isLast = total === undefined ? count < (info?.per_page ?? pageSize) : rows >= total;
      if (page === 1 && onFirstPage(pagesRemaining(isLast, total, count)) === "stop") return { kind: "stopped" };
      // A page without a new item means that the API ignores page numbers.
      if (isLast || items.size === countBefore) break;
    }
    const [total] = totals;
    const isConsistent = totals.size === 1 && (total === undefined || items.size === total);
    return isConsistent ? { kind: "complete", items: [...items.values()] } : { kind: "inconsistent" };
  }
}

function pagesRemaining(isLast: boolean, total: number | undefined, countOnFirstPage: number): number {
  if (isLast) return 0;
  return total === undefined ? Number.POSITIVE_INFINITY : Math.ceil(total / countOnFirstPage) - 1;
}
