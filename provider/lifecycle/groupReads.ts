import type { Clock } from "../cloudflare/clock";
import { SharedListing } from "./sharedListing";

/** How many reads must come together before a list is thought of. */
const togetherAtLeast = 4;

/** How many pages one read stands for: where some groups are read together, more are likely to follow. */
const pagesForEach = 2;

/** The engine asks for several groups at once; their reads arrive within moments of each other. */
const momentMs = 20;

/** How the groups of one kind in one account are read. */
export interface GroupSource<Group> {
  get(id: string, doing: string): Promise<Group>;
  /** @param decide Told, after the first page, how many more there are; throws where they are too many. */
  list(decide: (pagesLeft: number) => void): Promise<Group[]>;
}

/**
 * The reads of the groups of one kind in one account: many together cost the pages of one list, few cost a call each.
 *
 * Nobody tells how many reads are to come. So the first few are made one by one; after that the list is read as soon as its pages are at most
 * twice as many as the reads that have been asked for, as most stacks have many groups or all of an account's. At worst that costs three times
 * what hindsight would have chosen, and a stack of a few groups never reads a large account.
 */
export class GroupReads<Group extends { id: string }> {
  readonly #listing: SharedListing<Map<string, Group>>;
  #waiting = 0;
  /** The reads since the last write, or the last list, that a list would have spared. */
  #asked = 0;
  /** From how many reads on a list is worth its calls. */
  #worthFrom = togetherAtLeast;

  constructor(
    private readonly clock: Clock,
    private readonly source: GroupSource<Group>,
  ) {
    this.#listing = new SharedListing(clock);
  }

  /** Reads one group, by itself or with the others. Fails as the call for the group alone does. */
  async read(id: string, doing: string): Promise<Group> {
    this.#waiting += 1;
    this.#asked += 1;
    try {
      if (this.#asked < togetherAtLeast && !this.#listing.isFresh) await this.clock.sleep(momentMs);
      const listed = (await this.#listed())?.get(id);
      // That a list does not hold a group is no clear answer; that there is no such group is.
      return listed ?? (await this.source.get(id, doing));
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Waits for a write to one of the groups that has just begun; what was listed before its end answers no later read. */
  async writing<T>(write: Promise<T>): Promise<T> {
    this.#asked = this.#waiting;
    try {
      return await this.#listing.writing(write);
    } finally {
      this.#asked = this.#waiting;
    }
  }

  /** Every group of the account by its id, where that is cheaper than to ask for each, as far as can be seen. */
  async #listed(): Promise<Map<string, Group> | undefined> {
    if (!this.#listing.isFresh && this.#asked < this.#worthFrom) return undefined;
    try {
      return await this.#listing.read(() => this.#list());
    } catch {
      // The groups themselves are asked, and what is wrong is told of each.
      return undefined;
    }
  }

  async #list(): Promise<Map<string, Group>> {
    let isTooLong = false;
    const decide = (pagesLeft: number) => {
      this.#worthFrom = Math.max(togetherAtLeast, (pagesLeft + 1) / pagesForEach);
      isTooLong = this.#asked * pagesForEach < pagesLeft;
      if (isTooLong) throw new Error(`${pagesLeft} more pages for ${this.#asked} reads`);
    };
    try {
      const groups = await this.source.list(decide);
      this.#asked = 0;
      return new Map(groups.map((group) => [group.id, group]));
    } catch (error) {
      if (!isTooLong) this.#worthFrom = Number.POSITIVE_INFINITY;
      throw error;
    }
  }
}
