import type { GroupRef } from "../cloudflare/api/groupMembers";
import type { Declarations } from "./declarations";

/** Keeps two resources of the same type from setting all members, or all policies, of one user group. */
export class GroupSets<Inputs extends GroupRef> {
  /** The ids of the groups whose resource this run has created or imported. */
  readonly #created = new Set<string>();
  /** The ids of the groups whose resource this run has deleted. */
  readonly #released = new Set<string>();

  /** @param toError Returns the error about a group that two resources have. */
  constructor(
    private readonly declarations: Declarations<Inputs>,
    private readonly toError: (userGroupId: string) => Error,
  ) {}

  /** @throws An error when another resource of the run has the group, too. For a `diff` of checked inputs. */
  assertSingle(inputs: Inputs): void {
    const { userGroupId } = inputs;
    if (this.declarations.isDeclaredTwice(inputs) || this.#created.has(userGroupId)) throw this.toError(userGroupId);
  }

  /**
   * Records a create.
   *
   * @throws An error when a resource that the state already has sets the same group to something else. An equal one may be this
   *   resource: an earlier run did not complete its replacement.
   */
  register(userGroupId: string, inputs: Inputs): void {
    const isTaken = this.declarations.isDeclaredDifferently(userGroupId, inputs);
    if (isTaken && !this.#released.has(userGroupId)) throw this.toError(userGroupId);
    this.#created.add(userGroupId);
  }

  /** Whether this run has deleted the resource of a group. */
  isReleased(userGroupId: string): boolean {
    return this.#released.has(userGroupId);
  }

  /** Records a deletion. */
  release(userGroupId: string): void {
    this.#released.add(userGroupId);
  }
}
