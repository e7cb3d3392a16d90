import { success } from "./envelope";

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

/** One page of a list, 20 entries long unless asked otherwise. */
export function pageOf<T>(
  all: T[],
  query: PageQuery,
): { result: T[]; result_info: ResultInfo & { total_pages: number } } {
  const page = Number(query.page ?? 1);
  const perPage = Number(query.per_page ?? 20);
  const result = all.slice((page - 1) * perPage, page * perPage);
  return {
    ...success(result),
    result_info: {
      page,
      per_page: perPage,
      count: result.length,
      total_count: all.length,
      total_pages: Math.ceil(all.length / perPage),
    },
  };
}

/** Whether the text is found in another, whatever their case; every text holds an absent one. */
export function contains(text: string, part: string | undefined): boolean {
  return part === undefined || text.toLowerCase().includes(part.toLowerCase());
}

/** Whether a value is the one that was asked for, if one was. */
export function is(value: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted;
}
