import * as z from "../zod";
import type { Clock } from "./clock";
import { CloudflareError } from "./errors";
import type { PageSizes } from "./pageSizes";
import type { ApiRequest, FirstPageDecision, ListRequest } from "./request";
import type { Envelope } from "./schemas";

/** The validated result of a request, and what the envelope says about paging. */
export interface ApiResult<T> {
  result: T;
  info: Envelope["result_info"];
}

/** What reading a list takes from its operation. */
export interface ListContext {
  /** The operation's name, for error messages. */
  operation: string;
  clock: Clock;
  pageSizes: PageSizes;
  send<T>(request: ApiRequest<T>): Promise<ApiResult<T>>;
  /** Logs each warning once in a run. */
  warnOnce(warning: string): void;
}

/** An item that does not match Cloudflare's documentation. */
interface UnreadableItem {
  /** The item's name and id for messages, if it has them. */
  what: string;
  problem: string;
}

/** One reading of all pages. */
interface ListReading<T> {
  items: Map<string, T>;
  unreadable: Map<string, UnreadableItem>;
  /** Cloudflare's own count of the items. Undefined when there is none, or when it changes between pages. */
  total: number | undefined;
  /** Whether the items match Cloudflare's own count. */
  isConsistent: boolean;
  /** Whether the last page was shorter than its own `per_page`, so that Cloudflare has nothing more to return. */
  endsShort: boolean;
}

interface Page {
  rows: unknown[];
  info: Envelope["result_info"];
  /** The page size of the request. */
  size: number;
}

/** A page that is shorter than this is the last one, even when Cloudflare says nothing about page sizes. */
const smallestDefaultSize = 20;

/** The smallest page size that every list accepts. */
const minSize = 5;

const maxAttempts = 6;
const betweenAttemptsMs = 250;

/** A search reads a changed list only once more, because a large list may keep changing. */
const maxSearchAttempts = 2;

/**
 * Reads a list until it matches Cloudflare's own count, and returns undefined when `onFirstPage` stops it.
 *
 * The rules are those of `Operation.list`.
 */
export async function readList<T extends { id: string }>(
  context: ListContext,
  request: ListRequest<T>,
  onFirstPage: FirstPageDecision,
): Promise<T[] | undefined> {
  const { isEnough } = request;
  const found = new Map<string, T>();
  let previous: ListReading<T> | undefined;
  const lastAttempt = (isEnough ? maxSearchAttempts : maxAttempts) - 1;
  for (let attempt = 0; attempt <= lastAttempt; attempt++) {
    await context.clock.sleep(betweenAttemptsMs * attempt);
    const reading = await readPages(context, request, onFirstPage);
    if (!reading) return undefined;
    reportUnreadable(context, reading, request.rejectUnreadable === true);
    if (reading.isConsistent) return [...reading.items.values()];
    if (isEnough) {
      for (const [id, item] of reading.items) found.set(id, item);
      if (isEnough([...found.values()])) break;
    } else if (attempt === lastAttempt && previous && isMiscounted(previous, reading)) {
      context.warnOnce(
        `Cloudflare counts ${reading.total} items, but its pages contain ${reading.items.size + reading.unreadable.size}`,
      );
      return [...reading.items.values()];
    }
    previous = reading;
  }
  if (isEnough) return [...found.values()];
  throw new Error(
    `Could not ${context.operation}: the list did not match Cloudflare's own count in ${maxAttempts} attempts, because it ` +
      "kept changing while its pages were read. Run the same command again.",
  );
}

