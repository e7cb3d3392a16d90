import * as pulumi from "@pulumi/pulumi";
import { registration } from "./dynamicResource";

/** One member of a user group, named by the id of the account member. */
export interface UserGroupMembersMemberByIdArgs {
  /**
   * The account member's id, 32 characters long.
   *
   * Required. An id of another length is an error at preview, one that is no account member's an error of `pulumi up`.
   * Cloudflare lists them by `GET /accounts/{account_id}/members`.
   */
  id: pulumi.Input<string>;
  /** Left out: a member is named by one of the two. */
  email?: undefined;
}

/** One member of a user group, named by e-mail address. */
export interface UserGroupMembersMemberByEmailArgs {
  /**
   * The e-mail address of the account member, in upper or lower case.
   *
   * Required. What cannot be an address is an error at preview. Whose it is `pulumi up` finds out, with one listing of the
   * account's members for all resources; addresses that belong to nobody there are one error, before anything is written.
   * Needs the permission "Account Settings Read" besides.
   */
  email: pulumi.Input<string>;
  /** Left out: a member is named by one of the two. */
  id?: undefined;
}

/** One member of a user group, by id or by e-mail address; to move from one to the other is no change. */
export type UserGroupMembersMemberArgs = UserGroupMembersMemberByIdArgs | UserGroupMembersMemberByEmailArgs;

/** The arguments of {@link UserGroupMembers}. */
export interface UserGroupMembersArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. It is an error at preview when there is neither. A change replaces the
   * resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The group whose members these are, an id of 32 characters.
   *
   * Required. An id of another length is an error at preview, one of no group an error of `pulumi up`. A change replaces
   * the resource.
   */
  userGroupId: pulumi.Input<string>;
  /**
   * Everybody who is in the group, as a set: the order means nothing, and who is not listed is removed.
   *
   * Required; an empty list empties the group. Who is listed twice is an error at preview. A change is made in place.
   */
  members: pulumi.Input<pulumi.Input<UserGroupMembersMemberArgs>[]>;
}

/** One member of a user group as {@link UserGroupMembers} returns it. */
export interface UserGroupMembersMember {
  /** The account member's id. */
  readonly id: string;
  /** The member's e-mail address, where Cloudflare or the program tells it. */
  readonly email?: string;
  /** `"accepted"` or `"pending"`, the member's status in the account, where Cloudflare tells it. */
  readonly status?: string;
}

const properties = ["accountId", "userGroupId", "members"] as const;

/**
 * The whole set of a user group's members: `PUT` and `GET` on `/accounts/{account_id}/iam/user_groups/{id}/members`.
 *
 * It owns the set: whoever is in the group and not listed is removed. Have one such resource for a group, in one program;
 * where others add people too, use {@link UserGroupMember}. Its id is the group's. Deleting it empties the group and leaves
 * the group itself alone. Needs the permission "SCIM Provisioning" or "Account Settings Write". A change of `userGroupId`
 * or `accountId` replaces it.
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
export class UserGroupMembers extends pulumi.CustomResource {
  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group whose members these are. */
  declare readonly userGroupId: pulumi.Output<string>;
  /** Everybody who is in the group, in the program's order. */
  declare readonly members: pulumi.Output<readonly UserGroupMembersMember[]>;

  /**
   * Makes these the members of the group.
   *
   * Who else was in the group is named in the update's log and removed.
   *
   * @param name The resource's name in the Pulumi program.
   * @param args The group, and everybody who is in it.
   * @param options Pulumi's options of a resource. `import` takes over the members of the group with that id, without a
   * write, and fails naming every difference when they are not what `args` say.
   */
  constructor(name: string, args: UserGroupMembersArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("UserGroupMembers", "userGroupMembers", properties, name, args, options));
  }

  /**
   * Reads the members of a group that something else manages; they are never changed.
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
    state?: Pick<UserGroupMembersArgs, "accountId">,
    options?: pulumi.CustomResourceOptions,
  ): UserGroupMembers {
    return new UserGroupMembers(name, { ...state } as UserGroupMembersArgs, { ...options, id });
  }
}
