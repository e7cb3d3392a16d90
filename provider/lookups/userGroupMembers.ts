import type * as pulumi from "@pulumi/pulumi";
import {
  type Lookup,
  type LookupArgs,
  type LookupInputs,
  type LookupOptions,
  runLookup,
  runLookupOutput,
} from "./lookup";
import { parseQuery } from "./query";
import type { GetUserGroupMembersResult } from "./results";

/** The arguments of {@link getUserGroupMembers}. */
export interface GetUserGroupMembersArgs extends LookupArgs {
  /**
   * The group whose members are listed, an id of 32 characters.
   *
   * Required. If no group has this id, the preview fails.
   */
  userGroupId: string;
}

function parseOne(args: object): Lookup<GetUserGroupMembersResult> {
  const { what, value } = parseQuery("members of the user group", ["userGroupId"], args);
  return { name: "getUserGroupMembers", what, find: (reader) => reader.userGroupMembers(value) };
}

/**
 * Lists all members of a user group: `GET /accounts/{account_id}/iam/user_groups/{id}/members`, all pages.
 *
 * Needs the permission "SCIM Provisioning" or "Account Settings Read".
 *
 * @param args The group.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getUserGroupMembers(
  args: GetUserGroupMembersArgs,
  options?: LookupOptions,
): Promise<GetUserGroupMembersResult> {
  return runLookup(parseOne, args, options);
}

/**
 * Lists all members of a user group as {@link getUserGroupMembers} does. The arguments may be outputs.
 *
 * @param args The group.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getUserGroupMembersOutput(
  args: LookupInputs<GetUserGroupMembersArgs>,
  options?: LookupOptions,
): pulumi.Output<GetUserGroupMembersResult> {
  return runLookupOutput(parseOne, args, options);
}
