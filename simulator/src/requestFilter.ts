/** Picks requests by their method and their path. */
export interface RequestFilter {
  /** An HTTP method in capitals; default: every method. */
  method?: string;
  /** A string is matched against the end of the path, a regular expression against all of it; default: every path. */
  path?: string | RegExp;
}

export function matches(filter: RequestFilter, request: { method: string; path: string }): boolean {
  if (filter.method !== undefined && filter.method !== request.method) return false;
  if (filter.path === undefined) return true;
  return typeof filter.path === "string" ? request.path.endsWith(filter.path) : request.path.search(filter.path) !== -1;
}
