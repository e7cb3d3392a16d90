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
import type { GetDeploymentGroupResult, LookupResults } from "./results";

/** The arguments of {@link getDeploymentGroup} with a name. */
export interface GetDeploymentGroupByNameArgs extends LookupArgs {
  /**
   * The group's exact name.
   *
   * Required; or set `deploymentGroupId` instead. If no group or several groups match, the preview fails.
   */
  name: string;
  /** Not set: `name` names the group. */
  deploymentGroupId?: undefined;
}

/** The arguments of {@link getDeploymentGroup} with an id. */
export interface GetDeploymentGroupByIdArgs extends LookupArgs {
  /**
   * The group's id, a UUID.
   *
   * Required; or set `name` instead. If no group has this id, the preview fails.
   */
  deploymentGroupId: string;
  /** Not set: `deploymentGroupId` names the group. */
  name?: undefined;
}

/** The arguments of {@link getDeploymentGroup}, with `name` or `deploymentGroupId`. */
export type GetDeploymentGroupArgs = GetDeploymentGroupByNameArgs | GetDeploymentGroupByIdArgs;

function parseOne(args: object): Lookup<GetDeploymentGroupResult> {
  const query = parseQuery("deployment group", ["name", "deploymentGroupId"], args);
  return {
    name: "getDeploymentGroup",
    what: query.what,
    find: async (reader) =>
      query.key === "deploymentGroupId"
        ? reader.deploymentGroup(query.value)
        : reader.findOne(await reader.deploymentGroups(), query, { keyOf: ({ name }) => name }),
  };
}

const parseAll = queryAll("getDeploymentGroups", "deployment groups", (reader) => reader.deploymentGroups());

/**
 * Finds a deployment group by its name, in the list of all, or by its id: `GET /accounts/{account_id}/devices/deployment-groups`.
 *
 * Needs the permission "Zero Trust Read". Fails with similar names when no group matches, and with the ids when
 * several groups match.
 *
 * @param args The object to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getDeploymentGroup(
  args: GetDeploymentGroupArgs,
  options?: LookupOptions,
): Promise<GetDeploymentGroupResult> {
  return runLookup(parseOne, args, options);
}

/**
 * Finds a deployment group as {@link getDeploymentGroup} does. The arguments may be outputs.
 *
 * @param args The object to find.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getDeploymentGroupOutput(
  args: LookupInputs<GetDeploymentGroupArgs>,
  options?: LookupOptions,
): pulumi.Output<GetDeploymentGroupResult> {
  return runLookupOutput(parseOne, args, options);
}

/**
 * Lists every deployment group of the account: `GET /accounts/{account_id}/devices/deployment-groups`, all pages.
 *
 * Needs the permission "Zero Trust Read".
 *
 * @param args The account, when it is not the setting `cloudflare:accountId`.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getDeploymentGroups(
  args: LookupArgs = {},
  options?: LookupOptions,
): Promise<LookupResults<GetDeploymentGroupResult>> {
  return runLookup(parseAll, args, options);
}

/**
 * Lists every deployment group as {@link getDeploymentGroups} does. The account may be an output.
 *
 * @param args The account, when it is not the setting `cloudflare:accountId`.
 * @param options The provider whose settings are used, when it is not the default one.
 */
export function getDeploymentGroupsOutput(
  args: LookupInputs<LookupArgs> = {},
  options?: LookupOptions,
): pulumi.Output<LookupResults<GetDeploymentGroupResult>> {
  return runLookupOutput(parseAll, args, options);
}
