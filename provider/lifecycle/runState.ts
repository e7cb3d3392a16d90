import type { ApiDeploymentGroup } from "../cloudflare/schemas";
import type { AsyncMemo } from "../memoize";
import type { UserGroupMemberInputs } from "../resourceTypes";
import { MembershipRegistry } from "./membershipRegistry";

/**
 * What this run of the engine has learned about the program's resources. All guesses about who owns what start here.
 *
 * | engine call | writes |
 * |---|---|
 * | `check` of a member resource | `memberships` |
 * | `diff` of a group | `knownGroupIds`, `desiredPolicyIds` |
 * | `diff` of a `UserGroupMember` | `replacements` |
 * | `create` of a group | `knownGroupIds`, `adoptedGroupIds`, `groupsBeforeCreates` |
 * | `create` of a `UserGroupMember` | `memberships` |
 * | `update`, `delete` of a group | `knownGroupIds` |
 * | `delete` of a `UserGroupMembers` | `memberships` |
 * | `create`, `update` of a group, every write of members | the number of active writes |
 *
 * `read` writes nothing. A refresh calls no `check`, and a destroy neither `check` nor `diff`.
 */
export class RunState {
  /** The ids of the groups that resources of this run have. */
  readonly knownGroupIds = new Set<string>();

  /**
   * The ids of existing groups that resources of this run have imported or adopted.
   *
   * `delete` skips these groups: after a rename in the program they belong to the new resource.
   */
  readonly adoptedGroupIds = new Set<string>();

  /** The device policies that each deployment group has at the end of this run, by the group's id. */
  readonly desiredPolicyIds = new Map<string, ReadonlySet<string>>();

  /** The deployment groups of each account before this run created any, by the account's id. */
  readonly groupsBeforeCreates = new Map<string, AsyncMemo<ApiDeploymentGroup[]>>();

  /** For the id of a `UserGroupMember` the inputs of its replacement, when those name the person by email. */
  readonly replacements = new Map<string, UserGroupMemberInputs>();

  /** The resources of this run that manage the members of a group. */
  readonly memberships = new MembershipRegistry();

  #writes = 0;
  #waits = 0;

  /** Whether a write of this run is in flight that does not wait for another one. */
  get hasActiveWrites(): boolean {
    return this.#writes > this.#waits;
  }

  /** Counts a write until it settles. */
  async trackWrite<T>(write: Promise<T>): Promise<T> {
    this.#writes += 1;
    try {
      return await write;
    } finally {
      this.#writes -= 1;
    }
  }

  /** Counts a write in flight as one that waits for others, until the wait settles. */
  async trackWait<T>(wait: Promise<T>): Promise<T> {
    this.#waits += 1;
    try {
      return await wait;
    } finally {
      this.#waits -= 1;
    }
  }
}
