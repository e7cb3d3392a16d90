import type { Program } from "../e2e/pulumiProject";

/** A policy of a user group. */
export interface Policy {
  access: "allow" | "deny";
  permissionGroups: { id: string }[];
  resourceGroups: { id: string }[];
}

/** A user group; `key` is its name in the program, `name` the one at Cloudflare. */
export interface UserGroup {
  key: string;
  name: string;
  policies: Policy[];
}

/** The members of the user group with the key `group`. */
export interface MemberSet {
  key: string;
  group: string;
  members: { id: string }[];
}

export interface DeploymentGroup {
  key: string;
  name: string;
  versionConfigs: { targetEnvironment: string | null; version: string }[];
  policyIds: string[];
}

/** All that a program of the storm says. */
export interface Resources {
  userGroups: UserGroup[];
  memberSets: MemberSet[];
  deploymentGroups: DeploymentGroup[];
}

/** The Pulumi program that declares the resources. */
export const program: Program<Resources> = ({ UserGroup, UserGroupMembers, DeploymentGroup }, resources) => {
  const groupIds = new Map(resources.userGroups.map(({ key, ...args }) => [key, new UserGroup(key, args).id] as const));
  for (const { key, group, members } of resources.memberSets) {
    const userGroupId = groupIds.get(group);
    if (userGroupId === undefined) throw new Error(`${key} has no user group ${group}.`);
    new UserGroupMembers(key, { userGroupId, members });
  }
  for (const { key, ...args } of resources.deploymentGroups) new DeploymentGroup(key, args);
};
