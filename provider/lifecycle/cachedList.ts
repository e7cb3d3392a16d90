import type { Clock } from "../cloudflare/clock";
import { AsyncMemo } from "../memoize";

/** How long a list serves reads. Changes by others in that time are not seen. */
const freshMs = 60_000;

/**
 * A list that many reads share.
 *
 * It never serves a read that began after one of this process's own writes, and it expires after a minute.
 */
export class CachedList<T> {
  readonly #list = new AsyncMemo<T>();
  #readAt = 0;

  constructor(private readonly clock: Pick<Clock, "now">) {}

  /** Whether a list, or one in flight, can serve a read that begins now. */
  get isFresh(): boolean {
    return this.#list.hasValue && this.clock.now() - this.#readAt < freshMs;
  }

  /** Returns the list, and reads it when none is fresh. A failed read is not kept. */
  get(read: () => Promise<T>): Promise<T> {
    if (!this.isFresh) {
      this.#list.forget();
      this.#readAt = this.clock.now();
    }
    return this.#list.get(read);
  }

  /** Forgets this list, unless a newer one has replaced it. */
  forget(list: Promise<T>): void {
    this.#list.forget(list);
  }

  /**
   * Waits for a write that has just begun.
   *
   * A list from before the write serves no later read. A list that is read during the write may show either state, so it
   * serves no read that begins after the write.
   */
  async invalidateDuring<W>(write: Promise<W>): Promise<W> {
    this.#list.forget();
    try {
      return await write;
    } finally {
      this.#list.forget();
    }
  }
}
