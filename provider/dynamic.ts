import type { dynamic } from "@pulumi/pulumi";
import { engineClock } from "./engineClock";
import { DeploymentGroupLifecycle } from "./lifecycle/deploymentGroup";
import { exposeToEngine } from "./lifecycle/engineExposure";
import { ErrorReports, omitEchoes } from "./lifecycle/errorReports";
import { Memberships } from "./lifecycle/memberships";
import { RunState } from "./lifecycle/runState";
import { UserGroupLifecycle } from "./lifecycle/userGroup";
import { UserGroupMemberLifecycle } from "./lifecycle/userGroupMember";
import { UserGroupMembersLifecycle } from "./lifecycle/userGroupMembers";
import { UserGroupPoliciesLifecycle } from "./lifecycle/userGroupPolicies";
import { ProviderContext } from "./providerContext";

// The entry that the engine's plugin process loads. The state of every stack contains the path of this entry and the names of
// its exports (see resourceRegistration.ts). Exports are added, never renamed or removed.

// The engine may cancel the run before the first request, and reports it only once.
engineClock.cancellation?.();

omitEchoes();

const context = new ProviderContext();
const reports = new ErrorReports();
const run = new RunState();
const memberships = new Memberships(context, run);
const userGroupLifecycle = new UserGroupLifecycle(context, run);

export const deploymentGroup: dynamic.ResourceProvider = exposeToEngine(
  new DeploymentGroupLifecycle(context, run),
  reports,
);
export const userGroup: dynamic.ResourceProvider = exposeToEngine(userGroupLifecycle, reports);
export const userGroupMember: dynamic.ResourceProvider = exposeToEngine(
  new UserGroupMemberLifecycle(context, run, memberships),
  reports,
);
export const userGroupMembers: dynamic.ResourceProvider = exposeToEngine(
  new UserGroupMembersLifecycle(context, run, memberships),
  reports,
);
export const userGroupPolicies: dynamic.ResourceProvider = exposeToEngine(
  new UserGroupPoliciesLifecycle(context, run, userGroupLifecycle),
  reports,
);
