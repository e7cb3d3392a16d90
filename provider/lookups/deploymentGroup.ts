import type * as pulumi from "@pulumi/pulumi";
import type { DeploymentGroupVersionConfig } from "../deploymentGroup";
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

/** The arguments of {@link getDeploymentGroup}: `name` or `deploymentGroupId`. */
export interface GetDeploymentGroupArgs extends LookupArgs {
  /**
   * The group's name, to the letter.
   *
   * Default: none; then `deploymentGroupId` is given. One that no group has, or several have, is an error at preview.
   */
  name?: string | undefined;
  /**
   * The group's id, a UUID.
   *
   * Default: none; then `name` is given. One that no group has is an error at preview.
   */
  deploymentGroupId?: string | undefined;
}

/** A deployment group, with what a `DeploymentGroup` has as outputs. */
export interface GetDeploymentGroupResult {
  /** The account that the group belongs to. */
  readonly accountId: string;
  /** The id that Cloudflare gave the group. */
  readonly id: string;
  /** The group's name. */
  readonly name: string;
  /** Which version each kind of device runs, in Cloudflare's order. */
  readonly versionConfigs: readonly DeploymentGroupVersionConfig[];
  /** The ids of the group's device policies, in Cloudflare's order; empty when there are none. */
  readonly policyIds: readonly string[];
  /** When the group was created, RFC 3339 with nanoseconds. */
  readonly createdAt: string;
  /** When the group was last changed, RFC 3339 with nanoseconds. */
  readonly updatedAt: string;
}

function searchForOne(args: object): Search<GetDeploymentGroupResult> {
  const wanted = wantedOf("deployment group", ["name", "deploymentGroupId"], args);
  return {
    what: wanted.what,
    find: async (account) =>
      wanted.by === "deploymentGroupId"
        ? account.deploymentGroup(wanted.value)
        : account.only(await account.deploymentGroups(), wanted, { keyOf: ({ name }) => name }),
  };
}

const searchForAll = everything("deployment groups", (account) => account.deploymentGroups());

/**
 * Looks a deployment group up by its name, in the list of all, or by its id: `GET /accounts/{account_id}/devices/deployment-groups`.
 *
 * Needs the permission "Zero Trust Read". Fails naming the closest names when there is none, and the ids when several have the name.
 *
 * @param args Which one.
 * @param options With which settings, where they are not the default ones.
 */
export function getDeploymentGroup(
  args: GetDeploymentGroupArgs,
  options?: LookupOptions,
): Promise<GetDeploymentGroupResult> {
  return lookUp(searchForOne, args, options);
}

/**
 * Looks a deployment group up as {@link getDeploymentGroup} does, by arguments that may be outputs.
 *
 * @param args Which one.
 * @param options With which settings, where they are not the default ones.
 */
export function getDeploymentGroupOutput(
  args: LookupInputs<GetDeploymentGroupArgs>,
  options?: LookupOptions,
): pulumi.Output<GetDeploymentGroupResult> {
  return lookUpOutput(searchForOne, args, options);
}

/**
 * Lists every deployment group of the account: `GET /accounts/{account_id}/devices/deployment-groups`, all pages.
 *
 * Needs the permission "Zero Trust Read".
 *
 * @param args In which account, where it is not the setting `cloudflare:accountId`.
 * @param options With which settings, where they are not the default ones.
 */
export function getDeploymentGroups(
  args: LookupArgs = {},
  options?: LookupOptions,
): Promise<LookupResults<GetDeploymentGroupResult>> {
  return lookUp(searchForAll, args, options);
}

/**
 * Lists every deployment group as {@link getDeploymentGroups} does, of an account that may be an output.
 *
 * @param args In which account, where it is not the setting `cloudflare:accountId`.
 * @param options With which settings, where they are not the default ones.
 */
export function getDeploymentGroupsOutput(
  args: LookupInputs<LookupArgs> = {},
  options?: LookupOptions,
): pulumi.Output<LookupResults<GetDeploymentGroupResult>> {
  return lookUpOutput(searchForAll, args, options);
}
