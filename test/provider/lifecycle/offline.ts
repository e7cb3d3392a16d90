import type { dynamic } from "@pulumi/pulumi";
import { DeploymentGroupLifecycle } from "../../../provider/lifecycle/deploymentGroup";
import { Memberships } from "../../../provider/lifecycle/memberships";
import { RunState } from "../../../provider/lifecycle/runState";
import { UserGroupLifecycle } from "../../../provider/lifecycle/userGroup";
import { UserGroupMemberLifecycle } from "../../../provider/lifecycle/userGroupMember";
import { UserGroupMembersLifecycle } from "../../../provider/lifecycle/userGroupMembers";
import { ProviderContext } from "../../../provider/providerContext";

/** What the engine sends for every value that it does not know yet, of whatever type. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The account of the settings. */
export const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

/** An id of 32 characters, another one for each number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(32, "0");
}

/** References to the objects of these numbers. */
export function ids(...numbers: number[]): { id: string }[] {
  return numbers.map((number) => ({ id: idOf(number) }));
}

/** The lifecycles as at preview: with an account in the settings, and no credential and no server at all. */
export function offline(environment: NodeJS.ProcessEnv = { CLOUDFLARE_ACCOUNT_ID: accountId }) {
  const context = new ProviderContext(environment);
  const run = new RunState();
  const memberships = new Memberships(context, run);
  return {
    deploymentGroup: new DeploymentGroupLifecycle(context, run),
    userGroup: new UserGroupLifecycle(context, run),
    userGroupMember: new UserGroupMemberLifecycle(context, run, memberships),
    userGroupMembers: new UserGroupMembersLifecycle(context, run, memberships),
  };
}

/** The failures of a check as lines to compare, in the order of their properties. */
export function linesOf({ failures = [] }: dynamic.CheckResult): string[] {
  return failures.map(({ property, reason }) => `${property}: ${reason}`).sort();
}
