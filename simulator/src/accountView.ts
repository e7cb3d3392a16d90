import type { DeploymentGroupSeed, MemberSeed, PolicyBody, UserGroupSeed } from "./seed";
import type { Account } from "./state/account";
import type { DeploymentGroup, DeploymentGroupBody } from "./state/deploymentGroups";
import type { AccountMember } from "./state/directory";
import type { GroupMember, UserGroup } from "./state/records";

/**
 * An account seen and edited behind the clients' backs: no request, no journal entry, no fault, no lag.
 *
 * The API's rules about names, references and policy ids hold here too; breaking one throws an `ApiError`. Every edit
 * moves the group's `modified_on` or `updated_at`. What is handed out are copies, in the API's own order and fields.
 */
export class AccountView {
  readonly #account: () => Account;

  constructor(account: () => Account) {
    this.#account = account;
  }

  /** The user groups, by name. */
  userGroups(): UserGroup[] {
    return this.#account().userGroups.list();
  }

  /** One user group; throws where there is none. */
  userGroup(id: string): UserGroup {
    return this.#account().userGroups.get(id);
  }

  /** The members of a user group; throws where there is no such group. */
  groupMembers(userGroupId: string): GroupMember[] {
    return this.#account().groupMembers.list(userGroupId);
  }

  /** The deployment groups, newest first. */
  deploymentGroups(): DeploymentGroup[] {
    return this.#account().deploymentGroups.list();
  }

  /** One deployment group; throws where there is none. */
  deploymentGroup(id: string): DeploymentGroup {
    return this.#account().deploymentGroups.get(id);
  }

  /** The members of the account, in the order in which they joined. */
  members(): AccountMember[] {
    return structuredClone([...this.#account().directory.members.values()]);
  }

  /** Adds a user group whose members can be reached at once. */
  addUserGroup(group: UserGroupSeed): UserGroup {
    const { userGroups, groupMembers } = this.#account();
    const { id } = userGroups.create(group);
    if (group.members !== undefined) groupMembers.replace(id, group.members);
    return userGroups.get(id);
  }

  /** Renames a user group or replaces its policies, which get fresh ids. */
  editUserGroup(id: string, change: { name?: string; policies?: Omit<PolicyBody, "id">[] }): UserGroup {
    return this.#account().userGroups.update(id, change, { policyIds: "observed", accessDeny: "accepted" });
  }

  deleteUserGroup(id: string): void {
    this.#account().userGroups.delete(id);
  }

  /** Makes these account members the members of a user group. */
  setGroupMembers(userGroupId: string, memberIds: readonly string[]): GroupMember[] {
    return this.#account().groupMembers.replace(userGroupId, [...memberIds]);
  }

  /** Adds account members to a user group. */
  addGroupMembers(userGroupId: string, memberIds: readonly string[]): GroupMember[] {
    return this.#account().groupMembers.add(userGroupId, [...memberIds]);
  }

  /** Takes members out of a user group; throws at the first one that is not in it. */
  removeGroupMembers(userGroupId: string, memberIds: readonly string[]): GroupMember[] {
    const { groupMembers } = this.#account();
    for (const id of memberIds) groupMembers.remove(userGroupId, id);
    return groupMembers.list(userGroupId);
  }

  addDeploymentGroup(group: DeploymentGroupSeed): DeploymentGroup {
    return this.#account().deploymentGroups.create(group);
  }

  /** Replaces the fields that are given, each of them whole. */
  editDeploymentGroup(id: string, change: Partial<DeploymentGroupBody>): DeploymentGroup {
    return this.#account().deploymentGroups.edit(id, change);
  }

  deleteDeploymentGroup(id: string): void {
    this.#account().deploymentGroups.delete(id);
  }

  /** Lets somebody join the account. */
  addMember(member: MemberSeed): AccountMember {
    return { ...this.#account().directory.addMember(member) };
  }

  /** Lets a member leave the account, and with it every user group. */
  removeMember(id: string): void {
    const { directory, userGroups } = this.#account();
    if (!directory.members.delete(id)) throw new Error(`Account member ${id} is not there and cannot be removed.`);
    userGroups.forgetMember(id);
  }
}
