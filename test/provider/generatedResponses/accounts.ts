import fc from "fast-check";
import {
  type AccountMember,
  accountMember,
  type DeploymentGroup,
  deploymentGroup,
  id32,
  type ListedMember,
  type ListedPermissionGroup,
  type ListedResourceGroup,
  listedPermissionGroup,
  listedResourceGroup,
  type MemberDetails,
  memberDetails,
  memberOf,
  type UserGroup,
  userGroup,
} from "./responses";
import type { Sent } from "./sent";

/** Everything that Cloudflare returns about an account. */
export interface Account {
  userGroups: GroupWithMembers[];
  deploymentGroups: Sent<DeploymentGroup>[];
  members: Sent<AccountMember>[];
  permissionGroups: Sent<ListedPermissionGroup>[];
  resourceGroups: Sent<ListedResourceGroup>[];
}

interface GroupWithMembers {
  group: Sent<UserGroup>;
  /** Whether the list of the groups omits the policies of this one. */
  listOmitsPolicies: boolean;
  members: { listed: Sent<ListedMember>; details: Sent<MemberDetails> }[];
}

/** Generates a small account. Somebody may be in a group and not among the members of the account. */
export const account: fc.Arbitrary<Account> = fc.uniqueArray(id32, { minLength: 1, maxLength: 5 }).chain((memberIds) =>
  fc.record({
    userGroups: fc.uniqueArray(groupWithMembers(memberIds), { maxLength: 5, comparator: isSameGroup }),
    deploymentGroups: fc.uniqueArray(deploymentGroup, { maxLength: 5, comparator: isEntangled }),
    members: fc.subarray(memberIds).chain((ids) => fc.tuple(...ids.map(accountMember))),
    permissionGroups: fc.uniqueArray(listedPermissionGroup, { maxLength: 4, selector: ({ id }) => id }),
    resourceGroups: fc.uniqueArray(listedResourceGroup, { maxLength: 4, selector: ({ id }) => id }),
  }),
);

function groupWithMembers(memberIds: readonly string[]): fc.Arbitrary<GroupWithMembers> {
  const member = (id: string) => fc.record({ listed: memberOf(id), details: memberDetails });
  return fc.record({
    group: userGroup,
    listOmitsPolicies: fc.boolean(),
    members: fc.subarray([...memberIds]).chain((ids) => fc.tuple(...ids.map(member))),
  });
}

/** Names of user groups are unique in an account. */
function isSameGroup({ group: left }: GroupWithMembers, { group: right }: GroupWithMembers): boolean {
  return left.id === right.id || left.name === right.name;
}

/** A device policy belongs to one deployment group at most. */
function isEntangled(...[left, right]: [Sent<DeploymentGroup>, Sent<DeploymentGroup>]): boolean {
  return left.id === right.id || (left.policy_ids ?? []).some((id) => right.policy_ids?.includes(id));
}
