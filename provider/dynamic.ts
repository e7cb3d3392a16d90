import { Connection } from "./connection";
import { DeploymentGroupLifecycle } from "./lifecycle/deploymentGroup";
import { UserGroupLifecycle } from "./lifecycle/userGroup";
import { UserGroupMembersLifecycle } from "./lifecycle/userGroupMembers";

// What the engine's plugin process runs. The path of this entry and these names stand in the state of every stack that
// uses the package (see dynamicResource.ts): they are added to, never renamed or removed.

const connection = new Connection();

export const deploymentGroup = new DeploymentGroupLifecycle(connection);
export const userGroup = new UserGroupLifecycle(connection);
export const userGroupMembers = new UserGroupMembersLifecycle(connection);
