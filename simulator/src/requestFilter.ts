/** Selects requests by method and path. */
export interface RequestFilter {
  /** An HTTP method in capitals. Default: every method. */
  method?: string;
  /** A string must be the end of the path. A regular expression must match any part of it. Default: every path. */
  path?: string | RegExp;
}

export function matchesRequest(filter: RequestFilter, request: { method: string; path: string }): boolean {
  if (filter.method !== undefined && filter.method !== request.method) return false;
  if (filter.path === undefined) return true;
  return typeof filter.path === "string" ? request.path.endsWith(filter.path) : request.path.search(filter.path) !== -1;
}
