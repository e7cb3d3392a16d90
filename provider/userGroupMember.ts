import * as pulumi from "@pulumi/pulumi";
import { registration } from "./dynamicResource";

/** The arguments of a {@link UserGroupMember}: exactly one of `memberId` and `email` names the person. */
export interface UserGroupMemberArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. It is an error at preview when there is neither. A change replaces the
   * resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The group that the person is in, an id of 32 characters.
   *
   * Required. An id of another length, and a group whose members a {@link UserGroupMembers} of the same program owns, are
   * errors at preview. A change replaces the resource.
   */
  userGroupId: pulumi.Input<string>;
  /**
   * The person's id as a member of the account, 32 characters long.
   *
   * Default: none; then `email` is given. Both or neither is an error at preview. A change of person replaces the resource.
   * Cloudflare lists the ids by `GET /accounts/{account_id}/members`.
   */
  memberId?: pulumi.Input<string> | undefined;
  /**
   * The person's e-mail address, in upper or lower case, in place of `memberId`.
   *
   * Default: none; then `memberId` is given. An address of nobody in the account is an error of `pulumi up`. A change of
   * person replaces the resource; another way to name the same person is no change. Needs the permission "Account Settings
   * Read" besides.
   */
  email?: pulumi.Input<string> | undefined;
}

const properties = ["accountId", "userGroupId", "memberId", "email", "status"] as const;

/**
 * One person in one user group: `POST` and `DELETE` on `/accounts/{account_id}/iam/user_groups/{id}/members`.
 *
 * Everybody else in the group is left alone, so that several programs, or people and programs, can share a group. Where one
 * program is to say everybody who is in the group, use {@link UserGroupMembers}; the two exclude each other. Its id is
 * `<userGroupId>/<memberId>`. Needs the permission "SCIM Provisioning" or "Account Settings Write". Every change of the
 * group, the account or the person replaces it.
 *
 * @example
 * ```ts
 * import { UserGroup, UserGroupMember } from "pulumi-cloudflare-groups";
 *
 * const onCall = new UserGroup("on-call", { name: "On call" });
 *
 * const ada = new UserGroupMember("ada-on-call", { userGroupId: onCall.id, email: "ada@example.com" });
 *
 * export const adaId = ada.memberId;
 * ```
 */
export class UserGroupMember extends pulumi.CustomResource {
  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group that the person is in. */
  declare readonly userGroupId: pulumi.Output<string>;
  /** The person's id as a member of the account. */
  declare readonly memberId: pulumi.Output<string>;
  /** The person's e-mail address, where Cloudflare or the program tells it. */
  declare readonly email: pulumi.Output<string | undefined>;
  /** `"accepted"` or `"pending"`, the person's status in the account, where Cloudflare tells it. */
  declare readonly status: pulumi.Output<string | undefined>;

  /**
   * Adds the person to the group; somebody who is in it already stays.
   *
   * @param name The resource's name in the Pulumi program.
   * @param args The group and the person.
   * @param options Pulumi's options of a resource. `import` takes over a membership that exists, by its id
   * `<userGroupId>/<memberId>`, without a write, and fails when it is not the one that `args` say.
   */
  constructor(name: string, args: UserGroupMemberArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("UserGroupMember", "userGroupMember", properties, name, args, options));
  }

  /**
   * Reads a membership that something else manages; it is never changed.
   *
   * Fails when the person is not in the group.
   *
   * @param name The resource's name in the Pulumi program.
   * @param id `<userGroupId>/<memberId>`.
   * @param state The account, where it is not the setting `cloudflare:accountId`.
   * @param options Pulumi's options of a resource.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Pick<UserGroupMemberArgs, "accountId">,
    options?: pulumi.CustomResourceOptions,
  ): UserGroupMember {
    return new UserGroupMember(name, { ...state } as UserGroupMemberArgs, { ...options, id });
  }
}
