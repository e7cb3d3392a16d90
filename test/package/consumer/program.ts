// A user's program with every name that the package exports. A CommonJS and an ES-module project compile and run it.
import * as pulumi from "@pulumi/pulumi";
import {
  DeploymentGroup,
  type DeploymentGroupArgs,
  type DeploymentGroupVersionConfig,
  type DeploymentGroupVersionConfigArgs,
  type GetAccountMemberArgs,
  type GetAccountMemberResult,
  type GetDeploymentGroupArgs,
  type GetDeploymentGroupResult,
  type GetPermissionGroupArgs,
  type GetPermissionGroupResult,
  type GetResourceGroupArgs,
  type GetResourceGroupObject,
  type GetResourceGroupResult,
  type GetResourceGroupScope,
  type GetUserGroupArgs,
  type GetUserGroupMembersArgs,
  type GetUserGroupMembersResult,
  type GetUserGroupResult,
  getAccountMember,
  getAccountMemberOutput,
  getDeploymentGroup,
  getDeploymentGroupOutput,
  getDeploymentGroups,
  getDeploymentGroupsOutput,
  getPermissionGroup,
  getPermissionGroupOutput,
  getPermissionGroups,
  getPermissionGroupsOutput,
  getResourceGroup,
  getResourceGroupOutput,
  getResourceGroups,
  getResourceGroupsOutput,
  getUserGroup,
  getUserGroupMembers,
  getUserGroupMembersOutput,
  getUserGroupOutput,
  getUserGroups,
  getUserGroupsOutput,
  type LookupArgs,
  type LookupInputs,
  type LookupOptions,
  type LookupResults,
  Provider,
  type ProviderArgs,
  UserGroup,
  type UserGroupArgs,
  UserGroupMember,
  type UserGroupMemberArgs,
  UserGroupMembers,
  type UserGroupMembersArgs,
  type UserGroupMembersMember,
  type UserGroupMembersMemberArgs,
  type UserGroupMembersMemberByEmailArgs,
  type UserGroupMembersMemberByIdArgs,
  UserGroupPolicies,
  type UserGroupPoliciesArgs,
  type UserGroupPolicy,
  type UserGroupPolicyArgs,
  type UserGroupPolicyReference,
  type UserGroupPolicyReferenceArgs,
  type UserGroupPolicyResourceGroup,
  type UserGroupPolicyResourceGroupArgs,
  type UserGroupPolicyScope,
  type UserGroupPolicyScopeArgs,
  type UserGroupPolicyScopeObject,
  type UserGroupPolicyScopeObjectArgs,
} from "pulumi-cloudflare-groups";

pulumi.runtime.setMocks({
  call: () => ({}),
  newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
});

// The variable may be undefined, as any value of a program's environment.
const accountId: string | undefined = process.env.CONSUMER_ACCOUNT_ID;

const providerArgs: ProviderArgs = { apiToken: pulumi.secret("token"), accountId };
const provider = new Provider("partner", providerArgs);

const reference: UserGroupPolicyReferenceArgs = { id: "c8fed203ed3043cba015a93ad1616f1f" };
const everything: UserGroupPolicyScopeObjectArgs = { key: "*" };
const scope: UserGroupPolicyScopeArgs = { key: "com.cloudflare.api.account.1", objects: [everything] };
const resources: UserGroupPolicyResourceGroupArgs[] = [{ id: "2c0e8a1b7d5f4e6c9a3b1d8f7e5c4a2b" }, { scope }];
const policy: UserGroupPolicyArgs = { access: "allow", permissionGroups: [reference], resourceGroups: resources };
const groupArgs: UserGroupArgs = { accountId, name: "DNS readers", policies: [policy] };
const group = new UserGroup("readers", groupArgs, { provider });

const memberById: UserGroupMembersMemberByIdArgs = { id: pulumi.output("4f5f0c14a2a41d5063dd301b2f829f04") };
const memberByEmail: UserGroupMembersMemberByEmailArgs = { email: pulumi.output("ada@example.com") };
const bothMembers: UserGroupMembersMemberArgs[] = [memberById, memberByEmail];
const membersArgs: UserGroupMembersArgs = { accountId, userGroupId: group.id, members: bothMembers };
const members = new UserGroupMembers("readers", membersArgs, { dependsOn: group });

const singleArgs: UserGroupMemberArgs = { accountId, userGroupId: group.id, memberId: memberById.id, email: undefined };
const single = new UserGroupMember("reader", singleArgs);
const address: pulumi.Output<string | undefined> = single.email;

