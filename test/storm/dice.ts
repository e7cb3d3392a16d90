import { createHash } from "node:crypto";

/**
 * Random choices that can be repeated: each one depends on the seed and on its subject, and on nothing else.
 *
 * There is no sequence of random numbers. So one choice more does not change the others, and a request gets the same fault in
 * whatever order the requests arrive.
 */
export class Dice {
  readonly #subject: readonly (string | number)[];

  constructor(...subject: readonly (string | number)[]) {
    this.#subject = subject;
  }

  /** Returns the dice for a part of this subject. */
  for(...part: readonly (string | number)[]): Dice {
    return new Dice(...this.#subject, ...part);
  }

  /** Returns a number from 0 up to, but not including, 1. */
  roll(): number {
    return createHash("sha256").update(JSON.stringify(this.#subject)).digest().readUInt32BE() / 2 ** 32;
  }

  /** Returns true with this probability. */
  happens(probability: number): boolean {
    return this.roll() < probability;
  }

  /** Returns a whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.roll() * (max - min + 1));
  }

  /** Returns one element. Throws if there is none. */
  one<T>(list: readonly T[]): T {
    const [only] = this.some(1, list);
    if (only === undefined) throw new Error("Nothing can be picked from an empty list.");
    return only;
  }

  /** Returns up to `count` different elements, in a random order. */
  some<T>(count: number, list: readonly T[]): T[] {
    const drawn = list.map((element, index) => ({ element, at: this.for("some", index).roll() }));
    return drawn
      .sort((left, right) => left.at - right.at)
      .slice(0, count)
      .map(({ element }) => element);
  }
}
