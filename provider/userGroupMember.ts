import * as pulumi from "@pulumi/pulumi";
import { isOfType, registration, typeToken, type UnsetOutputs } from "./resourceRegistration";
import type { OutputProperties } from "./resourceTypes";

/** The group of a {@link UserGroupMember}. */
export interface UserGroupMemberGroupArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. Without either, the preview fails. A change replaces the resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The group that the person is in, an id of 32 characters.
   *
   * Required. An id of another length fails the preview, and so does a group with a {@link UserGroupMembers} in the same
   * program. A change replaces the resource.
   */
  userGroupId: pulumi.Input<string>;
}

/** The arguments of a {@link UserGroupMember} that names the person by id. */
export interface UserGroupMemberByIdArgs extends UserGroupMemberGroupArgs {
  /**
   * The person's id as a member of the account, 32 characters long.
   *
   * Required. Both an id and an email fail the preview. A change of person replaces the resource. Cloudflare lists the ids by
   * `GET /accounts/{account_id}/members`.
   */
  memberId: pulumi.Input<string>;
  /** Not set: `memberId` names the person. */
  email?: undefined;
}

/** The arguments of a {@link UserGroupMember} that names the person by email. */
export interface UserGroupMemberByEmailArgs extends UserGroupMemberGroupArgs {
  /**
   * The person's email, in upper or lower case, in place of `memberId`.
   *
   * Required. A new email that no account member has fails the preview, or `pulumi up` if the preview has no credential. A
   * change of person replaces the resource. Switching between `email` and `memberId` for the same person is not a change. Also
   * needs the permission "Account Settings Read".
   */
  email: pulumi.Input<string>;
  /** Not set: `email` names the person. */
  memberId?: undefined;
}

/** The arguments of a {@link UserGroupMember}, with the person's `memberId` or `email`. */
export type UserGroupMemberArgs = UserGroupMemberByIdArgs | UserGroupMemberByEmailArgs;

const unsetOutputs: UnsetOutputs<"userGroupMember"> = {
  accountId: undefined,
  userGroupId: undefined,
  memberId: undefined,
  email: undefined,
  status: undefined,
  createdAt: undefined,
};

/**
 * One person in one user group: `POST`, `GET` and `DELETE` on `/accounts/{account_id}/iam/user_groups/{id}/members`.
 *
 * The resource never touches the other members, so several programs and people can share a group. Cloudflare may
 * reject a member whose roles are not domain-scoped. Use {@link UserGroupMembers} when one program defines all members; the
 * two exclude each other. Its id is `<userGroupId>/<memberId>`. Needs the permission "SCIM Provisioning" or "Account Settings Write". Every change of the
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
export class UserGroupMember extends pulumi.CustomResource implements OutputProperties<"userGroupMember"> {
  /** The resource's type in states, previews and policy packs. */
  static readonly __pulumiType: string = typeToken("userGroupMember");

  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group that the person is in. */
  declare readonly userGroupId: pulumi.Output<string>;
  /** The person's id as a member of the account. */
  declare readonly memberId: pulumi.Output<string>;
  /** The person's email, when Cloudflare or the program gives it. */
  declare readonly email: pulumi.Output<string | undefined>;
  /** The person's status in the account, `"accepted"` or `"pending"`, when Cloudflare gives it. */
  declare readonly status: pulumi.Output<string | undefined>;
  /**
   * When the person joined the group, RFC 3339: Cloudflare's `created_at`.
   *
   * Only `get` and the option `import` know it, because Cloudflare returns it for a single member and not after an addition.
   */
  declare readonly createdAt: pulumi.Output<string | undefined>;

  /**
   * Adds the person to the group. A person who is already in it stays.
   *
   * @param name The resource's name in the Pulumi program.
   * @param args The group and the person.
   * @param options Pulumi's options of a resource. `import` imports an existing membership by its id
   * `<userGroupId>/<memberId>` without a write, and fails when it does not match `args`.
   */
  constructor(name: string, args: UserGroupMemberArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("userGroupMember", unsetOutputs, name, args, options));
  }

  /**
   * Reads a membership that something else manages. It is never changed.
   *
   * Fails when the person is not in the group.
   *
   * @param name The resource's name in the Pulumi program.
   * @param id `<userGroupId>/<memberId>`.
   * @param state The account, when it is not the setting `cloudflare:accountId`.
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

  /**
   * Returns whether a value is a UserGroupMember, also one of another copy of this package.
   *
   * @param value A resource, or an object that has only the property `__pulumiType`.
   */
  static override isInstance(value: unknown): value is UserGroupMember {
    return isOfType("userGroupMember", value);
  }
}