function reportUnreadable(
  { operation, warnOnce }: ListContext,
  { unreadable }: ListReading<unknown>,
  isError: boolean,
) {
  for (const { what, problem } of unreadable.values()) {
    const mismatch = `not match Cloudflare's documentation: ${problem}. Look for a newer release of pulumi-cloudflare-groups`;
    if (isError) throw new Error(`Could not ${operation}: ${what} does ${mismatch}.`);
    warnOnce(`Left out ${what}, which does ${mismatch}`);
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

/** Reads every page of a list once, and returns undefined when `onFirstPage` stops it. */
async function readPages<T extends { id: string }>(
  context: ListContext,
  request: ListRequest<T>,
  onFirstPage: FirstPageDecision,
): Promise<ListReading<T> | undefined> {
  const items = new Map<string, T>();
  const unreadable = new Map<string, UnreadableItem>();
  const totals = new Set<number | undefined>();
  let rowCount = 0;
  let endsShort = false;
  let size: number | undefined;
  for (let number = 1; ; number++) {
    const page: Page =
      size === undefined ? await readFirstPage(context, request) : await readPage(context, request, number, size);
    const countBefore = items.size + unreadable.size;
    addRows(page.rows, request.item, items, unreadable);
    // A page without a new item means that the API ignores page numbers.
    const hasNews = items.size + unreadable.size > countBefore;
    const total = page.info?.total_count ?? undefined;
    totals.add(total);
    rowCount += page.rows.length;
    if (hasNews) {
      endsShort = page.rows.length < (page.info?.per_page ?? 0);
      context.pageSizes.accept(request.list, page.size);
    }
    const isLast = !hasNews || isLastPage(page, rowCount, request.filter ? undefined : total);
    if (number === 1 && onFirstPage(pagesRemaining(isLast, total, page.rows.length)) === "stop") return undefined;
    request.onPage?.(number, isLast ? number : pagesInAll(total, page));
    if (isLast) break;
    size = nextSize(page);
  }
  const [total] = totals;
  const isConsistent =
    request.filter !== undefined ||
    (totals.size === 1 && (total === undefined || items.size + unreadable.size === total));
  return { items, unreadable, total: totals.size === 1 ? total : undefined, isConsistent, endsShort };
}

/** Reads the first page, with a smaller size when Cloudflare rejects the larger one. */
async function readFirstPage<T>(context: ListContext, request: ListRequest<T>): Promise<Page> {
  let rejection: unknown;
  for (const size of context.pageSizes.sizesToTry(request.list)) {
    try {
      return await readPage(context, request, 1, size);
    } catch (error) {
      // Reports the first rejection, because the page size may not be the reason.
      rejection ??= error;
      if (!(error instanceof CloudflareError) || (error.status !== 400 && error.status !== 422)) break;
    }
  }
  throw rejection;
}

async function readPage<T>(
  { send }: ListContext,
  { path, permission, retryNotFound = false, filter }: ListRequest<T>,
  page: number,
  size: number,
): Promise<Page> {
  const { result, info } = await send({
    method: "GET",
    path,
    permission,
    retryNotFound,
    query: { ...filter, page, per_page: size },
    result: z.array(z.unknown()).nullish(),
  });
  return { rows: result ?? [], info, size };
}

function addRows<T extends { id: string }>(
  rows: readonly unknown[],
  item: z.ZodType<T>,
  items: Map<string, T>,
  unreadable: Map<string, UnreadableItem>,
): void {
  const keysOfPage = new Set<string>();
  for (const row of rows) {
    const parsed = item.safeParse(row);
    if (parsed.success) {
      items.set(parsed.data.id, parsed.data);
      continue;
    }
    // Items without an id are counted by their content. Equal items of one page count separately.
    let key = JSON.stringify(row);
    while (keysOfPage.has(key)) key += " again";
    keysOfPage.add(key);
    const problem = z.prettifyError(parsed.error).replace(/\s+/g, " ");
    unreadable.set(key, { what: describeRow(row), problem });
  }
}

function describeRow(row: unknown): string {
  if (typeof row !== "object" || row === null) return JSON.stringify(row);
  const { name, email, id } = Object.fromEntries(Object.entries(row));
  const parts = [name ?? email, id].filter((part) => typeof part === "string").map((part) => JSON.stringify(part));
  return parts.length > 0 ? parts.join(" ") : "an item without a name";
}

function isLastPage({ rows, info, size }: Page, rowCount: number, total: number | undefined): boolean {
  if (total !== undefined) return rowCount >= total;
  return rows.length < (info?.per_page ?? Math.min(size, smallestDefaultSize));
}

/** Returns the size for the next page. Cloudflare may have used a smaller one than the request had. */
function nextSize({ rows, info, size }: Page): number {
  if (rows.length >= size) return size;
  const used = info?.per_page ?? size;
  if (used < size) return used;
  return Math.max(rows.length, minSize);
}

function pagesInAll(total: number | undefined, { rows, info, size }: Page): number | undefined {
  return total === undefined ? undefined : Math.ceil(total / (info?.per_page ?? Math.min(rows.length, size)));
}

function pagesRemaining(isLast: boolean, total: number | undefined, countOnFirstPage: number): number {
  if (isLast) return 0;
  return total === undefined ? Number.POSITIVE_INFINITY : Math.ceil(total / countOnFirstPage) - 1;
}
