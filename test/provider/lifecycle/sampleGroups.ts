import { accountId, permissionGroups, resourceGroups } from "./online";

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
