import type { ApiVariants } from "./variants";

/** The lists of the API that a client reads page by page. */
export type ListName =
  | "userGroups"
  | "groupMembers"
  | "permissionGroups"
  | "resourceGroups"
  | "accountMembers"
  | "deploymentGroups";

/** The limits of `per_page` for one list. */
export interface PageSizeLimits {
  /** The page size without `per_page`. */
  default: number;
  min: number;
  max: number;
}

/** The limits of each list. An `"unpaged"` list ignores `page` and `per_page` and has no `result_info`. */
export type PageSizes = Record<ListName, PageSizeLimits | "unpaged">;

const UNIFORM_LIMITS: PageSizeLimits = { default: 20, min: 1, max: 50 };

const UNIFORM_PAGE_SIZES: PageSizes = {
  userGroups: UNIFORM_LIMITS,
  groupMembers: UNIFORM_LIMITS,
  permissionGroups: UNIFORM_LIMITS,
  resourceGroups: UNIFORM_LIMITS,
  accountMembers: UNIFORM_LIMITS,
  deploymentGroups: UNIFORM_LIMITS,
};

const DOCUMENTED_PAGE_SIZES: PageSizes = {
  userGroups: { default: 100, min: 1, max: 500 },
  groupMembers: { default: 100, min: 1, max: 500 },
  permissionGroups: { default: 20, min: 5, max: 50 },
  resourceGroups: "unpaged",
  accountMembers: { default: 20, min: 5, max: 50 },
  deploymentGroups: { default: 50, min: 1, max: 100 },
};

/** The page sizes of the reference pages, the same page size for every list, or limits for single lists. */
export type PageSizeOption = "uniform" | "documented" | Partial<PageSizes>;

export function resolvePageSizes(option: PageSizeOption = "documented"): PageSizes {
  if (option === "uniform") return UNIFORM_PAGE_SIZES;
  return option === "documented" ? DOCUMENTED_PAGE_SIZES : { ...DOCUMENTED_PAGE_SIZES, ...option };
}

/** Returns the name of the schema format for `per_page`. The name is part of the error message. */
export function getPageSizeFormat({ min, max }: PageSizeLimits, { pageSizeOutOfRange }: ApiVariants): string {
  return pageSizeOutOfRange === "clamped" ? "whole number" : `whole number from ${min} to ${max}`;
}

/** Returns the schema formats for all limits, by name. */
export function createPageSizeFormats(pageSizes: PageSizes): Record<string, (text: string) => boolean> {
  const formats: Record<string, (text: string) => boolean> = { "whole number": isWholeNumber };
  for (const limits of Object.values(pageSizes)) {
    if (limits === "unpaged") continue;
    const { min, max } = limits;
    formats[`whole number from ${min} to ${max}`] = (text) =>
      isWholeNumber(text) && Number(text) >= min && Number(text) <= max;
  }
  return formats;
}

function isWholeNumber(text: string): boolean {
  return /^(0|[1-9][0-9]{0,8})$/.test(text);
}
