import { type ResultEnvelope, wrapResult } from "./envelope";
import type { ListName, PageSizes } from "./pageSizes";
import type { ApiVariants } from "./variants";

export interface PageQuery {
  page?: string;
  per_page?: string;
}

export interface ResultInfo {
  page: number;
  per_page: number;
  count: number;
  total_count: number;
  total_pages?: number;
}

/** The items of a list that match the filters of a request. */
export interface FilteredList<T> {
  name: ListName;
  items: T[];
  /** The number of items without filters. */
  unfilteredCount: number;
  query: PageQuery;
  /** Converts an item of the page to its form in the response. */
  render: (item: T) => object;
}

/** Returns the response with one page of a list. */
export function paginate<T>(
  { name, items, unfilteredCount, query, render }: FilteredList<T>,
  { pageSizes, variants }: { pageSizes: PageSizes; variants: ApiVariants },
): ResultEnvelope<object[] | null> & { result_info?: ResultInfo } {
  const emptyResult = variants.emptyLists === "null" && name !== "deploymentGroups" ? null : [];
  const limits = pageSizes[name];
  if (limits === "unpaged") return wrapResult(items.length === 0 ? emptyResult : items.map(render));
  const page = Number(query.page ?? 1);
  // A size outside the limits arrives here only if the variant is to clamp it.
  const perPage = Math.min(Math.max(Number(query.per_page ?? limits.default), limits.min), limits.max);
  const result = items.slice((page - 1) * perPage, page * perPage).map(render);
  const totalCount = variants.totalCount === "unfiltered" ? unfilteredCount : items.length;
  return {
    ...wrapResult(result.length === 0 ? emptyResult : result),
    result_info: {
      page,
      per_page: perPage,
      count: result.length,
      total_count: totalCount,
      total_pages: Math.ceil(totalCount / perPage),
    },
  };
}

/** Returns whether a text contains the filter's value, ignoring case. An absent filter matches every text. */
export function containsFilter(text: string, filter: string | undefined): boolean {
  return filter === undefined || text.toLowerCase().includes(filter.toLowerCase());
}

/** Returns whether a value equals the filter's value. An absent filter matches every value. */
export function equalsFilter(value: string | undefined, filter: string | undefined): boolean {
  return filter === undefined || value === filter;
}
