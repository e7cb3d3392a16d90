/** The largest page that Cloudflare documents for each list. */
const documentedMax = {
  userGroups: 500,
  groupMembers: 500,
  deploymentGroups: 100,
  permissionGroups: 50,
  accountMembers: 50,
  // Newer pages document neither a page size nor pages. Older ones document 5 to 50.
  resourceGroups: 50,
} as const;

/** A list that is read page by page. */
export type PagedList = keyof typeof documentedMax;

/** The sizes to try when Cloudflare rejects a larger one. Other sources name 50 for the lists with larger pages. */
const fallbackSizes = [50, 20];

/** The page sizes that Cloudflare has accepted in the requests of a client. */
export class PageSizes {
  readonly #accepted = new Map<PagedList, number>();

  /** Returns the sizes to try, the largest first. Once a size is accepted, it is the only one. */
  sizesToTry(list: PagedList): [number, ...number[]] {
    const accepted = this.#accepted.get(list);
    if (accepted !== undefined) return [accepted];
    const max = documentedMax[list];
    return [max, ...fallbackSizes.filter((size) => size < max)];
  }

  accept(list: PagedList, size: number): void {
    this.#accepted.set(list, size);
  }
}
