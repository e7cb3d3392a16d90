import type { dynamic } from "@pulumi/pulumi";
import { z } from "zod";
import { CloudflareError } from "../cloudflare/errors";
import { member, userGroup, type WirePolicy, type WireUserGroup } from "../cloudflare/wire";
import type { Configuration } from "../config";
import type { Connection } from "../connection";
import type { UserGroupPolicy } from "../userGroup";
import { type Importable, mustMatch } from "./adoption";
import { type Creation, createOnce, halfMade, takeOver, takeOverAdvice } from "./creation";
import {
  accountIdSchema,
  checkInputs,
  idSetSchema,
  nameSchema,
  objectOf,
  oneOf,
  setOf,
  type UncheckedInputs,
} from "./inputs";
import { absent, ifPresent } from "./presence";
import { asIs, asSet, type CanonicalForms, changedProperties, diffResult, inOrderOf } from "./sets";

type Inputs = Importable & {
  accountId: string;
  name: string;
  policies: readonly UserGroupPolicy[];
};

type Outputs = Inputs & {
  createdOn: string;
  modifiedOn: string;
};

const policySchema = objectOf({
  access: oneOf(["allow", "deny"]),
  permissionGroups: idSetSchema,
  resourceGroups: idSetSchema,
});

const inputsSchema = objectOf({
  accountId: accountIdSchema,
  name: nameSchema,
  policies: setOf(policySchema, policyKey),
});

const canonicalForms: CanonicalForms<Omit<Inputs, "importId">> = {
  accountId: asIs,
  name: asIs,
  policies: asSet(policyKey),
};

/** What every call on user groups and their members needs. */
export const permission = '"SCIM Provisioning" or "Account Settings Write"';

