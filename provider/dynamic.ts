import type { dynamic } from "@pulumi/pulumi";
import { Connection } from "./connection";
import { DeploymentGroupLifecycle } from "./lifecycle/deploymentGroup";
import { Memberships } from "./lifecycle/memberships";
import { UserGroupLifecycle } from "./lifecycle/userGroup";
import { UserGroupMemberLifecycle } from "./lifecycle/userGroupMember";
import { UserGroupMembersLifecycle } from "./lifecycle/userGroupMembers";

// What the engine's plugin process runs. The path of this entry and these names stand in the state of every stack that
// uses the package (see dynamicResource.ts): they are added to, never renamed or removed.

const connection = new Connection();
const memberships = new Memberships(connection);

export const deploymentGroup: dynamic.ResourceProvider = new DeploymentGroupLifecycle(connection);
export const userGroup: dynamic.ResourceProvider = new UserGroupLifecycle(connection);
export const userGroupMember: dynamic.ResourceProvider = new UserGroupMemberLifecycle(connection, memberships);
export const userGroupMembers: dynamic.ResourceProvider = new UserGroupMembersLifecycle(connection, memberships);