const policiesArgs: UserGroupPoliciesArgs = { accountId, userGroupId: "e".repeat(32), policies: [policy] };
const ownPolicies = new UserGroupPolicies("engineers", policiesArgs);

const version: DeploymentGroupVersionConfigArgs = { targetEnvironment: "windows", version: "2026.6.234.0" };
const ringArgs: DeploymentGroupArgs = { accountId, name: "Ring 0", versionConfigs: [version], policyIds: undefined };
const ring = new DeploymentGroup("ring-0", ringArgs, { protect: true });

const policies: pulumi.Output<readonly UserGroupPolicy[]> = group.policies;
const permissions: pulumi.Output<readonly UserGroupPolicyReference[] | undefined> = policies.apply(
  ([first]) => first?.permissionGroups,
);
const inScope: pulumi.Output<readonly UserGroupPolicyScopeObject[] | undefined> = policies.apply(([first]) => {
  const inPolicy: UserGroupPolicyResourceGroup | undefined = first?.resourceGroups?.[1];
  const found: UserGroupPolicyScope | undefined = inPolicy?.scope;
  return found?.objects;
});
const everybody: pulumi.Output<readonly UserGroupMembersMember[]> = members.members;
const versions: pulumi.Output<readonly DeploymentGroupVersionConfig[]> = ring.versionConfigs;
const found: UserGroup = UserGroup.get("found", "d8b5a9e2c4f14b0f9e6c7d3a1b2c3d4e");

// Lookups send requests, so this function is compiled but not run.
const lookupArgs: LookupArgs = { accountId };
const nowhere: LookupOptions = {
  provider: new Provider("nowhere", { baseUrl: "http://api.example.com", accountId: "a" }),
};
const permissionArgs: GetPermissionGroupArgs = { ...lookupArgs, name: "DNS Read" };
const resourceArgs: GetResourceGroupArgs = { name: "example.com" };
const personArgs: GetAccountMemberArgs = { email: "zoe@example.com" };
const byName: GetUserGroupArgs = { name: "DNS readers" };
const membersOf: GetUserGroupMembersArgs = { userGroupId: "d8b5a9e2c4f14b0f9e6c7d3a1b2c3d4e" };
const byId: GetDeploymentGroupArgs = { deploymentGroupId: "550e8400-e29b-41d4-a716-446655440000" };
const outputs: LookupInputs<GetUserGroupArgs> = { userGroupId: group.id, accountId };
export async function lookUpEverything() {
  const permission: GetPermissionGroupResult = await getPermissionGroup(permissionArgs, nowhere);
  const resource: GetResourceGroupResult = await getResourceGroup(resourceArgs);
  const scope: GetResourceGroupScope | undefined = resource.scope;
  const objects: readonly GetResourceGroupObject[] = scope?.objects ?? [];
  const person: GetAccountMemberResult = await getAccountMember(personArgs, { parent: group });
  const admins: GetUserGroupResult = await getUserGroup(byName);
  const inGroup: GetUserGroupMembersResult = await getUserGroupMembers(membersOf);
  const first: GetDeploymentGroupResult = await getDeploymentGroup(byId);
  const all: LookupResults<GetUserGroupResult> = await getUserGroups();
  const lists = await Promise.all([getPermissionGroups(), getResourceGroups(lookupArgs), getDeploymentGroups()]);
  const later = [
    getPermissionGroupOutput({ label: pulumi.output("dns_read") }).id,
    getResourceGroupOutput({ name: ring.name }).id,
    getAccountMemberOutput(personArgs).email,
    getUserGroupOutput(outputs).policies,
    getUserGroupMembersOutput({ userGroupId: group.id }).members,
    getDeploymentGroupOutput({ name: ring.name }).versionConfigs,
    ...[getPermissionGroupsOutput(), getResourceGroupsOutput(), getUserGroupsOutput(), getDeploymentGroupsOutput()],
  ];
  return { permission, objects, person, admins, inGroup, first, all, lists, later };
}

// This lookup sends no request, because its settings are invalid. It loads the code of the lookups.
const rejected = getPermissionGroup(permissionArgs, nowhere).catch(({ message }: Error) => message);

pulumi
  .output({
    name: group.name,
    permissions,
    inScope,
    userGroupId: members.userGroupId,
    everybody,
    single: single.memberId,
    address,
    ownPermissions: ownPolicies.policies.apply(([first]) => first?.permissionGroups),
    versions,
    found: found.id,
    rejected,
  })
  .apply((outputs) => console.log(JSON.stringify(outputs)));
