import type { OperationLimits } from "../cloudflare/request";
import { AsyncMemo } from "../memoize";

/** Whether these items are all that a search needs. */
type IsEnough<Item> = (items: readonly Item[]) => boolean;

/** A list of an account in which names are searched. One reading serves all resources of a run. */
export class AccountList<Item> {
  readonly #items = new AsyncMemo<readonly Item[]>();
  /** A reading that gives up early. */
  #hasty: Promise<unknown> = Promise.resolve();

  constructor(private readonly read: (limits: OperationLimits, isEnough: IsEnough<Item>) => Promise<readonly Item[]>) {}

  /**
   * Returns the list.
   *
   * A list that an earlier search has read may lack what was added during this run. So it is read again if it is not enough.
   *
   * @param limits How long it tries. A search with limits must not fail one without.
   */
  async search(isEnough: IsEnough<Item>, limits: OperationLimits = {}): Promise<readonly Item[]> {
    const isHasty = limits.maxElapsedMs !== undefined;
    if (!isHasty) await this.#hasty;
    const isFirst = !this.#items.hasValue;
    const read = () => {
      const items = this.#items.get(() => this.read(limits, isEnough));
      if (isHasty) this.#hasty = items.catch(() => undefined);
      return items;
    };
    const earlier = read();
    const items = await earlier;
    if (isFirst || isEnough(items)) return items;
    this.#items.forget(earlier);
    return read();
  }
}
