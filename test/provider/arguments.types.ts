import {
  DeploymentGroup,
  getAccountMember,
  getAccountMemberOutput,
  getDeploymentGroup,
  getDeploymentGroupOutput,
  getPermissionGroup,
  getPermissionGroupOutput,
  getPermissionGroupsOutput,
  getResourceGroup,
  getResourceGroupOutput,
  getUserGroup,
  getUserGroupMembers,
  getUserGroupMembersOutput,
  getUserGroupOutput,
  Provider,
  UserGroup,
  UserGroupMember,
  UserGroupMembers,
  UserGroupPolicies,
  type UserGroupPolicyResourceGroupArgs,
} from "../../provider";

// Compiles only when lookup results and outputs are valid arguments, and when arguments that exclude or need each other are
// rejected. `npm run types` compiles it, and nothing runs it.

const id = "c8fed203ed3043cba015a93ad1616f1f";
const email = "ada@example.com";

/** Results and outputs that stand in arguments as they are. */
export async function passResults() {
  const access = "allow" as const;
  const readers = new UserGroup("readers", {
    name: "DNS readers",
    policies: [
      {
        access,
        permissionGroups: [getPermissionGroupOutput({ name: "DNS Read" }), getPermissionGroup({ label: "dns_read" })],
        resourceGroups: [getResourceGroupOutput({ name: "example.com" }), getResourceGroup({ name: "example.org" })],
      },
      {
        access,
        permissionGroups: [await getPermissionGroup({ name: "DNS Read" })],
        resourceGroups: [await getResourceGroup({ name: "example.com" }), { account: true }, { zone: id }],
      },
      {
        access,
        permissionGroups: getPermissionGroupsOutput().results,
        resourceGroups: [{ scope: { key: "a", objects: [{ key: "*" }] } }, { id, scope: undefined }],
      },
    ],
  });
  new UserGroup("same", { name: "Same", policies: readers.policies });
  new UserGroup("found", { name: "Found", policies: getUserGroupOutput({ name: "Admins" }).policies });
  new UserGroup("awaited", { name: "Awaited", policies: (await getUserGroup({ userGroupId: id })).policies });
  const policies = new UserGroupPolicies("policies", { userGroupId: id, policies: readers.policies });
  new UserGroupPolicies("all", { userGroupId: id, policies: policies.policies.apply((all) => [...all, ...all]) });

  const people = new UserGroupMembers("people", {
    userGroupId: readers.id,
    members: [getAccountMemberOutput({ email }), getAccountMember({ email }), { id }, { email }, { id, email }],
  });
  new UserGroupMembers("same", { userGroupId: id, members: people.members });
  new UserGroupMembers("more", { userGroupId: id, members: people.members.apply((all) => [...all, { email }]) });
  new UserGroupMembers("found", { userGroupId: id, members: getUserGroupMembersOutput({ userGroupId: id }).members });
  new UserGroupMembers("read", { userGroupId: id, members: (await getUserGroupMembers({ userGroupId: id })).members });
  const person: { memberId: string } | { email: string } = { memberId: id };
  new UserGroupMember("person", { userGroupId: id, ...person });

  const ring = getDeploymentGroupOutput({ name: "Ring 0" });
  new DeploymentGroup("ring", { name: "Ring 1", versionConfigs: ring.versionConfigs, policyIds: ring.policyIds });
}

/** Arguments that exclude each other. */
export function rejectExclusiveArguments() {
  // @ts-expect-error A person has one name.
  new UserGroupMember("both", { userGroupId: id, memberId: id, email });
  // @ts-expect-error A permission group has one name.
  getPermissionGroup({ name: "DNS Read", label: "dns_read" });
  // @ts-expect-error A permission group has one name.
  getPermissionGroupOutput({ name: "DNS Read", label: "dns_read" });
  // @ts-expect-error A user group has one name.
  getUserGroup({ name: "Admins", userGroupId: id });
  // @ts-expect-error A user group has one name.
  getUserGroupOutput({ name: "Admins", userGroupId: id });
  // @ts-expect-error A deployment group has one name.
  getDeploymentGroup({ name: "Ring 0", deploymentGroupId: id });
  // @ts-expect-error A deployment group has one name.
  getDeploymentGroupOutput({ name: "Ring 0", deploymentGroupId: id });
  // @ts-expect-error A token needs no email and no key.
  new Provider("both", { apiToken: "token", email, apiKey: "key" });
  const scope = { key: "a", objects: [{ key: "*" }] };
  const account = true as const;
  const resources: UserGroupPolicyResourceGroupArgs[] = [
    // @ts-expect-error A resource group stands beside nothing.
    { id, scope },
    // @ts-expect-error A resource group stands beside nothing.
    { id, account },
    // @ts-expect-error A resource group stands beside nothing.
    { id, zone: id },
    // @ts-expect-error A scope stands beside nothing.
    { scope, account },
    // @ts-expect-error A scope stands beside nothing.
    { scope, zone: id },
    // @ts-expect-error The account stands beside nothing.
    { account, zone: id },
  ];
  return resources;
}

/** Arguments of which one is needed. */
export function rejectMissingArguments() {
  // @ts-expect-error A person needs a name.
  new UserGroupMember("nobody", { userGroupId: id });
  // @ts-expect-error A member needs a name.
  new UserGroupMembers("nobody", { userGroupId: id, members: [{}] });
  // @ts-expect-error A permission group needs a name.
  getPermissionGroup({});
  // @ts-expect-error A permission group needs a name.
  getPermissionGroupOutput({});
  // @ts-expect-error A user group needs a name.
  getUserGroup({});
  // @ts-expect-error A user group needs a name.
  getUserGroupOutput({});
  // @ts-expect-error A deployment group needs a name.
  getDeploymentGroup({});
  // @ts-expect-error A deployment group needs a name.
  getDeploymentGroupOutput({});
  // @ts-expect-error An email needs a key.
  new Provider("email", { email });
  // @ts-expect-error A key needs an email.
  new Provider("key", { apiKey: "key" });
  // @ts-expect-error Half a credential is none, also beside a token.
  new Provider("half", { apiToken: "token", email });
  // @ts-expect-error A policy has resources.
  const resources: UserGroupPolicyResourceGroupArgs = {};
  return resources;
}
