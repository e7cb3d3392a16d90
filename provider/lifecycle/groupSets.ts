import type { GroupRef } from "../cloudflare/api/groupMembers";
import { errorMessage } from "../errorMessage";
import type { Declarations } from "./declarations";
import type { CheckFailure, DiffResult } from "./engine";

/** How messages name two resources that set the same part of a group. */
export interface SetWords {
  /** What the resources set: members or policies. */
  part: string;
  /** Why one group cannot have two of them. It continues "the group". */
  twice: string;
}

/** Keeps two resources of the same type from setting all members, or all policies, of one user group. */
export class GroupSets<Inputs extends GroupRef> {
  /** The ids of the groups whose resource this run has created or imported. */
  readonly #created = new Set<string>();
  /** The ids of the groups whose resource this run has deleted. */
  readonly #released = new Set<string>();

  constructor(
    private readonly declarations: Declarations<Inputs>,
    private readonly words: SetWords,
  ) {}

  /**
   * Records a `check` that has no other failure. Returns a failure when another resource of the run has the group, too.
   */
  recordCheck(inputs: Inputs, isStored: boolean): CheckFailure[] {
    this.declarations.recordCheck(inputs, isStored);
    return this.declarations.isDeclaredTwice(inputs) ? [{ property: "userGroupId", reason: this.words.twice }] : [];
  }

  /**
   * Records a `diff`. Returns whether the program declares the resource: a refresh calls `diff`, too.
   *
   * @throws An error when another resource of the run has the group, too.
   */
  recordDiff(id: string, inputs: Inputs, result: DiffResult): boolean {
    const isDeclared = this.declarations.recordDiff(id, inputs, result);
    const isTaken = this.declarations.isDeclaredTwice(inputs) || this.#created.has(inputs.userGroupId);
    if (isDeclared && isTaken) throw this.#twoSets(inputs.userGroupId);
    return isDeclared;
  }

  /**
   * Records a create.
   *
   * @throws An error when a resource in the state sets the same group to something else. One with equal inputs may be this
   *   resource, if an earlier run did not complete its replacement.
   */
  recordCreate(userGroupId: string, inputs: Inputs): void {
    const isTaken = this.declarations.isDeclaredDifferently(userGroupId, inputs);
    if (isTaken && !this.#released.has(userGroupId)) throw this.#twoSets(userGroupId);
    this.#created.add(userGroupId);
  }

  /** Records a deletion. */
  recordDelete(userGroupId: string): void {
    this.#released.add(userGroupId);
  }

  /** Whether this run has deleted the resource of a group. */
  isReleased(userGroupId: string): boolean {
    return this.#released.has(userGroupId);
  }

  #twoSets(userGroupId: string): Error {
    const { part, twice } = this.words;
    return new Error(
      errorMessage({
        operation: `set the ${part} of the user group ${userGroupId}`,
        reason: `the group ${twice}.`,
        advice: "remove one of the two from the program.",
      }),
    );
  }
}
