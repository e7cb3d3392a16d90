import * as pulumi from "@pulumi/pulumi";
import type { GetAccountMemberResult } from "./lookups/results";
import { markUnknownIds } from "./previewOutputs";
import { isOfType, registration, typeToken, type UnsetOutputs } from "./resourceRegistration";
import type { OutputProperties, UserGroupMembersMember } from "./resourceTypes";

/** One member of a user group, named by the id of the account member. */
export interface UserGroupMembersMemberByIdArgs {
  /**
   * The account member's id, 32 characters long.
   *
   * Required. An id of another length fails the preview. An id that no account member has fails `pulumi up`.
   * Cloudflare lists them by `GET /accounts/{account_id}/members`.
   */
  id: pulumi.Input<string>;
  /** Not set: `id` names this member. */
  email?: undefined;
}

/** One member of a user group, named by email. */
export interface UserGroupMembersMemberByEmailArgs {
  /**
   * The account member's email, in upper or lower case.
   *
   * Required. A text that cannot be an email fails the preview. A new email that no account member has fails the preview too,
   * or `pulumi up` if the preview has no credential. All unknown emails of a resource are reported together, before anything is
   * written. One list of the account's members serves all resources. Also needs the permission "Account Settings Read". If
   * the same program invites the person, use the `id`.
   */
  email: pulumi.Input<string>;
  /** Not set: `email` names this member. */
  id?: undefined;
}

/**
 * One member of a user group, named by id or by email. Switching between them for the same member is not a change.
 *
 * The result of `getAccountMember` and an element of the output `members` can stand here as they are. If a member has both an
 * id and an email, the id decides, and the email is ignored.
 */
export type UserGroupMembersMemberArgs =
  | UserGroupMembersMemberByIdArgs
  | UserGroupMembersMemberByEmailArgs
  | GetAccountMemberResult
  | UserGroupMembersMember;

/** The arguments of {@link UserGroupMembers}. */
export interface UserGroupMembersArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. Without either, the preview fails. A change replaces the resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The user group that the members belong to, an id of 32 characters.
   *
   * Required. An id of another length fails the preview. An id that no group has fails `pulumi up`. A change replaces the
   * resource.
   */
  userGroupId: pulumi.Input<string>;
  /**
   * All members of the group, as a set: the order means nothing, and a member that is not listed is removed.
   *
   * Required; an empty list empties the group. A repeated member fails the preview. A change is made in place.
   */
  members: pulumi.Input<pulumi.Input<UserGroupMembersMemberArgs>[]>;
  /**
   * Whether the create removes other members that the group already has.
   *
   * Default: `false`. Then the create of this resource for a group with other members fails before it writes, and names them.
   * The preview fails, too, if it has a credential and the group exists.
   * Later updates always remove members that are not listed. A change is made in place and is no difference.
   */
  removeOthers?: pulumi.Input<boolean> | undefined;
}

const unsetOutputs: UnsetOutputs<"userGroupMembers"> = {
  accountId: undefined,
  userGroupId: undefined,
  members: undefined,
};

/**
 * All members of a user group: `PUT` and `GET` on `/accounts/{account_id}/iam/user_groups/{id}/members`.
 *
 * The resource owns the whole set: an update removes every member that is not listed. A create fails if the group has other
 * members, unless `removeOthers` is set. Use one such resource for a group, in one program. Use {@link UserGroupMember} when
 * others add members too. Its id is the group's. Deleting it empties the group and keeps the group itself. Cloudflare may
 * reject members whose roles are not domain-scoped. Needs the permission "SCIM Provisioning" or "Account Settings Write". A
 * change of `userGroupId` or `accountId` replaces it.
 *
 * @example
 * ```ts
 * import { UserGroup, UserGroupMembers } from "pulumi-cloudflare-groups";
 *
 * const readers = new UserGroup("dns-readers", { name: "DNS readers" });
 *
 * const members = new UserGroupMembers("dns-readers", {
 *   userGroupId: readers.id,
 *   members: [{ email: "ada@example.com" }, { id: "4f5f0c14a2a41d5063dd301b2f829f04" }],
 * });
 *
 * export const emails = members.members.apply((all) => all.map(({ email }) => email));
 * ```
 */
export class UserGroupMembers extends pulumi.CustomResource implements OutputProperties<"userGroupMembers"> {
  /** The resource's type in states, previews and policy packs. */
  static readonly __pulumiType: string = typeToken("userGroupMembers");

  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The user group that the members belong to. */
  declare readonly userGroupId: pulumi.Output<string>;
  /**
   * All members of the group. A change of the set keeps the order of the others.
   *
   * While a preview creates or changes the set, the id of a member named by email is unknown, so `apply` does not run.
   */
  declare readonly members: pulumi.Output<UserGroupMembersMember[]>;

  /**
   * Sets the members of the group.
   *
   * It fails before it writes if the group has other members. With `removeOthers` it removes them, and names them in the
   * update's log.
   *
   * @param name The resource's name in the Pulumi program.
   * @param args The group and all its members.
   * @param options Pulumi's options of a resource. `import` imports the members of the group with that id without a write,
   * and fails with every difference when they do not match `args`.
   */
  constructor(name: string, args: UserGroupMembersArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("userGroupMembers", unsetOutputs, name, args, options));
    this.members = markUnknownIds(this.members);
  }

  /**
   * Reads the members of a group that something else manages. They are never changed.
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
    state?: Pick<UserGroupMembersArgs, "accountId">,
    options?: pulumi.CustomResourceOptions,
  ): UserGroupMembers {
    return new UserGroupMembers(name, { ...state } as UserGroupMembersArgs, { ...options, id });
  }

  /**
   * Returns whether a value is a UserGroupMembers, also one of another copy of this package.
   *
   * @param value A resource, or an object that has only the property `__pulumiType`.
   */
  static override isInstance(value: unknown): value is UserGroupMembers {
    return isOfType("userGroupMembers", value);
  }
}
