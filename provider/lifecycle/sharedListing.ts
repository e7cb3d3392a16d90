import type { Clock } from "../cloudflare/clock";

/** For how long a listing answers: what others change meanwhile is not seen. */
const freshMs = 60_000;

/**
 * A list that many reads share, as long as it can answer them: it never answers a read that began after one of this
 * process's own writes, and is read again when it is a minute old.
 */
export class SharedListing<T> {
  #listing: { content: Promise<T>; begunAt: number } | undefined;

  constructor(private readonly clock: Pick<Clock, "now">) {}

  /** Whether there is a listing, or one under way, that answers a read of this moment. */
  get isFresh(): boolean {
    return this.#listing !== undefined && this.clock.now() - this.#listing.begunAt < freshMs;
  }

  /** The listing, read by `list` where there is none that answers a read of this moment. A failed one is not kept. */
  read(list: () => Promise<T>): Promise<T> {
    if (this.#listing && this.isFresh) return this.#listing.content;
    const listing = { content: list(), begunAt: this.clock.now() };
    this.#listing = listing;
    listing.content.catch(() => this.#forget(listing));
    return listing.content;
  }

  /**
   * Waits for a write that has just begun. What was listed before it answers no read from then on; what is listed during it, and
   * may hold the state before it or after it, none that begins after its end.
   */
  async writing<W>(write: Promise<W>): Promise<W> {
    this.#listing = undefined;
    try {
      return await write;
    } finally {
      this.#listing = undefined;
    }
  }

  #forget(listing: object): void {
    if (this.#listing === listing) this.#listing = undefined;
  }
}
