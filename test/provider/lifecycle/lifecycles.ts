import { DeploymentGroupLifecycle } from "../../../provider/lifecycle/deploymentGroup";
import { Memberships } from "../../../provider/lifecycle/memberships";
import { RunState } from "../../../provider/lifecycle/runState";
import { UserGroupLifecycle } from "../../../provider/lifecycle/userGroup";
import { UserGroupMemberLifecycle } from "../../../provider/lifecycle/userGroupMember";
import { UserGroupMembersLifecycle } from "../../../provider/lifecycle/userGroupMembers";
import { UserGroupPoliciesLifecycle } from "../../../provider/lifecycle/userGroupPolicies";
import type { ProviderContext } from "../../../provider/providerContext";

/** Creates the lifecycles of one run, as the plugin process does. */
export function createRun(context: ProviderContext) {
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
