import type { DeploymentGroupVersionConfig, UserGroupMembersMember, UserGroupPolicy } from "../resourceTypes";

// What the lookups return.

/** All objects of one kind in an account. */
export interface LookupResults<Result> {
  /** The account that was searched. */
  readonly accountId: string;
  /** All objects, in Cloudflare's order. */
  readonly results: Result[];
}

/** A member of the account, who may be in user groups. It can stand among the `members` of a `UserGroupMembers` as it is. */
export interface GetAccountMemberResult {
  /** The account that was searched. */
  readonly accountId: string;
  /** The id by which a `UserGroupMembers` names its members. */
  readonly id: string;
  /** The email as Cloudflare returns it. */
  readonly email: string;
  /** The status in the account, `"accepted"` or `"pending"`, when Cloudflare gives it. */
  readonly status?: string;
}

/** A deployment group, with the outputs of a `DeploymentGroup`. */
export interface GetDeploymentGroupResult {
  /** The account that the group belongs to. */
  readonly accountId: string;
  /** The id that Cloudflare gave the group. */
  readonly id: string;
  /** The group's name. */
  readonly name: string;
  /** The version for each kind of device, in Cloudflare's order. */
  readonly versionConfigs: DeploymentGroupVersionConfig[];
  /** The ids of the group's device policies, in Cloudflare's order; empty when there are none. */
  readonly policyIds: string[];
  /** When the group was created, RFC 3339 with nanoseconds. */
  readonly createdAt: string;
  /** When the group was last changed, RFC 3339 with nanoseconds. */
  readonly updatedAt: string;
}

/**
 * A permission group: the permissions that a policy of a `UserGroup` allows or denies.
 *
 * It can stand among the `permissionGroups` of a policy as it is.
 */
export interface GetPermissionGroupResult {
  /** The account that was searched. */
  readonly accountId: string;
  /** The id that a policy refers to. */
  readonly id: string;
  /** The name, such as `"DNS Read"`; empty when Cloudflare gives none. */
  readonly name: string;
  /** The label, such as `"dns_read"`, when Cloudflare gives it. */
  readonly label?: string;
  /** The kind of resource that the permissions are for, such as `"com.cloudflare.api.account.zone"`, when Cloudflare gives it. */
  readonly scopes?: string;
}

/** One kind of object in a resource group, in Cloudflare's own keys. */
export interface GetResourceGroupObject {
  /** The key, such as `"*"` for everything, or the key of a zone. */
  readonly key: string;
}

/** The resources in a resource group. */
export interface GetResourceGroupScope {
  /** The key of the scope that contains all objects, such as the key of the account. */
  readonly key: string;
  /** The objects in this scope. */
  readonly objects: GetResourceGroupObject[];
}

/**
 * A resource group: the resources that a policy of a `UserGroup` applies to.
 *
 * It can stand among the `resourceGroups` of a policy as it is.
 */
export interface GetResourceGroupResult {
  /** The account that was searched. */
  readonly accountId: string;
  /** The id that a policy refers to. */
  readonly id: string;
  /** The name, such as the name of a zone; empty when Cloudflare gives none. */
  readonly name: string;
  /** The resources in the group, when Cloudflare gives them. */
  readonly scope?: GetResourceGroupScope;
}

/** A user group, with the outputs of a `UserGroup`. */
export interface GetUserGroupResult {
  /** The account that the group belongs to. */
  readonly accountId: string;
  /** The id that Cloudflare gave the group. */
  readonly id: string;
  /** The group's name. */
  readonly name: string;
  /** The policies that apply to the members, in Cloudflare's order; empty when there are none. */
  readonly policies: UserGroupPolicy[];
  /** When the group was created, RFC 3339. */
  readonly createdOn: string;
  /** When the group was last changed, RFC 3339. */
  readonly modifiedOn: string;
}

/** The members of a user group, with the outputs of a `UserGroupMembers`. */
export interface GetUserGroupMembersResult {
  /** The account that the group belongs to. */
  readonly accountId: string;
  /** The group's id. */
  readonly id: string;
  /** The id of the user group, the same as `id`. */
  readonly userGroupId: string;
  /** All members of the group, in Cloudflare's order. */
  readonly members: UserGroupMembersMember[];
}
