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

/** The arguments of {@link getResourceGroup}. */
export interface GetResourceGroupArgs extends LookupArgs {
  /**
   * The name as Cloudflare writes it, such as that of a zone.
   *
   * Required. One that no resource group has, or several have, is an error at preview.
   */
  name: string;
}

/** One kind of thing that a resource group holds, in Cloudflare's own keys. */
export interface GetResourceGroupObject {
  /** The key, such as `"*"` for everything, or that of a zone. */
  readonly key: string;
}

/** What a resource group holds. */
export interface GetResourceGroupScope {
  /** The key of what all of it belongs to, such as that of the account. */
  readonly key: string;
  /** The objects within it. */
  readonly objects: readonly GetResourceGroupObject[];
}

/** A resource group: what the permissions of a policy of a `UserGroup` are for. */
export interface GetResourceGroupResult {
  /** The account that was looked in. */
  readonly accountId: string;
  /** The id that a policy refers to. */
  readonly id: string;
  /** The name, such as that of a zone. */
  readonly name: string;
  /** What it holds, where Cloudflare tells it. */
  readonly scope?: GetResourceGroupScope;
}

function searchForOne(args: object): Search<GetResourceGroupResult> {
  const wanted = wantedOf("resource group", ["name"], args);
  return {
    what: wanted.what,
    find: async (account) =>
      account.only(await account.resourceGroups(), wanted, {
        keyOf: ({ name }) => name,
        detailsOf: ({ scope }) => (scope?.objects ?? []).map(({ key }) => key),
      }),
  };
}

const searchForAll = everything("resource groups", (account) => account.resourceGroups());

/**
 * Looks a resource group up by its name, in `GET /accounts/{account_id}/iam/resource_groups`.
 *
 * Needs the permission "Account Settings Read". Fails naming the closest names when there is none.
 *
 * @param args Which one.
 * @param options With which settings, where they are not the default ones.
 */
export function getResourceGroup(args: GetResourceGroupArgs, options?: LookupOptions): Promise<GetResourceGroupResult> {
  return lookUp(searchForOne, args, options);
}

/**
 * Looks a resource group up as {@link getResourceGroup} does, by arguments that may be outputs.
 *
 * @param args Which one.
 * @param options With which settings, where they are not the default ones.
 */
export function getResourceGroupOutput(
  args: LookupInputs<GetResourceGroupArgs>,
  options?: LookupOptions,
): pulumi.Output<GetResourceGroupResult> {
  return lookUpOutput(searchForOne, args, options);
}

/**
 * Lists every resource group of the account: `GET /accounts/{account_id}/iam/resource_groups`, all pages.
 *
 * Needs the permission "Account Settings Read".
 *
 * @param args In which account, where it is not the setting `cloudflare:accountId`.
 * @param options With which settings, where they are not the default ones.
 */
export function getResourceGroups(
  args: LookupArgs = {},
  options?: LookupOptions,
): Promise<LookupResults<GetResourceGroupResult>> {
  return lookUp(searchForAll, args, options);
}

/**
 * Lists every resource group as {@link getResourceGroups} does, of an account that may be an output.
 *
 * @param args In which account, where it is not the setting `cloudflare:accountId`.
 * @param options With which settings, where they are not the default ones.
 */
export function getResourceGroupsOutput(
  args: LookupInputs<LookupArgs> = {},
  options?: LookupOptions,
): pulumi.Output<LookupResults<GetResourceGroupResult>> {
  return lookUpOutput(searchForAll, args, options);
}
