import type { Clock } from "../cloudflare/clock";
import type { FirstPageDecision } from "../cloudflare/request";
import { CachedList } from "./cachedList";

/** The number of reads that must come together before a list is considered. */
const minReadsForList = 4;

/** The number of pages that one read justifies: where some groups are read together, more are likely to follow. */
const pagesPerRead = 2;

/** The engine asks for several groups at once, and their reads arrive within this time. */
const gatherMs = 20;

/** Lists the groups, and returns undefined when `onFirstPage` stops the list. */
type ListGroups<Group> = (onFirstPage: FirstPageDecision) => Promise<Group[] | undefined>;

/**
 * Reads the groups of one kind in one account: many reads together cost the pages of one list, and few cost one request each.
 *
 * The number of reads to come is unknown. So the first few groups are read one by one. Then the list is read as soon as it
 * has at most twice as many pages as there were reads. At worst this costs three times the optimum, and a stack of a few
 * groups never reads a large account.
 */
export class GroupLoader<Group extends { id: string }> {
  readonly #list: CachedList<Map<string, Group> | undefined>;
  #pendingReads = 0;
  /** The reads since the last write, or the last list, that a list would have served. */
  #readsSinceList = 0;
  /** The number of reads from which a list is worth its requests. */
  #readsWorthList = minReadsForList;

  constructor(
    private readonly clock: Clock,
    private readonly listGroups: ListGroups<Group>,
  ) {
    this.#list = new CachedList(clock);
  }

  /** Reads one group, alone or with the others. It fails like a request for this group alone. */
  async read(id: string, get: () => Promise<Group>): Promise<Group> {
    this.#pendingReads += 1;
    this.#readsSinceList += 1;
    try {
      if (this.#readsSinceList < minReadsForList && !this.#list.isFresh) await this.clock.sleep(gatherMs);
      const listed = (await this.#readList())?.get(id);
      // Absence from a list proves nothing; only a 404 on the group itself does.
      return listed ?? (await get());
    } finally {
      this.#pendingReads -= 1;
    }
  }

  /** Waits for a write to a group that has just begun. A list from before the end of the write serves no later read. */
  async invalidateDuring<T>(write: Promise<T>): Promise<T> {
    this.#readsSinceList = this.#pendingReads;
    try {
      return await this.#list.invalidateDuring(write);
    } finally {
      this.#readsSinceList = this.#pendingReads;
    }
  }

  /** Returns all groups by id when that seems cheaper than single requests. */
  async #readList(): Promise<Map<string, Group> | undefined> {
    if (!this.#list.isFresh && this.#readsSinceList < this.#readsWorthList) return undefined;
    const list = this.#list.get(() => this.#requestList());
    try {
      const groups = await list;
      if (!groups) this.#list.forget(list);
      return groups;
    } catch {
      // The request for the group itself reports what is wrong.
      return undefined;
    }
  }

  async #requestList(): Promise<Map<string, Group> | undefined> {
    try {
      const groups = await this.listGroups((pagesRemaining) => this.#decide(pagesRemaining));
      if (!groups) return undefined;
      this.#readsSinceList = 0;
      return new Map(groups.map((group) => [group.id, group]));
    } catch (error) {
      this.#readsWorthList = Number.POSITIVE_INFINITY;
      throw error;
    }
  }

  #decide(pagesRemaining: number): "continue" | "stop" {
    this.#readsWorthList = Math.max(minReadsForList, (pagesRemaining + 1) / pagesPerRead);
    return this.#readsSinceList * pagesPerRead < pagesRemaining ? "stop" : "continue";
  }
}