/** The lifecycle of a `UserGroup`, in the engine's order. */
export class UserGroupLifecycle implements dynamic.ResourceProvider<Inputs, Outputs> {
  constructor(private readonly connection: Connection) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.connection.configure(config);
  }

  async check(_olds: UncheckedInputs, news: UncheckedInputs): Promise<dynamic.CheckResult> {
    return checkInputs(news, this.connection, inputsSchema, ["policies"]);
  }

  async diff(id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    this.connection.claims.add(id);
    return diffResult(changedProperties(canonicalForms, olds, news), ["accountId"]);
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const creation = this.#creation(inputs);
    const group =
      inputs.importId === undefined
        ? await createOnce(this.connection, creation).catch((error) => this.#whereNameIsTaken(error, creation, inputs))
        : await this.#existing(inputs.importId, inputs);
    return { id: group.id, outs: toOutputs(group, inputs) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    const accountId = this.connection.accountOf(stored);
    const what = described(id, stored);
    const group = await ifPresent(this.#get(id, accountId, `read ${what}`));
    if (!group) return absent(stored.name !== undefined, what, accountId);
    return toReadResult(group, { policies: [], ...stored, accountId });
  }

  /** What `read` would answer for each user group of the account. */
  async readAll(accountId: string) {
    const groups = await this.connection.client.list({
      doing: `list the user groups of the account ${accountId}`,
      path: groupsPath(accountId),
      result: userGroup,
      permission,
    });
    return groups.map((group) => toReadResult(group, { accountId, policies: [] }));
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    this.connection.claims.add(id);
    const changed = changedProperties(canonicalForms, olds, news);
    const doing = `update ${described(id, news)}`;
    // Nothing to send when the engine repairs a resource whose creation did not end well.
    if (changed.size === 0) return { outs: toOutputs(await this.#get(id, news.accountId, doing), news) };
    const name = changed.has("name") ? { name: news.name } : {};
    const policies = changed.has("policies") ? { policies: news.policies.map(toWire) } : {};
    const put = (body: object) =>
      this.connection.client.request({
        doing,
        method: "PUT",
        path: [...groupsPath(news.accountId), id],
        body,
        result: userGroup.nullish(),
        permission,
      });
    const answer = await put({ ...name, ...policies }).catch(async (error) => {
      if (!policies.policies || !asksForPolicyIds(error)) throw error;
      const current = await this.#get(id, news.accountId, doing);
      const withIds = { ...name, policies: withIdsOf(current.policies ?? [], policies.policies) };
      // The first refusal is the one to tell: what came of the second try may only be that it was one.
      return put(withIds).catch(() => Promise.reject(error));
    });
    return { outs: toOutputs(answer ?? (await this.#get(id, news.accountId, doing)), news) };
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

  #creation(inputs: Inputs): Creation<WireUserGroup> {
    const { accountId, name, policies } = inputs;
    const what = `the user group ${JSON.stringify(name)}`;
    const { client } = this.connection;
    const path = groupsPath(accountId);
    const body = { name, ...(policies.length > 0 ? { policies: policies.map(toWire) } : {}) };
    return {
      what,
      inputs,
      post: () =>
        client.request({ doing: `create ${what}`, method: "POST", path, body, result: userGroup, permission }),
      namesakes: async () => {
        const listed = await client.list({
          doing: `look for ${what}`,
          path,
          query: { name },
          result: userGroup,
          permission,
        });
        return listed.filter((group) => group.name === name);
      },
      isWanted: (group) => changedProperties(canonicalForms, toOutputs(group, inputs), inputs).size === 0,
      createdAt: (group) => group.created_on,
      modifiedAt: (group) => group.modified_on,
    };
  }

  /** Names are unique in an account: a taken one may be that of the group which a killed pipeline has left half-made. */
  async #whereNameIsTaken(error: unknown, creation: Creation<WireUserGroup>, inputs: Inputs): Promise<WireUserGroup> {
    if (!(error instanceof CloudflareError) || !isNameTaken(error)) throw error;
    const [namesake] = await creation.namesakes();
    if (!namesake) throw error;
    const candidate = halfMade(this.connection, creation, [namesake]);
    if (candidate && !(await this.#hasMembers(candidate.id, inputs, creation.what)))
      return takeOver(this.connection, creation.what, candidate);
    const owner = this.connection.claims.has(namesake.id) ? "another resource of this program has it" : "it exists";
    throw error.withHint(
      `${owner} under the id ${namesake.id}; choose another name or, ${takeOverAdvice(namesake.id)}.`,
    );
  }

  async #hasMembers(id: string, { accountId }: Inputs, what: string): Promise<boolean> {
    const path = [...groupsPath(accountId), id, "members"];
    const members = await this.connection.client.list({ doing: `look into ${what}`, path, result: member, permission });
    return members.length > 0;
  }

  async #existing(id: string, inputs: Inputs): Promise<WireUserGroup> {
    const what = `the user group (${id})`;
    const group = await this.#get(id, inputs.accountId, `import ${what}`);
    mustMatch(canonicalForms, what, toOutputs(group, inputs), inputs);
    this.connection.claims.add(id);
    this.connection.takenOver.add(id);
    return group;
  }

  #get(id: string, accountId: string, doing: string): Promise<WireUserGroup> {
    const path = [...groupsPath(accountId), id];
    return this.connection.client.request({ doing, method: "GET", path, result: userGroup, permission });
  }
}

function groupsPath(accountId: string): string[] {
  return ["accounts", accountId, "iam", "user_groups"];
}

function described(id: string, { name }: { name?: string | undefined }): string {
  return `the user group ${name === undefined ? "" : `${JSON.stringify(name)} `}(${id})`;
}

function policyKey({ access, permissionGroups, resourceGroups }: UserGroupPolicy): string {
  const ids = asSet<{ id: string }>(({ id }) => id);
  return JSON.stringify([access, ids(permissionGroups), ids(resourceGroups)]);
}

function toWire({ access, permissionGroups, resourceGroups }: UserGroupPolicy): WirePolicy {
  return {
    access,
    permission_groups: permissionGroups.map(({ id }) => ({ id })),
    resource_groups: resourceGroups.map(({ id }) => ({ id })),
  };
}

function fromWire({ access, permission_groups, resource_groups }: WirePolicy): UserGroupPolicy {
  return {
    access,
    permissionGroups: (permission_groups ?? []).map(({ id }) => ({ id })),
    resourceGroups: (resource_groups ?? []).map(({ id }) => ({ id })),
  };
}

function toOutputs(group: WireUserGroup, program: Pick<Inputs, "accountId" | "policies">): Outputs {
  const inProgram = new Map(program.policies.map((policy) => [policyKey(policy), policy]));
  const policies = (group.policies ?? []).map(fromWire).map((policy) => inProgram.get(policyKey(policy)) ?? policy);
  return {
    accountId: program.accountId,
    name: group.name,
    policies: inOrderOf(program.policies, policies, policyKey),
    createdOn: group.created_on,
    modifiedOn: group.modified_on,
  };
}

function toReadResult(group: WireUserGroup, program: Pick<Inputs, "accountId" | "policies">) {
  const outputs = toOutputs(group, program);
  const { createdOn: _created, modifiedOn: _modified, ...inputs } = outputs;
  return { id: group.id, props: outputs, inputs };
}

function isNameTaken({ status, failure: { messages = [] } }: CloudflareError): boolean {
  return (
    (status === 400 || status === 409) && messages.some(({ message }) => /already|in use|exists|taken/i.test(message))
  );
}

/**
 * Whether Cloudflare refused policies because they carry no ids.
 *
 * The reference page wants each policy's id in a `PUT`; the live API was seen to refuse exactly that. So they go without,
 * and this tells when the page was right after all.
 */
function asksForPolicyIds(error: unknown): boolean {
  if (!(error instanceof CloudflareError) || error.status !== 400) return false;
  return (error.failure.messages ?? []).some(
    ({ message, source }) =>
      /^\/policies\/\d+\/id$/.test(source?.pointer ?? "") || (/polic/i.test(message) && /\bids?\b/i.test(message)),
  );
}

/** `policies` with the ids that the group has now: an unchanged policy keeps its own, a changed one takes one that is left. */
function withIdsOf(current: readonly WirePolicy[], policies: readonly WirePolicy[]): WirePolicy[] {
  const left = [...current];
  const take = (index: number) => (index < 0 ? undefined : left.splice(index, 1)[0]?.id);
  const keyOf = (policy: WirePolicy) => policyKey(fromWire(policy));
  const kept = policies.map((policy) => take(left.findIndex((candidate) => keyOf(candidate) === keyOf(policy))));
  return policies.map((policy, index) => {
    const id = kept[index] ?? take(left.length - 1);
    return id == null ? policy : { id, ...policy };
  });
}
