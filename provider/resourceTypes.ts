import type * as pulumi from "@pulumi/pulumi";

// The properties of every resource, as the program's classes, the lifecycles, the lookups and the import file share them.

/** A permission group as a {@link UserGroup} returns it. */
export interface UserGroupPolicyReference {
  /** The id that Cloudflare gave it. */
  readonly id: string;
  /** The name, when the program names the permission group by it. */
  readonly name?: string | undefined;
}

/** One resource in a {@link UserGroupPolicyScope}. */
export interface UserGroupPolicyScopeObject {
  /** The key, such as `"*"` for everything, or the key of a zone. */
  readonly key: string;
}

/** The resources that a policy names itself, without a resource group of the account. */
export interface UserGroupPolicyScope {
  /** The key of the scope that contains all objects, such as the key of the account. */
  readonly key: string;
  /** The objects in this scope. */
  readonly objects: UserGroupPolicyScopeObject[];
}

/** The resources of a policy as a {@link UserGroup} returns them, when a resource group has them. */
export interface UserGroupPolicyResourceGroupById {
  /** The id that Cloudflare gave the resource group. */
  readonly id: string;
  /** The name, when the program names the resource group by it. */
  readonly name?: string | undefined;
  /** Not set: the resource group with this `id` has the resources. */
  readonly scope?: undefined;
}

/** The resources of a policy as a {@link UserGroup} returns them, when the policy names them itself. */
export interface UserGroupPolicyResourceGroupByScope {
  /** Not set: the policy names its resources itself. */
  readonly id?: undefined;
  /** Not set: the policy names its resources itself. */
  readonly name?: undefined;
  /** The resources themselves. */
  readonly scope: UserGroupPolicyScope;
}

/** The resources of a policy as a {@link UserGroup} returns them: a resource group's `id`, or a `scope`. */
export type UserGroupPolicyResourceGroup = UserGroupPolicyResourceGroupById | UserGroupPolicyResourceGroupByScope;

/** One policy of a {@link UserGroup}, as an output. It has no id, because Cloudflare gives it a new one at every change. */
export interface UserGroupPolicy {
  /** Whether the policy allows or denies. */
  readonly access: "allow" | "deny";
  /** The permission groups, in the program's order. */
  readonly permissionGroups: UserGroupPolicyReference[];
  /** The resource groups, in the program's order. */
  readonly resourceGroups: UserGroupPolicyResourceGroup[];
}

/** The client version that devices of one kind run, as a {@link DeploymentGroup} returns it. */
export interface DeploymentGroupVersionConfig {
  /** The kind of device. */
  readonly targetEnvironment: string | null;
  /** The version of the Cloudflare One Client. */
  readonly version: string;
}

/** One member of a user group as {@link UserGroupMembers} returns it. */
export interface UserGroupMembersMember {
  /** The account member's id. */
  readonly id: string;
  /** The member's email, when Cloudflare or the program gives it. */
  readonly email?: string;
  /** The member's status in the account, `"accepted"` or `"pending"`, when Cloudflare gives it. */
  readonly status?: string;
}

/** A member as a program names it: by id or by email. */
export interface MemberRef {
  readonly id?: string | undefined;
  readonly email?: string | undefined;
}

/** A permission group as a program names it: by id or by name. */
export interface PermissionGroupRef {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** The resources of a policy as a program names them: by id, by name or by scope. */
export interface ResourceGroupRef {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly scope?: UserGroupPolicyScope | undefined;
}

/** A policy as a program writes it: it names permission groups and resource groups by id or by name. */
export interface PolicyInput {
  readonly access: "allow" | "deny";
  readonly permissionGroups: readonly PermissionGroupRef[];
  readonly resourceGroups: readonly ResourceGroupRef[];
}

export type UserGroupInputs = {
  accountId: string;
  name: string;
  policies: PolicyInput[];
};
/** The inputs with the ids of everything that they name. */
export type ResolvedUserGroupInputs = {
  accountId: string;
  name: string;
  policies: UserGroupPolicy[];
};
export type UserGroupOutputs = ResolvedUserGroupInputs & { createdOn: string; modifiedOn: string };

export type DeploymentGroupInputs = {
  accountId: string;
  name: string;
  versionConfigs: DeploymentGroupVersionConfig[];
  policyIds: string[];
};
export type DeploymentGroupOutputs = DeploymentGroupInputs & { createdAt: string; updatedAt: string };

export type UserGroupMembersInputs = {
  accountId: string;
  userGroupId: string;
  members: MemberRef[];
  removeOthers?: boolean | undefined;
};
export type UserGroupMembersOutputs = {
  accountId: string;
  userGroupId: string;
  members: UserGroupMembersMember[];
};

export type UserGroupMemberInputs = {
  accountId: string;
  userGroupId: string;
  memberId?: string | undefined;
  email?: string | undefined;
};
export type UserGroupMemberOutputs = {
  accountId: string;
  userGroupId: string;
  memberId: string;
  email?: string;
  status?: string;
  createdAt?: string;
};

export type UserGroupPoliciesInputs = {
  accountId: string;
  userGroupId: string;
  policies: PolicyInput[];
};
export type UserGroupPoliciesOutputs = {
  accountId: string;
  userGroupId: string;
  policies: UserGroupPolicy[];
};

/** Every resource of the package, by the name under which the `dynamic` entry exports its lifecycle. */
export interface ResourceTypes {
  deploymentGroup: { inputs: DeploymentGroupInputs; outputs: DeploymentGroupOutputs };
  userGroup: { inputs: UserGroupInputs; outputs: UserGroupOutputs };
  userGroupMember: { inputs: UserGroupMemberInputs; outputs: UserGroupMemberOutputs };
  userGroupMembers: { inputs: UserGroupMembersInputs; outputs: UserGroupMembersOutputs };
  userGroupPolicies: { inputs: UserGroupPoliciesInputs; outputs: UserGroupPoliciesOutputs };
}

export type ResourceKind = keyof ResourceTypes;

/** The outputs that a resource's class must declare. */
export type OutputProperties<Kind extends ResourceKind> = {
  readonly [Property in keyof Required<ResourceTypes[Kind]["outputs"]>]: pulumi.Output<
    ResourceTypes[Kind]["outputs"][Property]
  >;
};
