import { createHash } from "node:crypto";

/**
 * Chance that can be replayed: each decision depends on the seed and on what it is about, and on nothing else.
 *
 * There is no sequence of numbers in which one decision too many would change all that follow, and requests that come in
 * another order meet the same fate.
 */
export class Dice {
  readonly #about: readonly (string | number)[];

  constructor(...about: readonly (string | number)[]) {
    this.#about = about;
  }

  /** The dice for a part of what these are about. */
  for(...part: readonly (string | number)[]): Dice {
    return new Dice(...this.#about, ...part);
  }

  /** A number from 0 up to, but not including, 1. */
  roll(): number {
    return createHash("sha256").update(JSON.stringify(this.#about)).digest().readUInt32BE() / 2 ** 32;
  }

  /** Whether something happens that does in so many cases out of one. */
  happens(probability: number): boolean {
    return this.roll() < probability;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.roll() * (most - least + 1));
  }

  /** One of these. */
  one<T>(list: readonly T[]): T {
    const [only] = this.some(1, list);
    if (only === undefined) throw new Error("Nothing can be picked from an empty list.");
    return only;
  }

  /** So many of these, each at most once, or all of them where there are fewer. */
  some<T>(count: number, list: readonly T[]): T[] {
    const drawn = list.map((element, index) => ({ element, at: this.for("some", index).roll() }));
    return drawn
      .sort((one, other) => one.at - other.at)
      .slice(0, count)
      .map(({ element }) => element);
  }
}
