/** Runs the work of each key one after the other. Work of different keys runs side by side. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` after all earlier work of the key has settled. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = (this.#last.get(key) ?? Promise.resolve()).then(work);
    this.#last.set(
      key,
      result.catch(() => undefined),
    );
    return result;
  }
}
