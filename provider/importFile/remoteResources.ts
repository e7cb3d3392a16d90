import { deploymentGroups } from "../cloudflare/api/deploymentGroups";
import { groupMembers } from "../cloudflare/api/groupMembers";
import { userGroups } from "../cloudflare/api/userGroups";
import { toDeploymentGroupInputs, toDeploymentGroupOutputs } from "../lifecycle/deploymentGroupMapping";
import { toUserGroupMembersInputs, toUserGroupMembersOutputs } from "../lifecycle/groupMembersMapping";
import { toUserGroupInputs, toUserGroupOutputs } from "../lifecycle/userGroupMapping";
import type { ProviderContext } from "../providerContext";
import type { ResourceKind, ResourceTypes } from "../resourceTypes";

/**
 * The kinds of resource in an import file.
 *
 * It holds the members of a group as one set, never one by one, and the policies of a group in the group.
 */
export type ImportedKind = Exclude<ResourceKind, "userGroupMember" | "userGroupPolicies">;

/** An object at Cloudflare, in the form in which a stack's state holds it. */
type RemoteResourceOf<Kind extends ImportedKind> = {
  kind: Kind;
  id: string;
  inputs: ResourceTypes[Kind]["inputs"];
  outputs: ResourceTypes[Kind]["outputs"];
};
export type RemoteResource = { [Kind in ImportedKind]: RemoteResourceOf<Kind> }[ImportedKind];

/** A user group or a deployment group. The members of a user group are read separately. */
export type RemoteGroup = Exclude<RemoteResource, { kind: "userGroupMembers" }>;

/** The number of member lists that are read at once. */
const concurrentLists = 8;

/** Reads every group of these kinds in the account, with one list for each kind. */
export async function readGroups(
  { client }: ProviderContext,
  accountId: string,
  kinds: ReadonlySet<ImportedKind>,
): Promise<RemoteGroup[]> {
  const groups: RemoteGroup[] = [];
  if (kinds.has("userGroup")) {
    const operation = client.during(`list the user groups of the account ${accountId}`);
    for (const group of await userGroups.list(operation, accountId)) {
      const outputs = toUserGroupOutputs(group, accountId);
      groups.push({ kind: "userGroup", id: group.id, inputs: toUserGroupInputs(outputs), outputs });
    }
  }
  if (kinds.has("deploymentGroup")) {
    const operation = client.during(`list the deployment groups of the account ${accountId}`);
    for (const group of await deploymentGroups.list(operation, accountId)) {
      const outputs = toDeploymentGroupOutputs(group, accountId);
      groups.push({ kind: "deploymentGroup", id: group.id, inputs: toDeploymentGroupInputs(outputs), outputs });
    }
  }
  return groups;
}

/** Reads the members of these user groups in the same order, with one list for each. */
export async function readMembers(
  context: ProviderContext,
  accountId: string,
  userGroupIds: readonly string[],
): Promise<RemoteResource[]> {
  const members: RemoteResource[] = [];
  for (let start = 0; start < userGroupIds.length; start += concurrentLists) {
    const ids = userGroupIds.slice(start, start + concurrentLists);
    members.push(...(await Promise.all(ids.map((id) => readMembersOf(context, { accountId, userGroupId: id })))));
  }
  return members;
}

async function readMembersOf(
  { client }: ProviderContext,
  group: { accountId: string; userGroupId: string },
): Promise<RemoteResource> {
  const operation = client.during(`list the members of the user group ${group.userGroupId}`);
  const outputs = toUserGroupMembersOutputs(await groupMembers.list(operation, group), group);
  return { kind: "userGroupMembers", id: group.userGroupId, inputs: toUserGroupMembersInputs(outputs), outputs };
}
