import * as pulumi from "@pulumi/pulumi";
import type { GetResourceGroupResult } from "./lookups/results";
import { isOfType, registration, typeToken, type UnsetOutputs } from "./resourceRegistration";
import type { OutputProperties, UserGroupPolicy } from "./resourceTypes";

/** A permission group, named by its id. */
export interface UserGroupPolicyReferenceByIdArgs {
  /**
   * The id that Cloudflare gave it, 32 characters long.
   *
   * Required; or set `name` instead. An id of another length fails the preview. An id that Cloudflare does not know fails
   * `pulumi up`.
   */
  id: pulumi.Input<string>;
  /** Ignored beside `id`. Results of lookups and outputs have it. */
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
  /** Ignored beside `id`. Outputs have it. */
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

/** One policy of a {@link UserGroup}: it allows or denies the members some permissions on some resources. */
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

/** The arguments of a {@link UserGroup}. */
export interface UserGroupArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. Without either, the preview fails. A change replaces the resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The group's name, at least one character, unique in the account.
   *
   * Required. An empty name fails the preview. Cloudflare documents no maximum length. A name that another group has or
   * that Cloudflare rejects fails `pulumi up`. A change is made in place.
   */
  name: pulumi.Input<string>;
  /**
   * The policies that apply to the members, as a set: the order means nothing.
   *
   * Default: none; removing the list from the program clears it. A repeated policy fails the preview. A change is made in
   * place, and one request replaces all policies.
   */
  policies?: pulumi.Input<pulumi.Input<UserGroupPolicyArgs>[]> | undefined;
}

const unsetOutputs: UnsetOutputs<"userGroup"> = {
  accountId: undefined,
  name: undefined,
  policies: undefined,
  createdOn: undefined,
  modifiedOn: undefined,
};

/**
 * A group of account members who share policies: `POST`, `GET`, `PUT` and `DELETE` on
 * `/accounts/{account_id}/iam/user_groups`.
 *
 * Needs the permission "SCIM Provisioning" or "Account Settings Write". Cloudflare's sources disagree whether user
 * groups need an Enterprise account. Use {@link UserGroupMembers} or {@link UserGroupMember} for the members, and
 * {@link UserGroupPolicies} instead for a group that an identity provider owns. Cloudflare gives the group its `id` of 32
 * characters. Only a change of `accountId` replaces the group. The old group is deleted before the new one is created.
 *
 * @example
 * ```ts
 * import { UserGroup } from "pulumi-cloudflare-groups";
 *
 * const readers = new UserGroup("dns-readers", {
 *   name: "DNS readers",
 *   policies: [
 *     {
 *       access: "allow",
 *       permissionGroups: [{ id: "c8fed203ed3043cba015a93ad1616f1f" }],
 *       resourceGroups: [{ id: "6d7f2f5f5b1d4a0e9081fdc98d432fd1" }],
 *     },
 *   ],
 * });
 *
 * export const readersId = readers.id;
 * ```
 */
export class UserGroup extends pulumi.CustomResource implements OutputProperties<"userGroup"> {
  /** The resource's type in states, previews and policy packs. */
  static readonly __pulumiType: string = typeToken("userGroup");

  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group's name. */
  declare readonly name: pulumi.Output<string>;
  /** The policies that apply to the members, in the program's order; empty when there are none. */
  declare readonly policies: pulumi.Output<UserGroupPolicy[]>;
  /** When the group was created, RFC 3339: Cloudflare's `created_on`. */
  declare readonly createdOn: pulumi.Output<string>;
  /** When the group was last changed, RFC 3339: Cloudflare's `modified_on`. */
  declare readonly modifiedOn: pulumi.Output<string>;

  /**
   * Creates a user group in the account.
   *
   * An existing group of this name is an error. The setting `cloudflare:adoptInterruptedCreates` adopts one that an
   * interrupted `pulumi up` created.
   *
   * @param name The resource's name in the Pulumi program, which may differ from the group's.
   * @param args The group's name and policies.
   * @param options Pulumi's options of a resource. `import` imports the group with that id without a write, and fails with
   * every difference when the group does not match `args`.
   */
  constructor(name: string, args: UserGroupArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("userGroup", unsetOutputs, name, args, options));
  }

  /**
   * Reads a user group that something else manages. It is never changed or deleted.
   *
   * Fails when no group has this id.
   *
   * @param name The resource's name in the Pulumi program.
   * @param id The group's id, 32 characters.
   * @param state The account, when it is not the setting `cloudflare:accountId`.
   * @param options Pulumi's options of a resource.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Pick<UserGroupArgs, "accountId">,
    options?: pulumi.CustomResourceOptions,
  ): UserGroup {
    return new UserGroup(name, { ...state } as UserGroupArgs, { ...options, id });
  }

  /**
   * Returns whether a value is a UserGroup, also one of another copy of this package.
   *
   * @param value A resource, or an object that has only the property `__pulumiType`.
   */
  static override isInstance(value: unknown): value is UserGroup {
    return isOfType("userGroup", value);
  }
}
