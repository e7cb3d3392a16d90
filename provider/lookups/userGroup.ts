import type * as pulumi from "@pulumi/pulumi";
import {
  type Lookup,
  type LookupArgs,
  type LookupInputs,
  type LookupOptions,
  queryAll,
  runLookup,
  runLookupOutput,
} from "./lookup";
import { parseQuery } from "./query";
import type { GetUserGroupResult, LookupResults } from "./results";

/** The arguments of {@link getUserGroup} with a name. */
export interface GetUserGroupByNameArgs extends LookupArgs {
  /**
   * The group's exact name.
   *
   * Required; or set `userGroupId` instead. If no group has this name, the preview fails.
   */
  name: string;
  /** Not set: `name` names the group. */
  userGroupId?: undefined;
}

/** The arguments of {@link getUserGroup} with an id. */
export interface GetUserGroupByIdArgs extends LookupArgs {
  /**
   * The group's id, 32 characters.
   *
   * Required; or set `name` instead. If no group has this id, the preview fails.
   */
  userGroupId: string;
  /** Not set: `userGroupId` names the group. */
  name?: undefined;
}

/** The arguments of {@link getUserGroup}, with `name` or `userGroupId`. */
export type GetUserGroupArgs = GetUserGroupByNameArgs | GetUserGroupByIdArgs;

function parseOne(args: object): Lookup<GetUserGroupResult> {
  const query = parseQuery("user group", ["name", "userGroupId"], args);
  return {
    name: "getUserGroup",
    what: query.what,
    find: async (reader) => (query.key === "userGroupId" ? reader.userGroup(query.value) : reader.findUserGroup(query)),
  };
}

const parseAll = queryAll("getUserGroups", "user groups", (reader) => reader.userGroups());

/**
 * Finds a user group by its name, in the list of all, or by its id: `GET /accounts/{account_id}/iam/user_groups`.
 *
 * Needs the permission "SCIM Provisioning" or "Account Settings Read". Fails with similar names when nothing matches.
 *
 * @param args The object to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getUserGroup(args: GetUserGroupArgs, options?: LookupOptions): Promise<GetUserGroupResult> {
  return runLookup(parseOne, args, options);
}

/**
 * Finds a user group as {@link getUserGroup} does. The arguments may be outputs.
 *
 * @param args The object to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getUserGroupOutput(
  args: LookupInputs<GetUserGroupArgs>,
  options?: LookupOptions,
): pulumi.Output<GetUserGroupResult> {
  return runLookupOutput(parseOne, args, options);
}

/**
 * Lists every user group of the account: `GET /accounts/{account_id}/iam/user_groups`, all pages.
 *
 * Needs the permission "SCIM Provisioning" or "Account Settings Read".
 *
 * @param args The account, when it is not the setting `cloudflare:accountId`.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getUserGroups(
  args: LookupArgs = {},
  options?: LookupOptions,
): Promise<LookupResults<GetUserGroupResult>> {
  return runLookup(parseAll, args, options);
}

/**
 * Lists every user group as {@link getUserGroups} does. The account may be an output.
 *
 * @param args The account, when it is not the setting `cloudflare:accountId`.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getUserGroupsOutput(
  args: LookupInputs<LookupArgs> = {},
  options?: LookupOptions,
): pulumi.Output<LookupResults<GetUserGroupResult>> {
  return runLookupOutput(parseAll, args, options);
}
