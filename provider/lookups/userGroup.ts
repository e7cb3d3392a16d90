import type * as pulumi from "@pulumi/pulumi";
import type { UserGroupPolicy } from "../userGroup";
import {
  everything,
  type LookupArgs,
  type LookupInputs,
  type LookupOptions,
  type LookupResults,
  lookUp,
  lookUpOutput,
  type Search,
  wantedOf,
} from "./lookup";

/** The arguments of {@link getUserGroup}: `name` or `userGroupId`. */
export interface GetUserGroupArgs extends LookupArgs {
  /**
   * The group's name, to the letter.
   *
   * Default: none; then `userGroupId` is given. One that no group has is an error at preview.
   */
  name?: string | undefined;
  /**
   * The group's id, 32 characters.
   *
   * Default: none; then `name` is given. One that no group has is an error at preview.
   */
  userGroupId?: string | undefined;
}

/** A user group, with what a `UserGroup` has as outputs. */
export interface GetUserGroupResult {
  /** The account that the group belongs to. */
  readonly accountId: string;
  /** The id that Cloudflare gave the group. */
  readonly id: string;
  /** The group's name. */
  readonly name: string;
  /** What members may do, in Cloudflare's order; empty when there is nothing. */
  readonly policies: readonly UserGroupPolicy[];
  /** When the group was created, RFC 3339. */
  readonly createdOn: string;
  /** When the group was last changed, RFC 3339. */
  readonly modifiedOn: string;
}

function searchForOne(args: object): Search<GetUserGroupResult> {
  const wanted = wantedOf("user group", ["name", "userGroupId"], args);
  return {
    what: wanted.what,
    find: async (account) =>
      wanted.by === "userGroupId"
        ? account.userGroup(wanted.value)
        : account.only(await account.userGroups(), wanted, { keyOf: ({ name }) => name }),
  };
}

const searchForAll = everything("user groups", (account) => account.userGroups());

/**
 * Looks a user group up by its name, in the list of all, or by its id: `GET /accounts/{account_id}/iam/user_groups`.
 *
 * Needs the permission "SCIM Provisioning" or "Account Settings Read". Fails naming the closest names when there is none.
 *
 * @param args Which one.
 * @param options With which settings, where they are not the default ones.
 */
export function getUserGroup(args: GetUserGroupArgs, options?: LookupOptions): Promise<GetUserGroupResult> {
  return lookUp(searchForOne, args, options);
}

/**
 * Looks a user group up as {@link getUserGroup} does, by arguments that may be outputs.
 *
 * @param args Which one.
 * @param options With which settings, where they are not the default ones.
 */
export function getUserGroupOutput(
  args: LookupInputs<GetUserGroupArgs>,
  options?: LookupOptions,
): pulumi.Output<GetUserGroupResult> {
  return lookUpOutput(searchForOne, args, options);
}

/**
 * Lists every user group of the account: `GET /accounts/{account_id}/iam/user_groups`, all pages.
 *
 * Needs the permission "SCIM Provisioning" or "Account Settings Read".
 *
 * @param args In which account, where it is not the setting `cloudflare:accountId`.
 * @param options With which settings, where they are not the default ones.
 */
export function getUserGroups(
  args: LookupArgs = {},
  options?: LookupOptions,
): Promise<LookupResults<GetUserGroupResult>> {
  return lookUp(searchForAll, args, options);
}

/**
 * Lists every user group as {@link getUserGroups} does, of an account that may be an output.
 *
 * @param args In which account, where it is not the setting `cloudflare:accountId`.
 * @param options With which settings, where they are not the default ones.
 */
export function getUserGroupsOutput(
  args: LookupInputs<LookupArgs> = {},
  options?: LookupOptions,
): pulumi.Output<LookupResults<GetUserGroupResult>> {
  return lookUpOutput(searchForAll, args, options);
}
