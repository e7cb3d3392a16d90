import type { ApiDeploymentGroup, DeploymentGroupBody } from "../cloudflare/schemas";
import type { DeploymentGroupInputs, DeploymentGroupOutputs, DeploymentGroupVersionConfig } from "../resourceTypes";
import type { BodyMapping } from "./groupSpec";
import { keepOrder } from "./stableOrder";

// How the properties of a DeploymentGroup map to Cloudflare's deployment groups and back.

/** Each input's part of the request body. */
export const deploymentGroupBody: BodyMapping<DeploymentGroupInputs, DeploymentGroupBody> = {
  // The path holds the account.
  accountId: () => ({}),
  name: (name) => ({ name }),
  versionConfigs: (configs) => ({
    version_config: configs.map(({ targetEnvironment, version }) => ({
      target_environment: targetEnvironment ?? null,
      version,
    })),
  }),
  policyIds: (policyIds) => ({ policy_ids: policyIds }),
};

/** Returns the outputs for a group, with lists in the program's order. */
export function toDeploymentGroupOutputs(
  group: ApiDeploymentGroup,
  accountId: string,
  program: Partial<DeploymentGroupInputs> = {},
): DeploymentGroupOutputs {
  const versionConfigs = group.version_config.map(({ target_environment, version }) => ({
    targetEnvironment: target_environment ?? null,
    version,
  }));
  const ordered = keepVersionOrder(program.versionConfigs ?? [], versionConfigs);
  return {
    accountId,
    name: group.name,
    // A program may omit the environment, and an output never does.
    versionConfigs: ordered.map(({ targetEnvironment, version }) => ({
      targetEnvironment: targetEnvironment ?? null,
      version,
    })),
    policyIds: keepIdOrder(program.policyIds ?? [], group.policy_ids ?? []),
    createdAt: group.created_at,
    updatedAt: group.updated_at,
  };
}

/** Returns the inputs that describe these outputs. */
export function toDeploymentGroupInputs(outputs: DeploymentGroupOutputs): DeploymentGroupInputs {
  const { accountId, name, versionConfigs, policyIds } = outputs;
  return { accountId, name, versionConfigs, policyIds };
}

/** Returns version configurations in the order of others. A new version takes the position of its environment's old one. */
export function keepVersionOrder(
  stored: readonly DeploymentGroupVersionConfig[],
  desired: readonly DeploymentGroupVersionConfig[],
): DeploymentGroupVersionConfig[] {
  const environmentOf = ({ targetEnvironment }: DeploymentGroupVersionConfig) => targetEnvironment ?? null;
  return keepOrder(stored, desired, {
    keyOf: versionConfigKey,
    keep: (config) => config,
    similarity: (removed, added) => (environmentOf(removed) === environmentOf(added) ? 1 : 0),
  });
}

/** Returns ids in the order of others. */
export function keepIdOrder(stored: readonly string[], desired: readonly string[]): string[] {
  return keepOrder(stored, desired, { keyOf: (id) => id, keep: (id) => id });
}

/** Returns the key by which two version configurations of the same meaning are equal. */
export function versionConfigKey({ targetEnvironment, version }: DeploymentGroupVersionConfig): string {
  return JSON.stringify([targetEnvironment ?? null, version]);
}
