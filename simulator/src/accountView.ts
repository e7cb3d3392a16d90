import type { DeploymentGroupSeed, MemberSeed, PolicyRequest, UserGroupSeed } from "./seed";
import type { Account } from "./state/account";
import type { AccountMember, DeploymentGroup, GroupMember, UserGroup } from "./state/apiTypes";
import type { DeploymentGroupRequest } from "./state/deploymentGroups";

/**
 * Reads and edits an account directly: without a request, a journal entry, a fault or a lag.
 *
 * The API's rules about names, references and policy ids apply. A method throws an `ApiError` if it breaks one of them.
 * Every edit updates the group's `modified_on` or `updated_at`. Results are copies, in the API's order and form.
 */
export class AccountView {
  readonly #getAccount: () => Account;

  constructor(getAccount: () => Account) {
    this.#getAccount = getAccount;
  }

  /** Returns the user groups, sorted by name. */
  userGroups(): UserGroup[] {
    return this.#getAccount().userGroups.list();
  }

  /** Returns one user group. Throws if it does not exist. */
  userGroup(id: string): UserGroup {
    return this.#getAccount().userGroups.get(id);
  }

  /** Returns the members of a user group. Throws if the group does not exist. */
  groupMembers(userGroupId: string): GroupMember[] {
    return this.#getAccount().groupMembers.list(userGroupId);
  }

  /** Returns the deployment groups from the newest to the oldest. */
  deploymentGroups(): DeploymentGroup[] {
    return this.#getAccount().deploymentGroups.list();
  }

  /** Returns one deployment group. Throws if it does not exist. */
  deploymentGroup(id: string): DeploymentGroup {
    return this.#getAccount().deploymentGroups.get(id);
  }

  /** Returns the members of the account in the order in which they joined. */
  members(): AccountMember[] {
    return this.#getAccount().members.list();
  }

  /** Adds a user group. Its members are available at once. */
  addUserGroup(group: UserGroupSeed): UserGroup {
    const { userGroups, groupMembers } = this.#getAccount();
    const { id } = userGroups.create(group);
    if (group.members !== undefined) groupMembers.replace(id, group.members);
    return userGroups.get(id);
  }

  /** Renames a user group or replaces its policies. Replaced policies get new ids. */
  editUserGroup(id: string, change: { name?: string; policies?: Omit<PolicyRequest, "id">[] }): UserGroup {
    return this.#getAccount().userGroups.update(id, change, {
      policyIds: "observed",
      accessDeny: "accepted",
      inlineScopes: "accepted",
    });
  }

  deleteUserGroup(id: string): void {
    this.#getAccount().userGroups.delete(id);
  }

  /** Replaces the members of a user group. */
  setGroupMembers(userGroupId: string, memberIds: readonly string[]): GroupMember[] {
    return this.#getAccount().groupMembers.replace(userGroupId, [...memberIds]);
  }

  /** Adds account members to a user group. */
  addGroupMembers(userGroupId: string, memberIds: readonly string[]): GroupMember[] {
    return this.#getAccount().groupMembers.add(userGroupId, [...memberIds]);
  }

  /** Removes members from a user group. Throws at the first id that is not in the group. */
  removeGroupMembers(userGroupId: string, memberIds: readonly string[]): GroupMember[] {
    const { groupMembers } = this.#getAccount();
    for (const id of memberIds) groupMembers.remove(userGroupId, id);
    return groupMembers.list(userGroupId);
  }

  addDeploymentGroup(group: DeploymentGroupSeed): DeploymentGroup {
    return this.#getAccount().deploymentGroups.create(group);
  }

  /** Replaces the given fields. A list is replaced as a whole. */
  editDeploymentGroup(id: string, change: Partial<DeploymentGroupRequest>): DeploymentGroup {
    return this.#getAccount().deploymentGroups.update(id, change);
  }

  deleteDeploymentGroup(id: string): void {
    this.#getAccount().deploymentGroups.delete(id);
  }

  /** Adds a member to the account. */
  addMember(member: MemberSeed): AccountMember {
    return this.#getAccount().members.add(member);
  }

  /** Changes the email of a member, as when a person gets a new one. */
  setMemberEmail(id: string, email: string): AccountMember {
    return this.#getAccount().members.setEmail(id, email);
  }

  /** Removes a member from the account and from every user group. */
  removeMember(id: string): void {
    const { members, userGroups } = this.#getAccount();
    if (!members.delete(id)) throw new Error(`The account has no member ${id} to remove.`);
    userGroups.removeMemberFromAll(id);
  }
}
