import type { dynamic } from "@pulumi/pulumi";
import { z } from "zod";
import { CloudflareError } from "../cloudflare/errors";
import { deploymentGroup, type WireDeploymentGroup } from "../cloudflare/wire";
import type { Configuration } from "../config";
import type { Connection } from "../connection";
import type { DeploymentGroupVersionConfig } from "../deploymentGroup";
import { accountIdSchema, checkInputs, nameSchema, objectOf, setOf, textSchema, type UncheckedInputs } from "./inputs";
import { absent, ifPresent, keepingCreated } from "./presence";
import { asIs, asSet, type CanonicalForms, changedProperties, diffResult, inOrderOf } from "./sets";

type Inputs = {
  accountId: string;
  name: string;
  versionConfigs: readonly DeploymentGroupVersionConfig[];
  policyIds: readonly string[];
};

type Outputs = Inputs & {
  createdAt: string;
  updatedAt: string;
};

const inputsSchema = objectOf({
  accountId: accountIdSchema,
  name: nameSchema,
  // One version for each kind of device: two of them would leave open which one it runs.
  versionConfigs: setOf(
    objectOf({ targetEnvironment: textSchema.nullish(), version: textSchema }),
    environmentKey,
  ).refine((configs) => configs.length > 0, { error: "needs at least one version configuration" }),
  policyIds: setOf(textSchema, (id) => id),
});

const canonicalForms: CanonicalForms<Inputs> = {
  accountId: asIs,
  name: asIs,
  versionConfigs: asSet(versionConfigKey),
  policyIds: asSet((id) => id),
};

const permission = '"Zero Trust Write"';

/** The lifecycle of a `DeploymentGroup`, in the engine's order. */
export class DeploymentGroupLifecycle implements dynamic.ResourceProvider<Inputs, Outputs> {
  constructor(private readonly connection: Connection) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.connection.configure(config);
  }

  async check(_olds: UncheckedInputs, news: UncheckedInputs): Promise<dynamic.CheckResult> {
    return checkInputs(news, this.connection, inputsSchema, ["policyIds"]);
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    return diffResult(changedProperties(canonicalForms, olds, news), ["accountId"]);
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const call = this.connection.client.request({
      doing: `create the deployment group ${JSON.stringify(inputs.name)}`,
      method: "POST",
      path: groupsPath(inputs.accountId),
      body: {
        name: inputs.name,
        version_config: inputs.versionConfigs.map(toWire),
        ...(inputs.policyIds.length > 0 ? { policy_ids: inputs.policyIds } : {}),
      },
      result: deploymentGroup,
      permission,
    });
    const group = await keepingCreated(inputs, this.#explainingConflict(call, inputs));
    return { id: group.id, outs: toOutputs(group, inputs) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    const accountId = this.connection.accountOf(stored);
    const what = described(id, stored);
    const group = await ifPresent(this.#get(id, accountId, `read ${what}`));
    if (!group) return absent(stored.name !== undefined, what, accountId);
    const outputs = toOutputs(group, { versionConfigs: [], policyIds: [], ...stored, accountId });
    const { createdAt: _created, updatedAt: _updated, ...inputs } = outputs;
    return { id, props: outputs, inputs };
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    const changed = changedProperties(canonicalForms, olds, news);
    const doing = `update ${described(id, news)}`;
    // Nothing to send when the engine repairs a resource whose creation did not end well.
    if (changed.size === 0) return { outs: toOutputs(await this.#get(id, news.accountId, doing), news) };
    const call = this.connection.client.request({
      doing,
      method: "PATCH",
      path: [...groupsPath(news.accountId), id],
      body: {
        ...(changed.has("name") ? { name: news.name } : {}),
        ...(changed.has("versionConfigs") ? { version_config: news.versionConfigs.map(toWire) } : {}),
        ...(changed.has("policyIds") ? { policy_ids: news.policyIds } : {}),
      },
      result: deploymentGroup,
      permission,
    });
    return { outs: toOutputs(await this.#explainingConflict(call, news, id), news) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const call = this.connection.client.request({
      doing: `delete ${described(id, stored)}`,
      method: "DELETE",
      path: [...groupsPath(this.connection.accountOf(stored)), id],
      result: z.unknown(),
      permission,
    });
    await ifPresent(call);
  }

  #get(id: string, accountId: string, doing: string): Promise<WireDeploymentGroup> {
    const path = [...groupsPath(accountId), id];
    return this.connection.client.request({ doing, method: "GET", path, result: deploymentGroup, permission });
  }

  /** Cloudflare refuses a policy id that another group holds without saying which id or which group: finds out. */
  async #explainingConflict<T>(call: Promise<T>, { accountId, policyIds }: Inputs, id?: string): Promise<T> {
    try {
      return await call;
    } catch (error) {
      if (!(error instanceof CloudflareError) || error.status !== 409) throw error;
      const groups = await this.connection.client
        .list({ doing: "list the deployment groups", path: groupsPath(accountId), result: deploymentGroup, permission })
        .catch(() => []); // The conflict is what must be told, also when the holder cannot be found.
      const held = groups
        .filter((group) => group.id !== id)
        .flatMap((group) =>
          policyIds
            .filter((policyId) => group.policy_ids?.includes(policyId))
            .map((policyId) => `${policyId} belongs to ${described(group.id, group)}`),
        );
      if (held.length === 0) throw error;
      throw error.withHint(`${held.join("; ")}. Take it out there first; a policy belongs to one group at a time.`);
    }
  }
}

function groupsPath(accountId: string): string[] {
  return ["accounts", accountId, "devices", "deployment-groups"];
}

function described(id: string, { name }: { name?: string | undefined }): string {
  return `the deployment group ${name === undefined ? "" : `${JSON.stringify(name)} `}(${id})`;
}

function environmentKey({ targetEnvironment }: { targetEnvironment?: string | null | undefined }): string {
  return JSON.stringify(targetEnvironment ?? null);
}

function versionConfigKey({ targetEnvironment, version }: DeploymentGroupVersionConfig): string {
  return JSON.stringify([targetEnvironment ?? null, version]);
}

function toWire({ targetEnvironment, version }: DeploymentGroupVersionConfig) {
  return { target_environment: targetEnvironment ?? null, version };
}

function toOutputs(
  group: WireDeploymentGroup,
  program: Pick<Inputs, "accountId" | "versionConfigs" | "policyIds">,
): Outputs {
  const versionConfigs = group.version_config.map(({ target_environment, version }) => ({
    targetEnvironment: target_environment ?? null,
    version,
  }));
  return {
    accountId: program.accountId,
    name: group.name,
    versionConfigs: inOrderOf(program.versionConfigs, versionConfigs, versionConfigKey),
    policyIds: inOrderOf(program.policyIds, group.policy_ids ?? [], (id) => id),
    createdAt: group.created_at,
    updatedAt: group.updated_at,
  };
}
