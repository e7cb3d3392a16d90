import type * as pulumi from "@pulumi/pulumi";
import type { UserGroupMembersMember } from "../userGroupMembers";
import {
  type LookupArgs,
  type LookupInputs,
  type LookupOptions,
  lookUp,
  lookUpOutput,
  type Search,
  wantedOf,
} from "./lookup";

/** The arguments of {@link getUserGroupMembers}. */
export interface GetUserGroupMembersArgs extends LookupArgs {
  /**
   * The group whose members are listed, an id of 32 characters.
   *
   * Required. One that no group has is an error at preview.
   */
  userGroupId: string;
}

/** The members of a user group, with what a `UserGroupMembers` has as outputs. */
export interface GetUserGroupMembersResult {
  /** The account that the group belongs to. */
  readonly accountId: string;
  /** The group's id, once more. */
  readonly id: string;
  /** The group whose members these are. */
  readonly userGroupId: string;
  /** Everybody who is in the group, in Cloudflare's order. */
  readonly members: readonly UserGroupMembersMember[];
}

function searchForOne(args: object): Search<GetUserGroupMembersResult> {
  const { what, value } = wantedOf("members of the user group", ["userGroupId"], args);
  return { what, find: (account) => account.userGroupMembers(value) };
}

/**
 * Lists everybody who is in a user group: `GET /accounts/{account_id}/iam/user_groups/{id}/members`, all pages.
 *
 * Needs the permission "SCIM Provisioning" or "Account Settings Read".
 *
 * @param args Of which group.
 * @param options With which settings, where they are not the default ones.
 */
export function getUserGroupMembers(
  args: GetUserGroupMembersArgs,
  options?: LookupOptions,
): Promise<GetUserGroupMembersResult> {
  return lookUp(searchForOne, args, options);
}

/**
 * Lists everybody who is in a user group as {@link getUserGroupMembers} does, by arguments that may be outputs.
 *
 * @param args Of which group.
 * @param options With which settings, where they are not the default ones.
 */
export function getUserGroupMembersOutput(
  args: LookupInputs<GetUserGroupMembersArgs>,
  options?: LookupOptions,
): pulumi.Output<GetUserGroupMembersResult> {
  return lookUpOutput(searchForOne, args, options);
}
