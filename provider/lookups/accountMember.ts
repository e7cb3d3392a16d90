import type * as pulumi from "@pulumi/pulumi";
import {
  type LookupArgs,
  type LookupInputs,
  type LookupOptions,
  lookUp,
  lookUpOutput,
  type Search,
  wantedOf,
} from "./lookup";

/** The arguments of {@link getAccountMember}. */
export interface GetAccountMemberArgs extends LookupArgs {
  /**
   * The e-mail address, in upper or lower case.
   *
   * Required. One that no member of the account has is an error at preview.
   */
  email: string;
}

/** Somebody in the account, who may be in user groups. */
export interface GetAccountMemberResult {
  /** The account that was looked in. */
  readonly accountId: string;
  /** The id that the members of a `UserGroupMembers` are named by. */
  readonly id: string;
  /** The e-mail address as Cloudflare has it. */
  readonly email: string;
  /** The status in the account, `"accepted"` or `"pending"`, where Cloudflare tells it. */
  readonly status?: string;
}

function searchForOne(args: object): Search<GetAccountMemberResult> {
  const wanted = wantedOf("account member", ["email"], args);
  return { what: wanted.what, find: (account) => account.member(wanted) };
}

/**
 * Looks a member of the account up by the e-mail address, in `GET /accounts/{account_id}/members`.
 *
 * Needs the permission "Account Settings Read". Fails naming the closest addresses when there is none.
 *
 * @param args Who.
 * @param options With which settings, where they are not the default ones.
 */
export function getAccountMember(args: GetAccountMemberArgs, options?: LookupOptions): Promise<GetAccountMemberResult> {
  return lookUp(searchForOne, args, options);
}

/**
 * Looks a member of the account up as {@link getAccountMember} does, by arguments that may be outputs.
 *
 * @param args Who.
 * @param options With which settings, where they are not the default ones.
 */
export function getAccountMemberOutput(
  args: LookupInputs<GetAccountMemberArgs>,
  options?: LookupOptions,
): pulumi.Output<GetAccountMemberResult> {
  return lookUpOutput(searchForOne, args, options);
}
