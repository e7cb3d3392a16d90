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
  type GetDeploymentGroupByIdArgs,
  type GetDeploymentGroupByNameArgs,
  type GetDeploymentGroupResult,
  type GetPermissionGroupArgs,
  type GetPermissionGroupByLabelArgs,
  type GetPermissionGroupByNameArgs,
  type GetPermissionGroupResult,
  type GetResourceGroupArgs,
  type GetResourceGroupObject,
  type GetResourceGroupResult,
  type GetResourceGroupScope,
  type GetUserGroupArgs,
  type GetUserGroupByIdArgs,
  type GetUserGroupByNameArgs,
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
  type ProviderKeyArgs,
  type ProviderSettingsArgs,
  type ProviderTokenArgs,
  UserGroup,
  type UserGroupArgs,
  UserGroupMember,
  type UserGroupMemberArgs,
  type UserGroupMemberByEmailArgs,
  type UserGroupMemberByIdArgs,
  type UserGroupMemberGroupArgs,
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
  type UserGroupPolicyReferenceByIdArgs,
  type UserGroupPolicyReferenceByNameArgs,
  type UserGroupPolicyResourceGroup,
  type UserGroupPolicyResourceGroupArgs,
  type UserGroupPolicyResourceGroupByAccountArgs,
  type UserGroupPolicyResourceGroupById,
  type UserGroupPolicyResourceGroupByIdArgs,
  type UserGroupPolicyResourceGroupByNameArgs,
  type UserGroupPolicyResourceGroupByScope,
  type UserGroupPolicyResourceGroupByScopeArgs,
  type UserGroupPolicyResourceGroupByZoneArgs,
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

const settings: ProviderSettingsArgs = { accountId, baseUrl: undefined };
const byToken: ProviderTokenArgs = { ...settings, apiToken: pulumi.secret("token") };
const byKey: ProviderKeyArgs = { ...settings, email: "ada@example.com", apiKey: pulumi.secret("key") };
const providerArgs: ProviderArgs = accountId === undefined ? byToken : byKey;
const provider = new Provider("partner", providerArgs);

const namedById: UserGroupPolicyReferenceByIdArgs = { id: "c8fed203ed3043cba015a93ad1616f1f" };
const namedByName: UserGroupPolicyReferenceByNameArgs = { name: "DNS Write" };
const permissionGroups: UserGroupPolicyReferenceArgs[] = [namedById];
const everything: UserGroupPolicyScopeObjectArgs = { key: "*" };
const scope: UserGroupPolicyScopeArgs = { key: "com.cloudflare.api.account.1", objects: [everything] };
const ofGroup: UserGroupPolicyResourceGroupByIdArgs = { id: "2c0e8a1b7d5f4e6c9a3b1d8f7e5c4a2b" };
const ofNamedGroup: UserGroupPolicyResourceGroupByNameArgs = { name: pulumi.output("example.com") };
const inline: UserGroupPolicyResourceGroupByScopeArgs = { scope };
const whole: UserGroupPolicyResourceGroupByAccountArgs = { account: true };
const zone: UserGroupPolicyResourceGroupByZoneArgs = { zone: pulumi.output("9a7806061c88ada191ed06f989cc3dac") };
const resources: UserGroupPolicyResourceGroupArgs[] = [ofGroup, inline, whole, zone];
const policy: UserGroupPolicyArgs = { access: "allow", permissionGroups, resourceGroups: resources };
const byNames: UserGroupPolicyArgs = {
  access: "deny",
  permissionGroups: [namedByName],
  resourceGroups: [ofNamedGroup],
};
new UserGroupPolicies("by-names", { accountId, userGroupId: "f".repeat(32), policies: [byNames] });
const groupArgs: UserGroupArgs = { accountId, name: "DNS readers", policies: [policy] };
const group = new UserGroup("readers", groupArgs, { provider });

const memberById: UserGroupMembersMemberByIdArgs = { id: pulumi.output("4f5f0c14a2a41d5063dd301b2f829f04") };
const memberByEmail: UserGroupMembersMemberByEmailArgs = { email: pulumi.output("ada@example.com") };
const bothMembers: UserGroupMembersMemberArgs[] = [memberById, memberByEmail];
const membersArgs: UserGroupMembersArgs = { accountId, userGroupId: group.id, members: bothMembers };
const members = new UserGroupMembers("readers", membersArgs, { dependsOn: group });

