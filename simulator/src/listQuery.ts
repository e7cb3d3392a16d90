import { type ResultEnvelope, wrapResult } from "./envelope";

export interface PageQuery {
  page?: string;
  per_page?: string;
}

export interface ResultInfo {
  page: number;
  per_page: number;
  count: number;
  total_count: number;
  total_pages: number;
}

/** Returns the response with one page of a list. The default page size is 20. */
export function paginate<T>(items: T[], query: PageQuery): ResultEnvelope<T[]> & { result_info: ResultInfo } {
  const page = Number(query.page ?? 1);
  const perPage = Number(query.per_page ?? 20);
  const result = items.slice((page - 1) * perPage, page * perPage);
  return {
    ...wrapResult(result),
    result_info: {
      page,
      per_page: perPage,
      count: result.length,
      total_count: items.length,
      total_pages: Math.ceil(items.length / perPage),
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
