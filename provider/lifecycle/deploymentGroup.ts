import type { dynamic } from "@pulumi/pulumi";
import { z } from "zod";
import { deploymentGroup, type WireDeploymentGroup } from "../cloudflare/wire";
import type { Configuration } from "../config";
import type { Connection } from "../connection";
import type { DeploymentGroupVersionConfig } from "../deploymentGroup";
import { type Importable, mustMatch } from "./adoption";
import { type Creation, createOnce, halfMade, takeOver } from "./creation";
import { accountIdSchema, checkInputs, nameSchema, objectOf, setOf, textSchema, type UncheckedInputs } from "./inputs";
import { claimPolicies } from "./policyConflicts";
import { absent, ifPresent } from "./presence";
import { asIs, asSet, type CanonicalForms, changedProperties, diffResult, inOrderOf } from "./sets";

type Inputs = Importable & {
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
    "is for the same targetEnvironment as",
  ).refine((configs) => configs.length > 0, { error: "needs at least one version configuration" }),
  policyIds: setOf(textSchema, (id) => id),
});

const canonicalForms: CanonicalForms<Omit<Inputs, "importId">> = {
  accountId: asIs,
  name: asIs,
  versionConfigs: asSet(versionConfigKey),
  policyIds: asSet((id) => id),
};

const permission = '"Zero Trust Write"';

/** The lifecycle of a `DeploymentGroup`, in the engine's order. */
export class DeploymentGroupLifecycle implements dynamic.ResourceProvider<Inputs, Outputs> {
  #groupsBefore = new Map<string, Promise<WireDeploymentGroup[]>>();

  constructor(private readonly connection: Connection) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.connection.configure(config);
  }

  async check(_olds: UncheckedInputs, news: UncheckedInputs): Promise<dynamic.CheckResult> {
    return checkInputs(news, this.connection, inputsSchema, ["policyIds"]);
  }

  async diff(id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    this.connection.claims.add(id);
    if (Array.isArray(news.policyIds)) this.connection.plannedPolicies.set(id, new Set(news.policyIds));
    return diffResult(changedProperties(canonicalForms, olds, news), ["accountId"]);
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const group =
      inputs.importId === undefined ? await this.#created(inputs) : await this.#existing(inputs.importId, inputs);
    return { id: group.id, outs: toOutputs(group, inputs) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    const accountId = this.connection.accountOf(stored);
    const what = described(id, stored);
    const group = await ifPresent(this.#get(id, accountId, `read ${what}`));
    if (!group) return absent(stored.name !== undefined, what, accountId);
    return toReadResult(group, { versionConfigs: [], policyIds: [], ...stored, accountId });
  }

  /** What `read` would answer for each deployment group of the account. */
  async readAll(accountId: string) {
    const groups = await this.#list(accountId, `list the deployment groups of the account ${accountId}`);
    return groups.map((group) => toReadResult(group, { accountId, versionConfigs: [], policyIds: [] }));
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    this.connection.claims.add(id);
    const changed = changedProperties(canonicalForms, olds, news);
    const doing = `update ${described(id, news)}`;
    // Nothing to send when the engine repairs a resource whose creation did not end well.
    if (changed.size === 0) return { outs: toOutputs(await this.#get(id, news.accountId, doing), news) };
    const patch = (body: object) =>
      this.connection.client.request({
        doing,
        method: "PATCH",
        path: [...groupsPath(news.accountId), id],
        body,
        result: deploymentGroup,
        permission,
      });
    const staying = olds.policyIds.filter((policyId) => news.policyIds.includes(policyId));
    const group = await claimPolicies(this.connection, {
      id,
      accountId: news.accountId,
      policyIds: news.policyIds,
      write: () =>
        patch({
          ...(changed.has("name") ? { name: news.name } : {}),
          ...(changed.has("versionConfigs") ? { version_config: news.versionConfigs.map(toWire) } : {}),
          ...(changed.has("policyIds") ? { policy_ids: news.policyIds } : {}),
        }),
      ...(staying.length < olds.policyIds.length ? { release: () => patch({ policy_ids: staying }) } : {}),
      groups: () => this.#list(news.accountId, doing),
    });
    return { outs: toOutputs(group, news) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    if (this.connection.takenOver.has(id)) return;
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

  #list(accountId: string, doing: string): Promise<WireDeploymentGroup[]> {
    return this.connection.client.list({ doing, path: groupsPath(accountId), result: deploymentGroup, permission });
  }

  async #created(inputs: Inputs): Promise<WireDeploymentGroup> {
    const creation = this.#creation(inputs);
    const namesakes = (await this.#listedBefore(inputs.accountId, creation.what)).filter(
      ({ name }) => name === inputs.name,
    );
    const candidate = halfMade(this.connection, creation, namesakes);
    if (candidate) return takeOver(this.connection, creation.what, candidate);
    return claimPolicies(this.connection, {
      accountId: inputs.accountId,
      policyIds: inputs.policyIds,
      write: () => createOnce(this.connection, creation),
      groups: () => this.#list(inputs.accountId, `create ${creation.what}`),
    });
  }

  #creation(inputs: Inputs): Creation<WireDeploymentGroup> {
    const { accountId, name, versionConfigs, policyIds } = inputs;
    const what = `the deployment group ${JSON.stringify(name)}`;
    return {
      what,
      inputs,
      post: () =>
        this.connection.client.request({
          doing: `create ${what}`,
          method: "POST",
          path: groupsPath(accountId),
          body: {
            name,
            version_config: versionConfigs.map(toWire),
            ...(policyIds.length > 0 ? { policy_ids: policyIds } : {}),
          },
          result: deploymentGroup,
          permission,
        }),
      namesakes: async () => {
        const groups = await this.#list(accountId, `look for ${what}`);
        return groups.filter((group) => group.name === name);
      },
      isWanted: (group) => changedProperties(canonicalForms, toOutputs(group, inputs), inputs).size === 0,
      createdAt: (group) => group.created_at,
      modifiedAt: (group) => group.updated_at,
    };
  }

  /**
   * The account's groups as they were before this run created any, listed once for all creates of the run.
   *
   * Names are not unique: a group that a killed pipeline left half-made would get a twin if nobody looked.
   */
  #listedBefore(accountId: string, what: string): Promise<WireDeploymentGroup[]> {
    const listing = this.#groupsBefore.get(accountId) ?? this.#list(accountId, `look for ${what} before creating it`);
    this.#groupsBefore.set(accountId, listing);
    listing.catch(() => this.#groupsBefore.delete(accountId));
    return listing;
  }

  async #existing(id: string, inputs: Inputs): Promise<WireDeploymentGroup> {
    const what = `the deployment group (${id})`;
    const group = await this.#get(id, inputs.accountId, `import ${what}`);
    mustMatch(canonicalForms, what, toOutputs(group, inputs), inputs);
    this.connection.claims.add(id);
    this.connection.takenOver.add(id);
    return group;
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

function toReadResult(group: WireDeploymentGroup, program: Pick<Inputs, "accountId" | "versionConfigs" | "policyIds">) {
  const outputs = toOutputs(group, program);
  const { createdAt: _created, updatedAt: _updated, ...inputs } = outputs;
  return { id: group.id, props: outputs, inputs };
}
