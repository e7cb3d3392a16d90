import type { dynamic } from "@pulumi/pulumi";
import { deploymentGroup, type WireDeploymentGroup } from "../cloudflare/wire";
import type { Connection } from "../connection";
import type { DeploymentGroupVersionConfig } from "../deploymentGroup";
import type { Importable } from "./adoption";
import { type Creation, createOnce, halfMade, takeOver } from "./creation";
import { GroupLifecycle } from "./groupLifecycle";
import { accountIdSchema, nameSchema, objectOf, setOf, textSchema } from "./inputs";
import { claimPolicies } from "./policyConflicts";
import { asIs, asSet, inOrderOf } from "./sets";

type Properties = {
  accountId: string;
  name: string;
  versionConfigs: readonly DeploymentGroupVersionConfig[];
  policyIds: readonly string[];
};

type Outputs = Properties & {
  createdAt: string;
  updatedAt: string;
};

const inputsSchema = objectOf({
  accountId: accountIdSchema,
  name: nameSchema,
  // One version for each kind of device: two of them would leave open which one it runs.
  versionConfigs: setOf(
    objectOf({ targetEnvironment: textSchema.nullish().transform((kind) => kind ?? null), version: textSchema }),
    environmentKey,
    "is for the same targetEnvironment as",
  ).refine((configs) => configs.length > 0, { error: "needs at least one version configuration" }),
  policyIds: setOf(textSchema, (id) => id),
});

const permission = '"Zero Trust Write"';

/** The lifecycle of a `DeploymentGroup`: what is its own beside what all groups share. */
export class DeploymentGroupLifecycle extends GroupLifecycle<WireDeploymentGroup, Properties, Outputs> {
  readonly #groupsBefore = new Map<string, Promise<WireDeploymentGroup[]>>();

  constructor(connection: Connection) {
    super(connection, {
      noun: "deployment group",
      permission,
      path: (accountId) => ["accounts", accountId, "devices", "deployment-groups"],
      result: deploymentGroup,
      inputs: inputsSchema,
      optionalLists: ["policyIds"],
      forms: { accountId: asIs, name: asIs, versionConfigs: asSet(versionConfigKey), policyIds: asSet((id) => id) },
      namesakeQuery: () => ({}),
      toBody: ({ name, versionConfigs, policyIds }) => ({
        ...(name === undefined ? {} : { name }),
        ...(versionConfigs === undefined ? {} : { version_config: versionConfigs.map(toWire) }),
        ...(policyIds === undefined ? {} : { policy_ids: policyIds }),
      }),
      toOutputs,
      createdAt: (group) => group.created_at,
      modifiedAt: (group) => group.updated_at,
    });
  }

  override diff(id: string, olds: Outputs, news: Properties & Importable): Promise<dynamic.DiffResult> {
    if (Array.isArray(news.policyIds)) this.connection.plannedPolicies.set(id, new Set(news.policyIds));
    return super.diff(id, olds, news);
  }

  protected override async created(
    { accountId, name, policyIds }: Properties,
    creation: Creation<WireDeploymentGroup>,
  ): Promise<WireDeploymentGroup> {
    const before = await this.#listedBefore(accountId, creation.what);
    const namesakes = before.filter((group) => group.name === name);
    const candidate = halfMade(this.connection, creation, namesakes);
    if (candidate) return takeOver(this.connection, creation.what, candidate);
    return claimPolicies(this.connection, {
      policyIds,
      write: () => createOnce(this.connection, creation),
      groups: () => this.list(accountId, `create ${creation.what}`),
    });
  }

  protected override updated(
    id: string,
    { policyIds: held }: Outputs,
    { accountId, policyIds }: Properties,
    changes: object,
    doing: string,
  ): Promise<WireDeploymentGroup> {
    const path = [...this.kind.path(accountId), id];
    const patch = (body: object) =>
      this.connection.client.request({ doing, method: "PATCH", path, body, result: deploymentGroup, permission });
    const staying = held.filter((policyId) => policyIds.includes(policyId));
    return claimPolicies(this.connection, {
      id,
      policyIds,
      write: () => patch(changes),
      ...(staying.length < held.length ? { release: () => patch({ policy_ids: staying }) } : {}),
      groups: () => this.list(accountId, doing),
    });
  }

  /**
   * The account's groups as they were before this run created any, listed once for all creates of the run.
   *
   * Names are not unique: a group that a killed pipeline left half-made would get a twin if nobody looked.
   */
  #listedBefore(accountId: string, what: string): Promise<WireDeploymentGroup[]> {
    const listing = this.#groupsBefore.get(accountId) ?? this.list(accountId, `look for ${what} before creating it`);
    this.#groupsBefore.set(accountId, listing);
    listing.catch(() => this.#groupsBefore.delete(accountId));
    return listing;
  }
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

function toOutputs(group: WireDeploymentGroup, accountId: string, program: Partial<Properties>): Outputs {
  const versionConfigs = group.version_config.map(({ target_environment, version }) => ({
    targetEnvironment: target_environment ?? null,
    version,
  }));
  return {
    accountId,
    name: group.name,
    versionConfigs: inOrderOf(program.versionConfigs ?? [], versionConfigs, versionConfigKey),
    policyIds: inOrderOf(program.policyIds ?? [], group.policy_ids ?? [], (id) => id),
    createdAt: group.created_at,
    updatedAt: group.updated_at,
  };
}
