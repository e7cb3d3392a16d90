import type { dynamic } from "@pulumi/pulumi";
import { DeploymentGroupLifecycle } from "../../../provider/lifecycle/deploymentGroup";
import { Memberships } from "../../../provider/lifecycle/memberships";
import { RunState } from "../../../provider/lifecycle/runState";
import { UserGroupLifecycle } from "../../../provider/lifecycle/userGroup";
import { UserGroupMemberLifecycle } from "../../../provider/lifecycle/userGroupMember";
import { UserGroupMembersLifecycle } from "../../../provider/lifecycle/userGroupMembers";
import { UserGroupPoliciesLifecycle } from "../../../provider/lifecycle/userGroupPolicies";
import { ProviderContext } from "../../../provider/providerContext";

/** The string that the engine sends for an unknown value of any type. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The account in the settings. */
export const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

/** Returns an id of 32 characters for a number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(32, "0");
}

/** Returns references to the objects with these numbers. */
export function ids(...numbers: number[]): { id: string }[] {
  return numbers.map((number) => ({ id: idOf(number) }));
}

/** Creates the lifecycles with an account in the settings, but without a credential or a server. */
export function createOfflineLifecycles(environment: NodeJS.ProcessEnv = { CLOUDFLARE_ACCOUNT_ID: accountId }) {
  const context = new ProviderContext(environment);
  const run = new RunState();
  const memberships = new Memberships(context, run);
  const userGroup = new UserGroupLifecycle(context, run);
  return {
    deploymentGroup: new DeploymentGroupLifecycle(context, run),
    userGroup,
    userGroupMember: new UserGroupMemberLifecycle(context, run, memberships),
    userGroupMembers: new UserGroupMembersLifecycle(context, run, memberships),
    userGroupPolicies: new UserGroupPoliciesLifecycle(context, run, userGroup),
  };
}

/** Returns the failures of a check as sorted lines. */
export function formatFailures({ failures = [] }: dynamic.CheckResult): string[] {
  return failures.map(({ property, reason }) => `${property}: ${reason}`).sort();
}
