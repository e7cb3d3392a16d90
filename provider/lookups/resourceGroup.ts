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
import type { GetResourceGroupResult, LookupResults } from "./results";

/** The arguments of {@link getResourceGroup}. */
export interface GetResourceGroupArgs extends LookupArgs {
  /**
   * The name as Cloudflare writes it, such as the name of a zone.
   *
   * Required. If no resource group or several match, the preview fails.
   */
  name: string;
}

function parseOne(args: object): Lookup<GetResourceGroupResult> {
  const query = parseQuery("resource group", ["name"], args);
  return {
    name: "getResourceGroup",
    what: query.what,
    find: async (reader) =>
      reader.findOne(await reader.resourceGroups(), query, {
        keyOf: ({ name }) => name,
        detailsOf: ({ scope }) => (scope?.objects ?? []).map(({ key }) => key),
      }),
  };
}

const parseAll = queryAll("getResourceGroups", "resource groups", (reader) => reader.resourceGroups());

/**
 * Finds a resource group by its name, in `GET /accounts/{account_id}/iam/resource_groups`.
 *
 * Needs the permission "Account Settings Read". Fails with similar names when nothing matches.
 *
 * @param args The object to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getResourceGroup(args: GetResourceGroupArgs, options?: LookupOptions): Promise<GetResourceGroupResult> {
  return runLookup(parseOne, args, options);
}

/**
 * Finds a resource group as {@link getResourceGroup} does. The arguments may be outputs.
 *
 * @param args The object to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getResourceGroupOutput(
  args: LookupInputs<GetResourceGroupArgs>,
  options?: LookupOptions,
): pulumi.Output<GetResourceGroupResult> {
  return runLookupOutput(parseOne, args, options);
}

/**
 * Lists every resource group of the account: `GET /accounts/{account_id}/iam/resource_groups`, all pages.
 *
 * Needs the permission "Account Settings Read".
 *
 * @param args The account, when it is not the setting `cloudflare:accountId`.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getResourceGroups(
  args: LookupArgs = {},
  options?: LookupOptions,
): Promise<LookupResults<GetResourceGroupResult>> {
  return runLookup(parseAll, args, options);
}

/**
 * Lists every resource group as {@link getResourceGroups} does. The account may be an output.
 *
 * @param args The account, when it is not the setting `cloudflare:accountId`.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getResourceGroupsOutput(
  args: LookupInputs<LookupArgs> = {},
  options?: LookupOptions,
): pulumi.Output<LookupResults<GetResourceGroupResult>> {
  return runLookupOutput(parseAll, args, options);
}
