import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { Program } from "./pulumiProject";

interface Policy {
  access: "allow" | "deny";
  permissionGroups: { id: string }[];
  resourceGroups: { id: string }[];
}

/** The variable parts of {@link threeResources}. */
export interface ThreeResources {
  /** Default: the account of the settings. */
  accountId?: string;
  /** The arguments of an explicit provider. Default: the settings of the stack and the environment. */
  provider?: { apiToken: string; accountId: string; baseUrl: string };
  /** The names of the resources in the program. Default: group, people and ring. */
  names?: { group?: string; people?: string; ring?: string };
  /** Default: Admins. */
  groupName?: string;
  policies?: Policy[] | undefined;
  members: { id: string }[];
  /** Default: Ring 0. */
  ringName?: string;
  /** Default: one version for Windows. */
  versionConfigs?: { targetEnvironment: string | null; version: string }[];
  policyIds?: string[] | undefined;
  options?: { group?: CustomResourceOptions; people?: CustomResourceOptions; ring?: CustomResourceOptions };
}

/** A program with a user group, its members and a deployment group. */
export const threeResources: Program<ThreeResources> = (package_, values) => {
  const { Provider, UserGroup, UserGroupMembers, DeploymentGroup } = package_;
  const { accountId, provider, names, options } = values;
  const common = provider ? { provider: new Provider("explicit", provider) } : {};
  const group = new UserGroup(
    names?.group ?? "group",
    { accountId, name: values.groupName ?? "Admins", policies: values.policies },
    { ...options?.group, ...common },
  );
  const people = new UserGroupMembers(
    names?.people ?? "people",
    { accountId, userGroupId: group.id, members: values.members },
    { ...options?.people, ...common },
  );
  const versionConfigs = values.versionConfigs ?? [{ targetEnvironment: "windows", version: "2026.6.234.0" }];
  const ring = new DeploymentGroup(
    names?.ring ?? "ring",
    { accountId, name: values.ringName ?? "Ring 0", versionConfigs, policyIds: values.policyIds },
    { ...options?.ring, ...common },
  );
  return {
    groupId: group.id,
    policies: group.policies,
    modifiedOn: group.modifiedOn,
    members: people.members,
    ringId: ring.id,
    versionConfigs: ring.versionConfigs,
    policyIds: ring.policyIds,
    updatedAt: ring.updatedAt,
  };
};

/** Returns references to these ids. */
export function ids(...all: string[]): { id: string }[] {
  return all.map((id) => ({ id }));
}
