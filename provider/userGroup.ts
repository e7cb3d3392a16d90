import * as pulumi from "@pulumi/pulumi";
import { registration } from "./dynamicResource";

/** A permission group or a resource group, named by its id. */
export interface UserGroupPolicyReferenceArgs {
  /**
   * The id that Cloudflare gave it, 32 characters long.
   *
   * Required. An id of another length is an error at preview, one that Cloudflare does not know an error of `pulumi up`.
   */
  id: pulumi.Input<string>;
}

/** One policy of a {@link UserGroup}: who is in the group may, or may not, do these things to these resources. */
export interface UserGroupPolicyArgs {
  /**
   * Whether the policy allows or denies: `"allow"` or `"deny"`.
   *
   * Required. Any other word is an error at preview. Accounts have been seen to refuse `"deny"`, an error of `pulumi up`.
   */
  access: pulumi.Input<"allow" | "deny">;
  /**
   * The permissions, as the set of permission groups that hold them: the order means nothing.
   *
   * Required. One that is listed twice is an error at preview. Cloudflare lists them by
   * `GET /accounts/{account_id}/iam/permission_groups`.
   */
  permissionGroups: pulumi.Input<pulumi.Input<UserGroupPolicyReferenceArgs>[]>;
  /**
   * What the permissions are for, as a set of resource groups: the order means nothing.
   *
   * Required. One that is listed twice is an error at preview. Cloudflare lists them by
   * `GET /accounts/{account_id}/iam/resource_groups`.
   */
  resourceGroups: pulumi.Input<pulumi.Input<UserGroupPolicyReferenceArgs>[]>;
}

/** The arguments of a {@link UserGroup}. */
export interface UserGroupArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. It is an error at preview when there is neither. A change replaces the
   * resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The group's name, 1 to 255 characters, unique in the account.
   *
   * Required. Another length is an error at preview, a name that another group has an error of `pulumi up`. A change is
   * made in place.
   */
  name: pulumi.Input<string>;
  /**
   * What members may do, as a set of policies: the order means nothing.
   *
   * Default: none; taking the list out of the program clears it. A policy that is listed twice is an error at preview. A
   * change is made in place, of all policies in one call.
   */
  policies?: pulumi.Input<pulumi.Input<UserGroupPolicyArgs>[]> | undefined;
}

/** A permission group or a resource group as a {@link UserGroup} returns it. */
export interface UserGroupPolicyReference {
  /** The id that Cloudflare gave it. */
  readonly id: string;
}

/** One policy of a {@link UserGroup} as the group returns it. Its own id is left out: Cloudflare gives a new one at every change. */
export interface UserGroupPolicy {
  /** Whether the policy allows or denies. */
  readonly access: "allow" | "deny";
  /** The permission groups, in the program's order. */
  readonly permissionGroups: readonly UserGroupPolicyReference[];
  /** The resource groups, in the program's order. */
  readonly resourceGroups: readonly UserGroupPolicyReference[];
}

const properties = ["accountId", "name", "policies", "createdOn", "modifiedOn"] as const;

/**
 * A group of account members who share policies, managed whole: `POST`, `GET`, `PUT` and `DELETE` on
 * `/accounts/{account_id}/iam/user_groups`.
 *
 * Needs the permission "SCIM Provisioning" or "Account Settings Write" and an Enterprise account. Who is in the group is
 * said by {@link UserGroupMembers}. Its `id` is Cloudflare's, 32 characters. Only a change of `accountId` replaces the
 * group; it is then deleted before the new one is created.
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
export class UserGroup extends pulumi.CustomResource {
  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group's name. */
  declare readonly name: pulumi.Output<string>;
  /** What members may do, in the program's order; empty when there is nothing. */
  declare readonly policies: pulumi.Output<readonly UserGroupPolicy[]>;
  /** When the group was created, RFC 3339: Cloudflare's `created_on`. */
  declare readonly createdOn: pulumi.Output<string>;
  /** When the group was last changed, RFC 3339: Cloudflare's `modified_on`. */
  declare readonly modifiedOn: pulumi.Output<string>;

  /**
   * Creates a user group in the account.
   *
   * A group of this name that an interrupted `pulumi up` has left is taken over when it is certain to be that; any other
   * one is an error.
   *
   * @param name The resource's name in the Pulumi program, which may differ from the group's.
   * @param args What the group is called and what its members may do.
   * @param options Pulumi's options of a resource. `import` takes over the group with that id, without a write, and fails
   * naming every difference when it is not what `args` say.
   */
  constructor(name: string, args: UserGroupArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("UserGroup", "userGroup", properties, name, args, options));
  }

  /**
   * Reads a user group that something else manages, by its id; it is never changed or deleted.
   *
   * Fails when there is no such group.
   *
   * @param name The resource's name in the Pulumi program.
   * @param id The group's id, 32 characters.
   * @param state The account, where it is not the setting `cloudflare:accountId`.
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
}
