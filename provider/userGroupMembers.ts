import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource } from "./dynamicResource";

/** One member of a user group, named by the id of the account member. */
export interface UserGroupMembersMemberArgs {
  /** The account member's id, 32 characters long; listed by `GET /accounts/{account_id}/members`. Required. */
  id: pulumi.Input<string>;
}

/** The arguments of {@link UserGroupMembers}. */
export interface UserGroupMembersArgs {
  /** The account that the group belongs to, an id of 32 characters. Default: the setting `cloudflare:accountId`. A change replaces the resource. */
  accountId?: pulumi.Input<string> | undefined;
  /** The group whose members these are, an id of 32 characters. Required. A change replaces the resource. */
  userGroupId: pulumi.Input<string>;
  /** Everybody who is in the group, as a set: the order means nothing, and who is not listed is removed. Required; an empty list empties the group. A change is made in place. */
  members: pulumi.Input<pulumi.Input<UserGroupMembersMemberArgs>[]>;
}

/** One member of a user group as {@link UserGroupMembers} returns it. */
export interface UserGroupMembersMember {
  /** The account member's id. */
  readonly id: string;
  /** The member's e-mail address, where Cloudflare tells it. */
  readonly email?: string;
  /** `"accepted"` or `"pending"`, the member's status in the account, where Cloudflare tells it. */
  readonly status?: string;
}

const properties = ["accountId", "userGroupId", "members"] as const;

/**
 * The whole set of a user group's members: `PUT` and `GET` on `/accounts/{account_id}/iam/user_groups/{id}/members`.
 *
 * It owns the set: whoever is in the group and not listed is removed. Have one such resource for a group, in one program.
 * Its id is the group's. Deleting it empties the group and leaves the group itself alone. Needs the permission "SCIM
 * Provisioning" or "Account Settings Write". A change of `userGroupId` or `accountId` replaces it.
 *
 * @example
 * ```ts
 * import { UserGroup, UserGroupMembers } from "pulumi-cloudflare-groups";
 *
 * const readers = new UserGroup("dns-readers", { name: "DNS readers" });
 *
 * const members = new UserGroupMembers("dns-readers", {
 *   userGroupId: readers.id,
 *   members: [{ id: "4f5f0c14a2a41d5063dd301b2f829f04" }],
 * });
 *
 * export const emails = members.members.apply((all) => all.map(({ email }) => email));
 * ```
 */
export class UserGroupMembers extends DynamicResource {
  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group whose members these are. */
  declare readonly userGroupId: pulumi.Output<string>;
  /** Everybody who is in the group, in the program's order. */
  declare readonly members: pulumi.Output<readonly UserGroupMembersMember[]>;

  /**
   * Makes these the members of the group.
   *
   * @param name The resource's name in the Pulumi program.
   */
  constructor(name: string, args: UserGroupMembersArgs, options?: pulumi.CustomResourceOptions) {
    super("UserGroupMembers", "userGroupMembers", properties, name, args, options);
  }

  /**
   * Reads the members of a group that something else manages; they are never changed.
   *
   * Fails when there is no such group.
   *
   * @param id The group's id, 32 characters.
   * @param state The account, where it is not the setting `cloudflare:accountId`.
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
