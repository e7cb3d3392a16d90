// A program as a user of the package writes it, with every name that the package exports. It is compiled and run, as it
// stands, in a CommonJS and in an ES-module project.
import * as pulumi from "@pulumi/pulumi";
import {
  DeploymentGroup,
  type DeploymentGroupArgs,
  type DeploymentGroupVersionConfig,
  type DeploymentGroupVersionConfigArgs,
  Provider,
  type ProviderArgs,
  UserGroup,
  type UserGroupArgs,
  UserGroupMembers,
  type UserGroupMembersArgs,
  type UserGroupMembersMember,
  type UserGroupMembersMemberArgs,
  type UserGroupPolicy,
  type UserGroupPolicyArgs,
  type UserGroupPolicyReference,
  type UserGroupPolicyReferenceArgs,
} from "pulumi-cloudflare-groups";

pulumi.runtime.setMocks({
  call: () => ({}),
  newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
});

// Not known to be there, like anything that a program reads from its surroundings.
const accountId: string | undefined = process.env.CONSUMER_ACCOUNT_ID;

const providerArgs: ProviderArgs = { apiToken: pulumi.secret("token"), accountId };
const provider = new Provider("partner", providerArgs);

const reference: UserGroupPolicyReferenceArgs = { id: "c8fed203ed3043cba015a93ad1616f1f" };
const policy: UserGroupPolicyArgs = { access: "allow", permissionGroups: [reference], resourceGroups: [reference] };
const groupArgs: UserGroupArgs = { accountId, name: "DNS readers", policies: [policy] };
const group = new UserGroup("readers", groupArgs, { provider });

const member: UserGroupMembersMemberArgs = { id: pulumi.output("4f5f0c14a2a41d5063dd301b2f829f04") };
const membersArgs: UserGroupMembersArgs = { accountId, userGroupId: group.id, members: [member] };
const members = new UserGroupMembers("readers", membersArgs, { dependsOn: group });

const version: DeploymentGroupVersionConfigArgs = { targetEnvironment: "windows", version: "2026.6.234.0" };
const ringArgs: DeploymentGroupArgs = { accountId, name: "Ring 0", versionConfigs: [version], policyIds: undefined };
const ring = new DeploymentGroup("ring-0", ringArgs, { protect: true });

const policies: pulumi.Output<readonly UserGroupPolicy[]> = group.policies;
const permissions: pulumi.Output<readonly UserGroupPolicyReference[] | undefined> = policies.apply(
  ([first]) => first?.permissionGroups,
);
const everybody: pulumi.Output<readonly UserGroupMembersMember[]> = members.members;
const versions: pulumi.Output<readonly DeploymentGroupVersionConfig[]> = ring.versionConfigs;
const found: UserGroup = UserGroup.get("found", "d8b5a9e2c4f14b0f9e6c7d3a1b2c3d4e");

pulumi
  .output({ name: group.name, permissions, userGroupId: members.userGroupId, everybody, versions, found: found.id })
  .apply((outputs) => console.log(JSON.stringify(outputs)));
