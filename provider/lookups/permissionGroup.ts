import type * as pulumi from "@pulumi/pulumi";
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

/** The arguments of {@link getPermissionGroup}: `name` or `label`. */
export interface GetPermissionGroupArgs extends LookupArgs {
  /**
   * The name as Cloudflare writes it, such as `"DNS Read"`.
   *
   * Default: none; then `label` is given. One that no permission group has, or several have, is an error at preview.
   */
  name?: string | undefined;
  /**
   * The label, such as `"dns_read"`, which tells permission groups of one name apart.
   *
   * Default: none; then `name` is given. One that no permission group has, or several have, is an error at preview.
   */
  label?: string | undefined;
}

/** A permission group: what a policy of a `UserGroup` may allow or deny. */
export interface GetPermissionGroupResult {
  /** The account that was looked in. */
  readonly accountId: string;
  /** The id that a policy refers to. */
  readonly id: string;
  /** The name, such as `"DNS Read"`. */
  readonly name: string;
  /** The label, such as `"dns_read"`, where Cloudflare tells it. */
  readonly label?: string;
  /** What the permissions can be for, such as `"com.cloudflare.api.account.zone"`, where Cloudflare tells it. */
  readonly scopes?: string;
}

function searchForOne(args: object): Search<GetPermissionGroupResult> {
  const wanted = wantedOf("permission group", ["name", "label"], args);
  return {
    what: wanted.what,
    find: async (account) =>
      account.only(await account.permissionGroups(), wanted, {
        keyOf: (group) => group[wanted.by],
        detailsOf: ({ label, scopes }) => [label, scopes],
      }),
  };
}

const searchForAll = everything("permission groups", (account) => account.permissionGroups());

/**
 * Looks a permission group up by its name or label, in `GET /accounts/{account_id}/iam/permission_groups`.
 *
 * Needs the permission "Account Settings Read". Fails naming the closest names when there is none.
 *
 * @param args Which one.
 * @param options With which settings, where they are not the default ones.
 */
export function getPermissionGroup(
  args: GetPermissionGroupArgs,
  options?: LookupOptions,
): Promise<GetPermissionGroupResult> {
  return lookUp(searchForOne, args, options);
}

/**
 * Looks a permission group up as {@link getPermissionGroup} does, by arguments that may be outputs.
 *
 * @param args Which one.
 * @param options With which settings, where they are not the default ones.
 *
 * @example
 * ```ts
 * import { getPermissionGroupOutput, getResourceGroupOutput, UserGroup } from "pulumi-cloudflare-groups";
 *
 * new UserGroup("dns-readers", {
 *   name: "DNS readers",
 *   policies: [
 *     {
 *       access: "allow",
 *       permissionGroups: [{ id: getPermissionGroupOutput({ name: "DNS Read" }).id }],
 *       resourceGroups: [{ id: getResourceGroupOutput({ name: "example.com" }).id }],
 *     },
 *   ],
 * });
 * ```
 */
export function getPermissionGroupOutput(
  args: LookupInputs<GetPermissionGroupArgs>,
  options?: LookupOptions,
): pulumi.Output<GetPermissionGroupResult> {
  return lookUpOutput(searchForOne, args, options);
}

/**
 * Lists every permission group of the account: `GET /accounts/{account_id}/iam/permission_groups`, all pages.
 *
 * Needs the permission "Account Settings Read".
 *
 * @param args In which account, where it is not the setting `cloudflare:accountId`.
 * @param options With which settings, where they are not the default ones.
 */
export function getPermissionGroups(
  args: LookupArgs = {},
  options?: LookupOptions,
): Promise<LookupResults<GetPermissionGroupResult>> {
  return lookUp(searchForAll, args, options);
}

/**
 * Lists every permission group as {@link getPermissionGroups} does, of an account that may be an output.
 *
 * @param args In which account, where it is not the setting `cloudflare:accountId`.
 * @param options With which settings, where they are not the default ones.
 */
export function getPermissionGroupsOutput(
  args: LookupInputs<LookupArgs> = {},
  options?: LookupOptions,
): pulumi.Output<LookupResults<GetPermissionGroupResult>> {
  return lookUpOutput(searchForAll, args, options);
}
