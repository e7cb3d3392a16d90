import type { GroupRef } from "../cloudflare/api/groupMembers";
import type { ApiDeploymentGroup } from "../cloudflare/schemas";
import type { AsyncMemo } from "../memoize";
import type {
  DeploymentGroupInputs,
  MemberRef,
  PolicyInput,
  UserGroupInputs,
  UserGroupMemberInputs,
  UserGroupMembersInputs,
  UserGroupPoliciesInputs,
} from "../resourceTypes";
import { Declarations } from "./declarations";
import { KeyedQueue } from "./keyedQueue";
import { KnownNames } from "./knownNames";
import { PreviewReads } from "./previewReads";
import { RemovalGuard } from "./removalGuard";

/**
 * What this process knows about the current run. It does not know what other processes of the run (one for each explicit
 * provider), other runs and other stacks own. So nothing here may be a reason to adopt or to delete their objects.
 *
 * | engine call | writes |
 * |---|---|
 * | `check` | `userGroups`, `userGroupImports`, `deploymentGroups`, `memberSets`, `members`, `policySets` |
 * | `diff` of checked inputs | the same, `replacements` |
 * | `diff` during a refresh | `stackGroupIds` |
 * | `create` | `createdGroupIds`, `importedIds`, `groupsBeforeCreates` |
 * | `delete` | `deletedIds`, `deletedNames` |
 * | `update` | `failedGroupIds`, `movedPolicyIds` |
 * | every `diff` and response | `names` |
 * | `check` and `diff` that read names | `previewReads` |
 * | `diff` of checked inputs, and every removal | `removals` |
 * | every write | the number of active writes |
 *
 * A refresh calls no `check`. A destroy calls neither `check` nor `diff`.
 */
export class RunState {
  readonly userGroups = new Declarations<UserGroupInputs>(({ accountId, name }) => [accountId, name]);
  readonly deploymentGroups = new Declarations<DeploymentGroupInputs>(({ accountId, name }) => [accountId, name]);
  readonly memberSets = new Declarations<UserGroupMembersInputs>(keyOfGroup);
  readonly members = new Declarations<UserGroupMemberInputs>(keyOfGroup);
  readonly policySets = new Declarations<UserGroupPoliciesInputs>(keyOfGroup);

  /** The ids of the user groups that the program imports, as far as `check` has seen them. */
  readonly userGroupImports = new Set<string>();

  /** The names that this run has seen. */
  readonly names = new KnownNames();
  /** What `check` and `diff` have tried to read. */
  readonly previewReads = new PreviewReads();
  /** The people that this run removes from user groups. */
  readonly removals = new RemovalGuard(this.names);

  /** The ids of the groups that this run has created. */
  readonly createdGroupIds = new Set<string>();
  /** The ids of the objects that this run has imported or adopted. */
  readonly importedIds = new Set<string>();
  /** The ids of the groups that this run has deleted. */
  readonly deletedIds = new Set<string>();
  /** The kinds, accounts and names of the groups that this run has deleted. */
  readonly deletedNames = new Set<string>();
  /** The inputs of replacements that name the person by email, by the id of the replaced `UserGroupMember`. */
  readonly replacements = new Map<string, UserGroupMemberInputs>();
  /** The ids of the groups in the stack's state that a refresh has read. */
  readonly stackGroupIds = new Set<string>();
  /** The ids of the groups whose update failed: their policies stay where they are. */
  readonly failedGroupIds = new Set<string>();
  /** The policies that another group's write has moved away, by the id of the group that had them. */
  readonly movedPolicyIds = new Map<string, Set<string>>();
  /** The deployment groups of each account before this run created any, by the account's id. */
  readonly groupsBeforeCreates = new Map<string, AsyncMemo<ApiDeploymentGroup[]>>();

  /** Runs creates with the same name one after the other. Otherwise a lost response could lead to the wrong group. */
  readonly creates = new KeyedQueue();
  /** The writes that assign policies to the deployment groups of an account. */
  readonly policyWrites = new KeyedQueue();

  #writes = 0;
  #waits = 0;

  /** Whether a resource of this run is known to have the group. */
  ownsGroup(id: string): boolean {
    return (
      this.createdGroupIds.has(id) ||
      this.importedIds.has(id) ||
      this.deletedIds.has(id) ||
      this.userGroups.inputsOf(id) !== undefined ||
      this.deploymentGroups.inputsOf(id) !== undefined
    );
  }

  /** Whether a `UserGroup` of the program is known to be this group. It sets the group's policies too. */
  declaresUserGroup(id: string): boolean {
    return (
      this.userGroups.inputsOf(id) !== undefined ||
      this.userGroupImports.has(id) ||
      this.importedIds.has(id) ||
      this.createdGroupIds.has(id)
    );
  }

  /** Returns the policies that the program's `UserGroupPolicies` resources list for this group; undefined without one. */
  declaredPolicies(group: GroupRef): readonly PolicyInput[] | undefined {
    return this.policySets.withKeyOf({ ...group, policies: [] }).at(-1)?.policies;
  }

  /** Returns the members that the program's `UserGroupMembers` resources list for this group; undefined without one. */
  declaredSet(group: GroupRef): readonly MemberRef[] | undefined {
    return this.memberSets.withKeyOf({ ...group, members: [] }).at(-1)?.members;
  }

  /** Returns the members that the program's `UserGroupMember` resources name for this group. */
  declaredMembers(group: GroupRef): MemberRef[] {
    return this.members.withKeyOf({ ...group }).map(({ memberId, email }) => ({ id: memberId, email }));
  }

  /** Whether a write of this run is in flight and does not wait for another one. */
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

function keyOfGroup({ accountId, userGroupId }: GroupRef): readonly string[] {
  return [accountId, userGroupId];
}