const inReaders: UserGroupMemberGroupArgs = { accountId, userGroupId: group.id };
const singleById: UserGroupMemberByIdArgs = { ...inReaders, memberId: memberById.id, email: undefined };
const singleByEmail: UserGroupMemberByEmailArgs = { ...inReaders, email: memberByEmail.email };
const singleArgs: UserGroupMemberArgs[] = [singleById, singleByEmail];
const [single, address] = singleArgs.map((args, index) => new UserGroupMember(`reader-${index}`, args));

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
const namesGroup = (each: UserGroupPolicyResourceGroup): each is UserGroupPolicyResourceGroupById =>
  each.id !== undefined;
const namesScope = (each: UserGroupPolicyResourceGroup): each is UserGroupPolicyResourceGroupByScope =>
  each.scope !== undefined;
const inPolicy = policies.apply(([first]) => ({
  ids: first?.resourceGroups.filter(namesGroup).map(({ id }) => id),
  keys: first?.resourceGroups.filter(namesScope).map(({ scope }) => scope.key),
}));
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
const permissionByName: GetPermissionGroupByNameArgs = permissionArgs;
const permissionByLabel: GetPermissionGroupByLabelArgs = { label: "dns_read" };
const byName: GetUserGroupByNameArgs = { name: "DNS readers" };
const byGroupId: GetUserGroupByIdArgs = { userGroupId: "d8b5a9e2c4f14b0f9e6c7d3a1b2c3d4e" };
const eitherGroup: GetUserGroupArgs = accountId === undefined ? byName : byGroupId;
const ringByName: GetDeploymentGroupByNameArgs = { name: "Ring 0" };
const ringById: GetDeploymentGroupByIdArgs = { deploymentGroupId: "550e8400-e29b-41d4-a716-446655440000" };
const membersOf: GetUserGroupMembersArgs = { userGroupId: "d8b5a9e2c4f14b0f9e6c7d3a1b2c3d4e" };
const eitherRing: GetDeploymentGroupArgs = accountId === undefined ? ringByName : ringById;
const outputs: LookupInputs<GetUserGroupArgs> = { userGroupId: group.id, accountId };
export async function lookUpEverything() {
  const permission: GetPermissionGroupResult = await getPermissionGroup(permissionArgs, nowhere);
  const resource: GetResourceGroupResult = await getResourceGroup(resourceArgs);
  const scope: GetResourceGroupScope | undefined = resource.scope;
  const objects: readonly GetResourceGroupObject[] = scope?.objects ?? [];
  const person: GetAccountMemberResult = await getAccountMember(personArgs, { parent: group });
  const admins: GetUserGroupResult = await getUserGroup(eitherGroup);
  const inGroup: GetUserGroupMembersResult = await getUserGroupMembers(membersOf);
  const first: GetDeploymentGroupResult = await getDeploymentGroup(eitherRing);
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

// The results of lookups, and outputs, stand in arguments as they are. Lookups send requests, so this is not run either.
export async function passResults() {
  const permissionGroups = [getPermissionGroupOutput(permissionByName), await getPermissionGroup(permissionByLabel)];
  const resourceGroups = [getResourceGroupOutput(resourceArgs), await getResourceGroup(resourceArgs)];
  const found = new UserGroup("found", {
    name: "Found",
    policies: [{ access: "allow", permissionGroups, resourceGroups }],
  });
  new UserGroup("same", { name: "Same", policies: found.policies });
  new UserGroup("listed", { name: "Listed", policies: getUserGroupOutput(byName).policies });
  new UserGroupPolicies("same", { userGroupId: group.id, policies: ownPolicies.policies });
  const people = [getAccountMemberOutput(personArgs), await getAccountMember(personArgs), memberByEmail];
  new UserGroupMembers("people", { userGroupId: group.id, members: people });
  new UserGroupMembers("same", { userGroupId: group.id, members: members.members });
  new UserGroupMembers("listed", { userGroupId: group.id, members: getUserGroupMembersOutput(membersOf).members });
  new DeploymentGroup("same", { name: "Ring 1", versionConfigs: ring.versionConfigs, policyIds: ring.policyIds });
}

// This lookup sends no request, because its settings are invalid. It loads the code of the lookups.
const rejected = getPermissionGroup(permissionArgs, nowhere).catch(({ message }: Error) => message);

pulumi
  .output({
    name: group.name,
    permissions,
    inScope,
    inPolicy,
    userGroupId: members.userGroupId,
    everybody,
    single: single?.memberId,
    address: address?.email,
    ownPermissions: ownPolicies.policies.apply(([first]) => first?.permissionGroups),
    versions,
    found: found.id,
    rejected,
  })
  .apply((outputs) => console.log(JSON.stringify(outputs)));
