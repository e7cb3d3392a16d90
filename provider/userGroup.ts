import * as pulumi from "@pulumi/pulumi";
import { isOfType, registration, typeToken, type UnsetOutputs } from "./resourceRegistration";
import type { OutputProperties, UserGroupPolicy } from "./resourceTypes";
import type { UserGroupPolicyArgs } from "./userGroupPolicyArgs";

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
