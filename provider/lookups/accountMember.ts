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
import type { GetAccountMemberResult } from "./results";

/** The arguments of {@link getAccountMember}. */
export interface GetAccountMemberArgs extends LookupArgs {
  /**
   * The email, in upper or lower case.
   *
   * Required. If no member of the account has this email, the preview fails.
   */
  email: string;
}

function parseOne(args: object): Lookup<GetAccountMemberResult> {
  const query = parseQuery("account member", ["email"], args);
  return { name: "getAccountMember", what: query.what, find: (reader) => reader.findMember(query) };
}

/**
 * Finds a member of the account by email, in `GET /accounts/{account_id}/members`.
 *
 * Needs the permission "Account Settings Read". Fails with similar emails when no member matches.
 *
 * @param args The member to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getAccountMember(args: GetAccountMemberArgs, options?: LookupOptions): Promise<GetAccountMemberResult> {
  return runLookup(parseOne, args, options);
}

/**
 * Finds a member of the account as {@link getAccountMember} does. The arguments may be outputs.
 *
 * @param args The member to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getAccountMemberOutput(
  args: LookupInputs<GetAccountMemberArgs>,
  options?: LookupOptions,
): pulumi.Output<GetAccountMemberResult> {
  return runLookupOutput(parseOne, args, options);
}
