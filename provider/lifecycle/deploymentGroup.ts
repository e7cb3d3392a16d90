import { deploymentGroups } from "../cloudflare/api/deploymentGroups";
import type { Operation } from "../cloudflare/operation";
import type { ApiDeploymentGroup, DeploymentGroupBody } from "../cloudflare/schemas";
import { AsyncMemo, getOrCreate } from "../memoize";
import type { ProviderContext } from "../providerContext";
import type { DeploymentGroupInputs, DeploymentGroupOutputs } from "../resourceTypes";
import { adopt, type CreateRequest, createOnce, findOrphan } from "./createOnce";
import {
  deploymentGroupBody,
  toDeploymentGroupInputs,
  toDeploymentGroupOutputs,
  versionConfigKey,
} from "./deploymentGroupMapping";
import { retryUntilReleased } from "./devicePolicyConflicts";
import type { DiffResult } from "./engine";
import { GroupLifecycle } from "./groupLifecycle";
import type { ImportOption } from "./importOption";
import { accountIdSchema, nameSchema, objectOf, setOf, textSchema } from "./inputs";
import type { RunState } from "./runState";
import { identity, sortedKeys } from "./sets";

const versionConfigSchema = objectOf({
  targetEnvironment: textSchema.nullish().transform((environment) => environment ?? null),
  version: textSchema,
});

const inputsSchema = objectOf({
  accountId: accountIdSchema,
  name: nameSchema,
  // Two versions for one kind of device would leave open which one it runs.
  versionConfigs: setOf(
    versionConfigSchema,
    ({ targetEnvironment }) => JSON.stringify(targetEnvironment),
    "has the same targetEnvironment as",
  ).refine((configs) => configs.length > 0, { error: "needs at least one version configuration" }),
  policyIds: setOf(textSchema, (id) => id),
});

/** The lifecycle of a `DeploymentGroup`: what it does not share with other groups. */
export class DeploymentGroupLifecycle extends GroupLifecycle<
  ApiDeploymentGroup,
  DeploymentGroupBody,
  DeploymentGroupInputs,
  DeploymentGroupOutputs
> {
  constructor(context: ProviderContext, run: RunState) {
    super(context, run, {
      displayName: "deployment group",
      endpoints: deploymentGroups,
      rules: {
        schema: inputsSchema,
        optionalLists: ["policyIds"],
        canonicalizers: {
          accountId: identity,
          name: identity,
          versionConfigs: sortedKeys(versionConfigKey),
          policyIds: sortedKeys((id) => id),
        },
      },
      body: deploymentGroupBody,
      toOutputs: toDeploymentGroupOutputs,
      toInputs: toDeploymentGroupInputs,
      timesOf: (group) => ({ created: group.created_at, modified: group.updated_at }),
    });
  }

  override diff(
    id: string,
    olds: DeploymentGroupOutputs,
    news: DeploymentGroupInputs & ImportOption,
  ): Promise<DiffResult> {
    if (Array.isArray(news.policyIds)) this.run.desiredPolicyIds.set(id, new Set(news.policyIds));
    return super.diff(id, olds, news);
  }

  protected override async createGroup(
    { accountId, name, policyIds }: DeploymentGroupInputs,
    request: CreateRequest<ApiDeploymentGroup>,
  ): Promise<ApiDeploymentGroup> {
    const existing = await this.#listBeforeCreates(accountId, request.what);
    const sameName = existing.filter((group) => group.name === name);
    const orphan = findOrphan(this.context, this.run, request, sameName);
    if (orphan) return adopt(this.run, request.what, orphan);
    const operation = this.context.client.during(`create ${request.what}`);
    return retryUntilReleased(this.context, this.run, {
      policyIds,
      send: () => createOnce(this.context, this.run, request),
      listGroups: () => deploymentGroups.list(operation, accountId),
    });
  }

  protected override updateGroup(
    operation: Operation,
    id: string,
    { policyIds: oldPolicyIds }: DeploymentGroupOutputs,
    { accountId, policyIds }: DeploymentGroupInputs,
    changes: Partial<DeploymentGroupBody>,
  ): Promise<ApiDeploymentGroup | null | undefined> {
    const remaining = oldPolicyIds.filter((policyId) => policyIds.includes(policyId));
    const release = () => deploymentGroups.update(operation, accountId, id, { policy_ids: remaining });
    return retryUntilReleased(this.context, this.run, {
      id,
      policyIds,
      send: () => deploymentGroups.update(operation, accountId, id, changes),
      ...(remaining.length < oldPolicyIds.length ? { release } : {}),
      listGroups: () => deploymentGroups.list(operation, accountId),
    });
  }

  /**
   * Lists the account's groups once, before this run creates any.
   *
   * Names are not unique. Without this list a run would create a second group beside the orphan of a killed run.
   */
  #listBeforeCreates(accountId: string, what: string): Promise<ApiDeploymentGroup[]> {
    const memo = getOrCreate(this.run.groupsBeforeCreates, accountId, () => new AsyncMemo<ApiDeploymentGroup[]>());
    const operation = this.context.client.during(`look for ${what} before creating it`);
    return memo.get(() => deploymentGroups.list(operation, accountId));
  }
}
