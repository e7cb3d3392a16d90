import type * as z from "../zod";
import type { PagedList } from "./pageSizes";

/** What only the identity provider (SCIM) may change in a user group that it owns. */
export type ReservedChange = "name" | "members" | "deletion";

/** How long an operation tries. */
export interface OperationLimits {
  /** How long each of its requests may take with all its waits, in milliseconds. Default: 15 minutes. */
  maxElapsedMs?: number | undefined;
}

/** One request to the API. */
export interface ApiRequest<T> {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The segments of the path after the base URL. They hold ids only, because they are not encoded. */
  path: readonly string[];
  query?: Record<string, string | number>;
  body?: unknown;
  /** The schema of the response's `result`. */
  result: z.ZodType<T>;
  /** The permission that the request needs, for the advice after a 403. */
  permission: string;
  /** What the request changes that an identity provider may have reserved for itself. Default: nothing. */
  reservedChange?: ReservedChange | undefined;
  /** Whether sending the request twice has the effect of sending it once. Default: true for all methods but `POST`. */
  idempotent?: boolean;
  /** Whether a 404 is retried: the members of a new user group appear some seconds after the group. Default: false. */
  retryNotFound?: boolean;
}

/** A list that is read page by page. */
export interface ListRequest<T> extends Pick<ApiRequest<T[]>, "path" | "permission" | "retryNotFound"> {
  /** The list whose page size applies. */
  list: PagedList;
  /** The schema of one item. */
  item: z.ZodType<T>;
  /** Selects items. Cloudflare's `total_count` may count the other ones too, so the list is not compared with it. */
  filter?: Record<string, string>;
  /**
   * Whether these items are enough although the list changed while its pages were read.
   *
   * A search can use it for a list that keeps changing. Default: only a list that matches Cloudflare's own count is
   * enough.
   */
  isEnough?(items: readonly T[]): boolean;
  /** Whether an item of an unknown shape fails the list, instead of being left out with a warning. Default: false. */
  rejectUnreadable?: boolean;
  /** Called after each page, with the number of pages in all when the API counts the items. */
  onPage?(pagesRead: number, pagesInAll: number | undefined): void;
}

/** What a caller may change in the list of an endpoint. */
export type ListOptions = Partial<
  Pick<ListRequest<unknown>, "permission" | "retryNotFound" | "rejectUnreadable" | "onPage">
>;

/**
 * Decides after the first page of a list whether to read the others.
 *
 * `pagesRemaining` is `Infinity` when the API does not count the items.
 */
export type FirstPageDecision = (pagesRemaining: number) => "continue" | "stop";
