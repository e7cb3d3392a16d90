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
import type { GetPermissionGroupResult, LookupResults } from "./results";

/** The arguments of {@link getPermissionGroup} with a name. */
export interface GetPermissionGroupByNameArgs extends LookupArgs {
  /**
   * The name as Cloudflare writes it, such as `"DNS Read"`.
   *
   * Required; or set `label` instead. If no permission group or several match, the preview fails.
   */
  name: string;
  /** Not set: `name` names the permission group. */
  label?: undefined;
}

/** The arguments of {@link getPermissionGroup} with a label. */
export interface GetPermissionGroupByLabelArgs extends LookupArgs {
  /**
   * The label, such as `"dns_read"`, which distinguishes permission groups of the same name.
   *
   * Required; or set `name` instead. If no permission group or several match, the preview fails.
   */
  label: string;
  /** Not set: `label` names the permission group. */
  name?: undefined;
}

/** The arguments of {@link getPermissionGroup}, with `name` or `label`. */
export type GetPermissionGroupArgs = GetPermissionGroupByNameArgs | GetPermissionGroupByLabelArgs;

function parseOne(args: object): Lookup<GetPermissionGroupResult> {
  const query = parseQuery("permission group", ["name", "label"], args);
  return {
    name: "getPermissionGroup",
    what: query.what,
    find: async (reader) =>
      reader.findOne(await reader.permissionGroups(), query, {
        keyOf: (group) => group[query.key],
        detailsOf: ({ label, scopes }) => [label, scopes],
      }),
  };
}

const parseAll = queryAll("getPermissionGroups", "permission groups", (reader) => reader.permissionGroups());

/**
 * Finds a permission group by its name or label, in `GET /accounts/{account_id}/iam/permission_groups`.
 *
 * Needs the permission "Account Settings Read". Fails with similar names when nothing matches.
 *
 * @param args The object to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getPermissionGroup(
  args: GetPermissionGroupArgs,
  options?: LookupOptions,
): Promise<GetPermissionGroupResult> {
  return runLookup(parseOne, args, options);
}

/**
 * Finds a permission group as {@link getPermissionGroup} does. The arguments may be outputs.
 *
 * @param args The object to find.
 * @param options The provider whose settings are used, when it is not the default one.
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
 *       permissionGroups: [getPermissionGroupOutput({ name: "DNS Read" })],
 *       resourceGroups: [getResourceGroupOutput({ name: "example.com" })],
 *     },
 *   ],
 * });
 * ```
 */
export function getPermissionGroupOutput(
  args: LookupInputs<GetPermissionGroupArgs>,
  options?: LookupOptions,
): pulumi.Output<GetPermissionGroupResult> {
  return runLookupOutput(parseOne, args, options);
}

/**
 * Lists every permission group of the account: `GET /accounts/{account_id}/iam/permission_groups`, all pages.
 *
 * Needs the permission "Account Settings Read".
 *
 * @param args The account, when it is not the setting `cloudflare:accountId`.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getPermissionGroups(
  args: LookupArgs = {},
  options?: LookupOptions,
): Promise<LookupResults<GetPermissionGroupResult>> {
  return runLookup(parseAll, args, options);
}

/**
 * Lists every permission group as {@link getPermissionGroups} does. The account may be an output.
 *
 * @param args The account, when it is not the setting `cloudflare:accountId`.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getPermissionGroupsOutput(
  args: LookupInputs<LookupArgs> = {},
  options?: LookupOptions,
): pulumi.Output<LookupResults<GetPermissionGroupResult>> {
  return runLookupOutput(parseAll, args, options);
}
