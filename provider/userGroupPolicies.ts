import * as pulumi from "@pulumi/pulumi";
import { isOfType, registration, typeToken, type UnsetOutputs } from "./resourceRegistration";
import type { OutputProperties, UserGroupPolicy } from "./resourceTypes";
import type { UserGroupPolicyArgs } from "./userGroupPolicyArgs";

/** The arguments of {@link UserGroupPolicies}. */
export interface UserGroupPoliciesArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. Without either, the preview fails. A change replaces the resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The group whose policies these are, an id of 32 characters.
   *
   * Required. An id of another length fails the preview, and so does a group with a {@link UserGroup} in the same program.
   * An id that no group has fails `pulumi up`. A change replaces the resource.
   */
  userGroupId: pulumi.Input<string>;
  /**
   * All policies of the group, as a set: the order means nothing, and a policy that is not listed is removed.
   *
   * Required; an empty list clears them. A repeated policy fails the preview. A change is made in place, and one request
   * replaces all policies.
   */
  policies: pulumi.Input<pulumi.Input<UserGroupPolicyArgs>[]>;
}

const unsetOutputs: UnsetOutputs<"userGroupPolicies"> = {
  accountId: undefined,
  userGroupId: undefined,
  policies: undefined,
};

/**
 * All policies of an existing user group: `GET` and `PUT` on `/accounts/{account_id}/iam/user_groups/{id}`.
 *
 * Use it for a group that something else owns, such as an identity provider (SCIM). It never sends the group's name or
 * members, because Cloudflare rejects a change of those. Find the group with `getUserGroup`. Use {@link UserGroup} for a
 * group that the program creates; the two exclude each other for one group. Its id is the group's. Deleting it removes all
 * policies and keeps the group. Needs the permission "SCIM Provisioning" or "Account Settings Write". A change of
 * `userGroupId` or `accountId` replaces it.
 *
 * @example
 * ```ts
 * import { getUserGroupOutput, UserGroupPolicies } from "pulumi-cloudflare-groups";
 *
 * const engineers = new UserGroupPolicies("engineers", {
 *   userGroupId: getUserGroupOutput({ name: "Engineers" }).id,
 *   policies: [
 *     {
 *       access: "allow",
 *       permissionGroups: [{ id: "c8fed203ed3043cba015a93ad1616f1f" }],
 *       resourceGroups: [{ id: "6d7f2f5f5b1d4a0e9081fdc98d432fd1" }],
 *     },
 *   ],
 * });
 *
 * export const engineersId = engineers.userGroupId;
 * ```
 */
export class UserGroupPolicies extends pulumi.CustomResource implements OutputProperties<"userGroupPolicies"> {
  /** The resource's type in states, previews and policy packs. */
  static readonly __pulumiType: string = typeToken("userGroupPolicies");

  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group whose policies these are. */
  declare readonly userGroupId: pulumi.Output<string>;
  /** All policies of the group, in the program's order. */
  declare readonly policies: pulumi.Output<UserGroupPolicy[]>;

  /**
   * Sets the policies of the group.
   *
   * It removes all other policies and names them in the update's log.
   *
   * @param name The resource's name in the Pulumi program.
   * @param args The group and all its policies.
   * @param options Pulumi's options of a resource. `import` imports the policies of the group with that id without a write,
   * and fails with every difference when they do not match `args`.
   */
  constructor(name: string, args: UserGroupPoliciesArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("userGroupPolicies", unsetOutputs, name, args, options));
  }

  /**
   * Reads the policies of a group that something else manages. They are never changed.
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
    state?: Pick<UserGroupPoliciesArgs, "accountId">,
    options?: pulumi.CustomResourceOptions,
  ): UserGroupPolicies {
    return new UserGroupPolicies(name, { ...state } as UserGroupPoliciesArgs, { ...options, id });
  }

  /**
   * Returns whether a value is a UserGroupPolicies, also one of another copy of this package.
   *
   * @param value A resource, or an object that has only the property `__pulumiType`.
   */
  static override isInstance(value: unknown): value is UserGroupPolicies {
    return isOfType("userGroupPolicies", value);
  }
}
