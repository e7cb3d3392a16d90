import { deploymentGroups } from "../cloudflare/api/deploymentGroups";
import type { Operation } from "../cloudflare/operation";
import type { ApiDeploymentGroup, DeploymentGroupBody } from "../cloudflare/schemas";
import { errorMessage } from "../errorMessage";
import { AsyncMemo, getOrCreate } from "../memoize";
import type { ProviderContext } from "../providerContext";
import type { DeploymentGroupInputs, DeploymentGroupOutputs } from "../resourceTypes";
import { summarizeDeploymentGroup } from "./changeSummary";
import { type CreateRequest, createOnce } from "./createOnce";
import {
  deploymentGroupBody,
  keepIdOrder,
  keepVersionOrder,
  toDeploymentGroupInputs,
  toDeploymentGroupOutputs,
  versionConfigKey,
} from "./deploymentGroupMapping";
import { writeWithPolicies } from "./devicePolicyConflicts";
import type { DiffResult } from "./engine";
import { GroupLifecycle } from "./groupLifecycle";
import type { ImportOption } from "./importOption";
import { accountIdSchema, deploymentGroupNameSchema, objectOf, setOf, textSchema } from "./inputs";
import { adopt, describeAge, findInterruptedCreates, interruptedCreateAdvice, renameAdvice } from "./interruptedCreate";
import { undefinedIfNotFound } from "./notFound";
import type { RunState } from "./runState";
import { identity, sortedKeys } from "./sets";

const versionConfigSchema = objectOf({
  targetEnvironment: textSchema.nullish().transform((environment) => environment ?? null),
  version: textSchema,
});

const inputsSchema = objectOf({
  accountId: accountIdSchema,
  name: deploymentGroupNameSchema,
  // With two versions for one kind of device, it would be unclear which one applies.
  versionConfigs: setOf(
    versionConfigSchema,
    ({ targetEnvironment }) => JSON.stringify(targetEnvironment),
    () => "has the same targetEnvironment as",
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
      hasUniqueName: false,
      declarations: run.deploymentGroups,
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
        arrangers: { versionConfigs: keepVersionOrder, policyIds: keepIdOrder },
      },
      body: deploymentGroupBody,
      toOutputs: toDeploymentGroupOutputs,
      toInputs: toDeploymentGroupInputs,
      timesOf: (group) => ({ created: group.created_at, modified: group.updated_at }),
      summarize: summarizeDeploymentGroup,
    });
  }

  override async diff(
    id: string,
    olds: DeploymentGroupOutputs,
    news: DeploymentGroupInputs & ImportOption,
  ): Promise<DiffResult> {
    const result = await super.diff(id, olds, news);
    const problem = Array.isArray(news.policyIds) ? this.#findSharedPolicy(id, news.policyIds) : undefined;
    if (problem)
      throw new Error(
        errorMessage({
          operation: `manage the deployment group ${JSON.stringify(news.name)} (${id})`,
          reason: problem,
          advice: "give each policy to one group only, and run `pulumi up --refresh`.",
        }),
      );
    return result;
  }

  /** Describes a policy that the program gives to this group and to another one. */
  #findSharedPolicy(id: string, policyIds: readonly string[]): string | undefined {
    const moved = policyIds.filter((policyId) => this.run.movedPolicyIds.get(id)?.has(policyId));
    if (moved.length > 0)
      return `the program gives ${moved.join(" and ")} to another group too, which has already received it.`;
    if (!this.run.deploymentGroups.inputsOf(id)) return undefined;
    for (const [otherId, other] of this.run.deploymentGroups.entries()) {
      if (otherId === id || !Array.isArray(other.policyIds)) continue;
      const shared = policyIds.filter((policyId) => other.policyIds.includes(policyId));
      if (shared.length > 0)
        return `the program gives ${shared.join(" and ")} to ${JSON.stringify(other.name)} (${otherId}) too.`;
    }
    return undefined;
  }

  protected override async resolveNames(inputs: DeploymentGroupInputs): Promise<DeploymentGroupInputs> {
    return inputs;
  }

  protected override async createGroup(
    { accountId, name, policyIds }: DeploymentGroupInputs,
    request: CreateRequest<ApiDeploymentGroup>,
  ): Promise<ApiDeploymentGroup> {
    const existing = await this.#listBeforeCreates(accountId, request.what);
    const sameName = existing.filter((group) => group.name === name);
    const candidates = findInterruptedCreates(this.context, this.run, request, sameName);
    // The list is as old as the run's first create.
    const stillThere = await Promise.all(candidates.map(({ id }) => this.#getIfExists(accountId, id, request.what)));
    const [interrupted, another] = stillThere.filter((group) => group !== undefined);
    if (interrupted) {
      if (!another && this.context.settings.adoptInterruptedCreates) return adopt(this.run, request.what, interrupted);
      throw new Error(
        errorMessage({
          operation: `create ${request.what}`,
          reason:
            `the deployment group ${interrupted.id}, ${describeAge(this.context, interrupted.created_at)}, ` +
            "has the same name and content. Nothing was written.",
          advice: `${renameAdvice}; ${interruptedCreateAdvice(interrupted.id)}`,
        }),
      );
    }
    const operation = this.context.client.during(`create ${request.what}`);
    const send = () => createOnce(this.context, this.run, request);
    if (policyIds.length === 0) return send();
    return writeWithPolicies(this.context, this.run, operation, { accountId, policyIds, send });
  }

  protected override updateGroup(
    operation: Operation,
    id: string,
    _olds: DeploymentGroupOutputs,
    { accountId, policyIds }: DeploymentGroupInputs,
    changes: Partial<DeploymentGroupBody>,
  ): Promise<ApiDeploymentGroup | null | undefined> {
    const send = () => deploymentGroups.update(operation, accountId, id, changes);
    if (changes.policy_ids === undefined) return send();
    return writeWithPolicies(this.context, this.run, operation, { accountId, id, policyIds, send });
  }

  #getIfExists(accountId: string, id: string, what: string): Promise<ApiDeploymentGroup | undefined> {
    const operation = this.context.client.during(`look for ${what} before creating it`);
    return undefinedIfNotFound(deploymentGroups.get(operation, accountId, id));
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
