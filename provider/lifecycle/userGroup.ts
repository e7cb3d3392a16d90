import { CloudflareError } from "../cloudflare/errors";
import { member, userGroup, type WirePolicy, type WireUserGroup } from "../cloudflare/wire";
import type { Connection } from "../connection";
import type { UserGroupPolicy } from "../userGroup";
import { type Creation, createOnce, halfMade, takeOver, takeOverAdvice } from "./creation";
import { GroupLifecycle } from "./groupLifecycle";
import { accountIdSchema, idSetSchema, nameSchema, objectOf, oneOf, setOf } from "./inputs";
import { ifPresent } from "./presence";
import { asIs, asSet, inOrderOf } from "./sets";

type Properties = {
  accountId: string;
  name: string;
  policies: readonly UserGroupPolicy[];
};

type Outputs = Properties & {
  createdOn: string;
  modifiedOn: string;
};

const policySchema = objectOf({
  access: oneOf(["allow", "deny"]),
  permissionGroups: idSetSchema,
  resourceGroups: idSetSchema,
});

const policyIdAttempts = 3;

/** What every call on user groups and their members needs. */
export const permission = '"SCIM Provisioning" or "Account Settings Write"';

/** The lifecycle of a `UserGroup`: what is its own beside what all groups share. */
export class UserGroupLifecycle extends GroupLifecycle<WireUserGroup, Properties, Outputs> {
  constructor(connection: Connection) {
    super(connection, {
      noun: "user group",
      permission,
      path: (accountId) => ["accounts", accountId, "iam", "user_groups"],
      result: userGroup,
      inputs: objectOf({ accountId: accountIdSchema, name: nameSchema, policies: setOf(policySchema, policyKey) }),
      optionalLists: ["policies"],
      forms: { accountId: asIs, name: asIs, policies: asSet(policyKey) },
      namesakeQuery: (name) => ({ name }),
      toBody: ({ name, policies }) => ({
        ...(name === undefined ? {} : { name }),
        ...(policies === undefined ? {} : { policies: policies.map(toWire) }),
      }),
      toOutputs,
      createdAt: (group) => group.created_on,
      modifiedAt: (group) => group.modified_on,
    });
  }

  protected override created(inputs: Properties, creation: Creation<WireUserGroup>): Promise<WireUserGroup> {
    return createOnce(this.connection, creation).catch((error) => this.#whereNameIsTaken(error, inputs, creation));
  }

  protected override async updated(
    id: string,
    _olds: Outputs,
    news: Properties,
    changes: { policies?: WirePolicy[] },
    doing: string,
  ): Promise<WireUserGroup> {
    const { client } = this.connection;
    const path = [...this.kind.path(news.accountId), id];
    const put = (body: object) =>
      client.request({ doing, method: "PUT", path, body, result: userGroup.nullish(), permission });
    const answer = await put(changes).catch((error) => this.#withPolicyIds(error, id, news, changes, put, doing));
    return answer ?? this.get(id, news.accountId, doing);
  }

  /** Sends a refused change again with the ids that the group's policies have now, where the refusal asks for them. */
  async #withPolicyIds(
    refusal: unknown,
    id: string,
    news: Properties,
    changes: { policies?: WirePolicy[] },
    put: (body: object) => Promise<WireUserGroup | null | undefined>,
    doing: string,
  ): Promise<WireUserGroup | null | undefined> {
    if (!changes.policies || !asksForPolicyIds(refusal)) throw refusal;
    // A try whose answer is lost changes the ids; the group may be right by then, or want other ids than those just read.
    for (let attempt = 0; attempt < policyIdAttempts; attempt++) {
      const current = await this.get(id, news.accountId, doing);
      if (attempt > 0 && this.isAsWanted(current, news)) return current;
      const body = { ...changes, policies: withIdsOf(current.policies ?? [], changes.policies) };
      try {
        return await put(body);
      } catch (error) {
        if (!(error instanceof CloudflareError) || error.status !== 400) throw error;
        if (!asksForPolicyIds(error)) break;
      }
    }
    // The first refusal is the one to tell: what came of the others may only be that they carried ids.
    throw refusal;
  }

  /** Names are unique in an account: a taken one may be that of the group which a killed pipeline has left half-made. */
  async #whereNameIsTaken(
    error: unknown,
    inputs: Properties,
    creation: Creation<WireUserGroup>,
  ): Promise<WireUserGroup> {
    if (!(error instanceof CloudflareError) || !isNameTaken(error)) throw error;
    const [namesake] = await creation.namesakes();
    if (!namesake) throw error;
    const candidate = halfMade(this.connection, creation, [namesake]);
    if (candidate && !(await this.#hasMembers(candidate.id, inputs.accountId, creation.what)))
      return takeOver(this.connection, creation.what, candidate);
    const owner = this.connection.claims.has(namesake.id) ? "another resource of this program has it" : "it exists";
    throw error.withHint(
      `${owner} under the id ${namesake.id}; choose another name or, ${takeOverAdvice(namesake.id)}.`,
    );
  }

  async #hasMembers(id: string, accountId: string, what: string): Promise<boolean> {
    const path = [...this.kind.path(accountId), id, "members"];
    const { client } = this.connection;
    const members = await ifPresent(client.list({ doing: `look into ${what}`, path, result: member, permission }));
    // A group of a few seconds may answer 404 for its members: nobody is in it yet.
    return members !== undefined && members.length > 0;
  }
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

function toOutputs(group: WireUserGroup, accountId: string, program: Partial<Properties>): Outputs {
  const wanted = program.policies ?? [];
  const inProgram = new Map(wanted.map((policy) => [policyKey(policy), policy]));
  const policies = (group.policies ?? []).map(fromWire).map((policy) => inProgram.get(policyKey(policy)) ?? policy);
  return {
    accountId,
    name: group.name,
    policies: inOrderOf(wanted, policies, policyKey),
    createdOn: group.created_on,
    modifiedOn: group.modified_on,
  };
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
      !/re-?us/i.test(message) &&
      (/^\/policies\/\d+\/id$/.test(source?.pointer ?? "") || (/polic/i.test(message) && /\bids?\b/i.test(message))),
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
