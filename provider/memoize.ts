/** Returns the value for a key, and creates it when there is none. */
export function getOrCreate<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  create: () => Value,
): Value {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}

/** A value that is read when it is first needed and shared by all callers. A failed read is not kept. */
export class AsyncMemo<T> {
  #value: Promise<T> | undefined;

  /** Whether there is a value, or a read in flight. */
  get hasValue(): boolean {
    return this.#value !== undefined;
  }

  /** Returns the value, and reads it when there is none. */
  get(read: () => Promise<T>): Promise<T> {
    if (this.#value) return this.#value;
    const value = read();
    this.#value = value;
    value.catch(() => this.forget(value));
    return value;
  }

  /** Forgets the value. Given `outdated`, does nothing when a newer value has replaced that one. */
  forget(outdated?: Promise<T>): void {
    if (outdated === undefined || outdated === this.#value) this.#value = undefined;
  }
}
