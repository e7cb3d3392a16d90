import type { OutsideEdit } from "./outsider";

/**
 * Whether the stack's state agrees with the account.
 *
 * Then a successful `up` of the whole program must leave program, state and account in agreement. Until then `up` may leave a
 * difference, because the engine compares the program with the state alone.
 *
 * A failed `up` of the whole program does not end the agreement. The storm repeats it with the same program, and whatever it
 * did or did not do is then done again: the state has the resource as it was before, or as one that the next `up` repairs.
 */
export class Agreement {
  #hasUnknownChanges = false;
  /** Whether people move between two providers. Their processes do not know of each other, and one may undo the other's work. */
  #crossesProviders = false;

  get isCertain(): boolean {
    return !this.#hasUnknownChanges && !this.#crossesProviders;
  }

  /** Records an edit that the outsider has made. An edit of groups that no program has changes nothing in the state. */
  recordEdit(edit: OutsideEdit): void {
    if ("label" in edit) this.#hasUnknownChanges = true;
  }

  /** Records that the next `up` moves people between two providers. */
  recordCrossing(): void {
    this.#crossesProviders = true;
  }

  /**
   * Records a command that has ended.
   *
   * A command for single resources does not see the others. It may remove a person that a resource outside it names. If it
   * failed, the state may have what it deleted, and no `up` of the whole program repeats it.
   */
  recordCommand([name, ...flags]: readonly string[], isWell: boolean): void {
    const isPartial = name === "destroy" || flags.some((flag) => choosingFlags.includes(flag));
    if (isPartial) {
      this.#hasUnknownChanges = true;
      return;
    }
    if (!isWell) return;
    if (name === "refresh" || flags.includes("--refresh")) this.#hasUnknownChanges = false;
    if (name === "up" && this.#crossesProviders) {
      this.#crossesProviders = false;
      this.#hasUnknownChanges = true;
    }
  }

  /** Records that a check found no difference. */
  recordCheck(): void {
    this.#hasUnknownChanges = false;
    this.#crossesProviders = false;
  }
}

const choosingFlags = ["--target", "--exclude", "--replace"];
