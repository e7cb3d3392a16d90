import type * as pulumi from "@pulumi/pulumi";
import type { GetResourceGroupResult } from "./lookups/results";

/** A permission group, named by its id. */
export interface UserGroupPolicyReferenceByIdArgs {
  /**
   * The id that Cloudflare gave it, 32 characters long.
   *
   * Required; or set `name` instead. An id of another length fails the preview. An id that Cloudflare does not know fails
   * `pulumi up`.
   */
  id: pulumi.Input<string>;
  /** Default: none. It is ignored, because `id` decides. Results of lookups and outputs have it. */
  name?: pulumi.Input<string | undefined> | undefined;
}

/** A permission group, named by its name. */
export interface UserGroupPolicyReferenceByNameArgs {
  /**
   * The name as Cloudflare writes it, such as `"DNS Read"`.
   *
   * Required; or set `id` instead. Needs the permission "Account Settings Read". A new name that no permission group has, or
   * several have, fails the preview, or `pulumi up` if the preview has no credential. Naming the same permission group by id
   * is not a change.
   */
  name: pulumi.Input<string>;
  /** Not set: `name` names the permission group. */
  id?: undefined;
}

/**
 * A permission group, named by `id` or `name`.
 *
 * The result of `getPermissionGroup` or `getPermissionGroupOutput` can stand here as it is. Its `id` decides, and its other
 * properties are ignored.
 */
export type UserGroupPolicyReferenceArgs = UserGroupPolicyReferenceByIdArgs | UserGroupPolicyReferenceByNameArgs;

/** One resource in a {@link UserGroupPolicyScopeArgs}. */
export interface UserGroupPolicyScopeObjectArgs {
  /**
   * The key, such as `"*"` for everything, or the key of a zone.
   *
   * Required. An empty one fails the preview. A key that Cloudflare does not know fails `pulumi up`.
   */
  key: pulumi.Input<string>;
}

/** The resources that a policy names itself, without a resource group of the account. Cloudflare calls these roles beta. */
export interface UserGroupPolicyScopeArgs {
  /**
   * The key of the scope that contains all objects, such as the key of the account.
   *
   * Required. An empty one fails the preview. A key that Cloudflare does not know fails `pulumi up`.
   */
  key: pulumi.Input<string>;
  /**
   * The objects in this scope, as a set: the order means nothing.
   *
   * Required. A repeated object fails the preview.
   */
  objects: pulumi.Input<pulumi.Input<UserGroupPolicyScopeObjectArgs>[]>;
}

/** The resources of a policy: those of a resource group, named by its id. */
export interface UserGroupPolicyResourceGroupByIdArgs {
  /**
   * The id that Cloudflare gave the resource group, 32 characters long.
   *
   * Required; or set one of the others instead. An id of another length fails the preview. An id that Cloudflare does not know
   * fails `pulumi up`.
   */
  id: pulumi.Input<string>;
  /** Default: none. It is ignored, because `id` decides. Outputs have it. */
  name?: pulumi.Input<string | undefined> | undefined;
  /** Not set: `id` names the resources. */
  scope?: undefined;
  /** Not set: `id` names the resources. */
  account?: undefined;
  /** Not set: `id` names the resources. */
  zone?: undefined;
}

/** The resources of a policy: those of a resource group, named by its name. */
export interface UserGroupPolicyResourceGroupByNameArgs {
  /**
   * The name of the resource group as Cloudflare writes it, such as the name of a zone.
   *
   * Required; or set one of the others instead. Needs the permission "Account Settings Read". A new name that no resource
   * group has, or several have, fails the preview, or `pulumi up` if the preview has no credential. Naming the same resource
   * group by id is not a change. For a resource group that the same program creates, use its id.
   */
  name: pulumi.Input<string>;
  /** Not set: `name` names the resources. */
  id?: undefined;
  /** Not set: `name` names the resources. */
  scope?: undefined;
  /** Not set: `name` names the resources. */
  account?: undefined;
  /** Not set: `name` names the resources. */
  zone?: undefined;
}

/** The resources of a policy: those that the policy names itself. */
export interface UserGroupPolicyResourceGroupByScopeArgs {
  /**
   * The resources themselves, as policies from the dashboard have them. Cloudflare makes an anonymous resource group.
   *
   * Required. A `scope` beside an `id` fails the preview.
   */
  scope: pulumi.Input<UserGroupPolicyScopeArgs>;
  /** Not set: `scope` names the resources. */
  id?: undefined;
  /** Not set: `scope` names the resources. */
  name?: undefined;
  /** Not set: `scope` names the resources. */
  account?: undefined;
  /** Not set: `scope` names the resources. */
  zone?: undefined;
}

/** The resources of a policy: everything in the account. */
export interface UserGroupPolicyResourceGroupByAccountArgs {
  /**
   * The whole account: the short form of a `scope` with its key, and everything in it.
   *
   * Required. A value other than `true` fails the preview. The outputs have the `scope`.
   */
  account: pulumi.Input<true>;
  /** Not set: `account` names the resources. */
  id?: undefined;
  /** Not set: `account` names the resources. */
  name?: undefined;
  /** Not set: `account` names the resources. */
  scope?: undefined;
  /** Not set: `account` names the resources. */
  zone?: undefined;
}

/** The resources of a policy: one zone. */
export interface UserGroupPolicyResourceGroupByZoneArgs {
  /**
   * One zone by its id, 32 characters long: the short form of a `scope` with the keys of the account and of the zone.
   *
   * Required. An id of another length fails the preview. The outputs have the `scope`.
   */
  zone: pulumi.Input<string>;
  /** Not set: `zone` names the resources. */
  id?: undefined;
  /** Not set: `zone` names the resources. */
  name?: undefined;
  /** Not set: `zone` names the resources. */
  scope?: undefined;
  /** Not set: `zone` names the resources. */
  account?: undefined;
}

/**
 * The resources of a policy, named by `id`, `name`, `scope`, `account` or `zone`. Two of them do not compile and fail the preview.
 *
 * The result of `getResourceGroup` or `getResourceGroupOutput` can stand here as it is. Its `id` decides, and its other
 * properties are ignored.
 */
export type UserGroupPolicyResourceGroupArgs =
  | UserGroupPolicyResourceGroupByIdArgs
  | UserGroupPolicyResourceGroupByNameArgs
  | UserGroupPolicyResourceGroupByScopeArgs
  | UserGroupPolicyResourceGroupByAccountArgs
  | UserGroupPolicyResourceGroupByZoneArgs
  | GetResourceGroupResult;

/** One policy of a `UserGroup` or `UserGroupPolicies`: it allows or denies the members some permissions on some resources. */
export interface UserGroupPolicyArgs {
  /**
   * Whether the policy allows or denies: `"allow"` or `"deny"`.
   *
   * Required. Any other word fails the preview. Some accounts reject `"deny"`, which fails `pulumi up`.
   */
  access: pulumi.Input<"allow" | "deny">;
  /**
   * The permission groups whose permissions the policy covers, as a set: the order means nothing.
   *
   * Required. A repeated group fails the preview. Cloudflare lists them by
   * `GET /accounts/{account_id}/iam/permission_groups`.
   */
  permissionGroups: pulumi.Input<pulumi.Input<UserGroupPolicyReferenceArgs>[]>;
  /**
   * The resource groups that the permissions apply to, as a set: the order means nothing.
   *
   * Required. A repeated group fails the preview. Cloudflare lists them by
   * `GET /accounts/{account_id}/iam/resource_groups`.
   */
  resourceGroups: pulumi.Input<pulumi.Input<UserGroupPolicyResourceGroupArgs>[]>;
}
