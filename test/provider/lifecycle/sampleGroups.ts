import { accountId, permissionGroups, resourceGroups, simulateAccount } from "./online";

/** The inputs of a UserGroup with one policy. */
export const group = {
  accountId,
  name: "Admins",
  policies: [
    {
      access: "allow" as const,
      permissionGroups: [{ id: permissionGroups.dnsRead }, { id: permissionGroups.zoneRead }],
      resourceGroups: [{ id: resourceGroups.account }],
    },
  ],
};

/** The inputs of a DeploymentGroup without policies. */
export const ring = {
  accountId,
  name: "Ring 0",
  versionConfigs: [{ targetEnvironment: "windows", version: "2026.6.234.0" }],
  policyIds: [] as string[],
};

/** The version configurations of `ring` as the API returns them. */
export const version_config = [{ target_environment: "windows", version: "2026.6.234.0" }];

/** `ring` as the API returns it. */
export const ringAtCloudflare = { name: ring.name, version_config };

/** The inputs of a DeploymentGroup with two versions and three policies. */
export const ringWithPolicies = {
  accountId,
  name: "Ring 0",
  versionConfigs: [
    { targetEnvironment: "windows", version: "2026.6.234.0" },
    { targetEnvironment: "macos", version: "2026.6.100.0" },
  ],
  policyIds: ["policy-b", "policy-c", "policy-a"],
};

/** Simulates an account, and creates a DeploymentGroup with these inputs in it. */
export async function withDeploymentGroup(inputs = ringWithPolicies) {
  const scene = await simulateAccount();
  const { id, outs } = await scene.deploymentGroup.create(inputs);
  if (!outs) throw new Error("The create returned no outputs.");
  return { ...scene, id, outs, path: `/devices/deployment-groups/${id}` };
}
