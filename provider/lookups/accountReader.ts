import * as pulumi from "@pulumi/pulumi";
import { emailOf, listAccountMembers, listPermissionGroups, listResourceGroups } from "../cloudflare/api/account";
import { deploymentGroups } from "../cloudflare/api/deploymentGroups";
import { groupMembers } from "../cloudflare/api/groupMembers";
import { completeUserGroup, listUserGroups, userGroups } from "../cloudflare/api/userGroups";
import type { CloudflareClient } from "../cloudflare/client";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiAccountMember, ApiPermissionGroup, ApiResourceGroup, ApiUserGroup } from "../cloudflare/schemas";
import { SettingError } from "../config";
import { errorMessage } from "../errorMessage";
import { AccountList } from "../lifecycle/accountList";
import { toDeploymentGroupOutputs } from "../lifecycle/deploymentGroupMapping";
import { toUserGroupMembersOutputs } from "../lifecycle/groupMembersMapping";
import { describeWrongId } from "../lifecycle/inputs";
import { normalizeEmail } from "../lifecycle/memberRefs";
import { toUserGroupOutputs } from "../lifecycle/userGroupMapping";
import { AsyncMemo, getOrCreate } from "../memoize";
import { ProviderContext } from "../providerContext";
import type { ResourceKind, ResourceTypes } from "../resourceTypes";
import { suggestEmails, suggestNames } from "../suggestions";
import { type LookupQuery, type LookupSettings, toRunError } from "./query";
import type {
  GetAccountMemberResult,
  GetDeploymentGroupResult,
  GetPermissionGroupResult,
  GetResourceGroupResult,
  GetUserGroupMembersResult,
  GetUserGroupResult,
} from "./results";

/** The result of a lookup. It does not compile when it lacks one of the resource's outputs. */
type CompleteResult<Kind extends ResourceKind, Result extends Readonly<ResourceTypes[Kind]["outputs"]>> = Result;
type UserGroupResult = CompleteResult<"userGroup", GetUserGroupResult>;
type DeploymentGroupResult = CompleteResult<"deploymentGroup", GetDeploymentGroupResult>;
type MembersResult = CompleteResult<"userGroupMembers", GetUserGroupMembersResult>;

/** How the items of a list are compared with a query. */
interface Matcher<Item> {
  keyOf(item: Item): string | undefined;
  /** Returns what distinguishes several matching items, in addition to their ids. */
  detailsOf?(item: Item): readonly (string | undefined)[];
  /** Returns the keys that a misspelled one may stand for. Default: `suggestNames`. */
  suggest?(misspelled: string, keys: readonly string[]): string[];
}

/** Reads an account for lookups. Each list is read once for a program, when a lookup first needs it. */
export class AccountReader {
  readonly #memos = new Map<string, AsyncMemo<unknown>>();
  readonly #members = new AccountList<ApiAccountMember>((_limits, isEnough) =>
    failWithRunError(
      this.#read("members", (operation, accountId) => listAccountMembers(operation, accountId, isEnough)),
    ),
  );
  readonly #client: CloudflareClient;

  /**
   * @throws SettingError when there is no credential.
   * @internal
   */
  constructor(
    readonly accountId: string,
    context: ProviderContext,
  ) {
    this.#client = context.client;
  }

  permissionGroups(): Promise<readonly GetPermissionGroupResult[]> {
    return this.#list("permission groups", listPermissionGroups, toPermissionGroup);
  }

  resourceGroups(): Promise<readonly GetResourceGroupResult[]> {
    return this.#list("resource groups", listResourceGroups, toResourceGroup);
  }

  userGroups(): Promise<readonly UserGroupResult[]> {
    return this.#list("user groups", userGroups.list, toUserGroup);
  }

  /** Finds the user group with this name. It reads the policies of no other group. */
  async findUserGroup(query: LookupQuery): Promise<UserGroupResult> {
    const groups = await this.#list("user groups by name", listUserGroups, (group) => group);
    const group = this.findOne(groups, query, { keyOf: ({ name }) => name });
    const operation = this.#client.during(`get ${query.what}`);
    const complete = await adviseOnNotFound(completeUserGroup(operation, this.accountId, group));
    return toUserGroup(complete, this.accountId);
  }

  deploymentGroups(): Promise<readonly DeploymentGroupResult[]> {
    return this.#list("deployment groups", deploymentGroups.list, (group, accountId) => ({
      id: group.id,
      ...toDeploymentGroupOutputs(group, accountId),
    }));
  }

  /** Finds the member with this email, in upper or lower case. */
  async findMember(query: LookupQuery): Promise<GetAccountMemberResult> {
    const value = normalizeEmail(query.value);
    const members = await this.#members.search((items) =>
      items.some((member) => normalizeEmail(emailOf(member)) === value),
    );
    return this.findOne(
      members.flatMap((member) => toMember(member, this.accountId)),
      { ...query, value },
      { keyOf: ({ email }) => normalizeEmail(email), suggest: suggestEmails },
    );
  }

  async userGroup(id: string): Promise<UserGroupResult> {
    const operation = this.#client.during(`get the user group (${id})`);
    const group = await adviseOnNotFound(userGroups.get(operation, this.accountId, id), "userGroupId");
    return toUserGroup(group, this.accountId);
  }

  async deploymentGroup(id: string): Promise<DeploymentGroupResult> {
    const operation = this.#client.during(`get the deployment group (${id})`);
    const group = await adviseOnNotFound(deploymentGroups.get(operation, this.accountId, id), "deploymentGroupId");
    return { id, ...toDeploymentGroupOutputs(group, this.accountId) };
  }

  userGroupMembers(userGroupId: string): Promise<MembersResult> {
    const group = { accountId: this.accountId, userGroupId };
    return this.#memoize(`members of ${userGroupId}`, async () => {
      const operation = this.#client.during(`list the members of the user group ${userGroupId}`);
      const members = await adviseOnNotFound(groupMembers.list(operation, group), "userGroupId");
      return { id: userGroupId, ...toUserGroupMembersOutputs(members, group) };
    });
  }

  /**
   * Finds the one item that matches the query.
   *
   * @throws RunError with similar names when no item matches, and with the ids when several items match.
   */
  findOne<Item extends { readonly id: string }>(
    items: readonly Item[],
    { what, key, value, otherKeys }: LookupQuery,
    { keyOf, detailsOf = () => [], suggest = suggestNames }: Matcher<Item>,
  ): Item {
    const operation = `get ${what}`;
    const found = items.filter((item) => keyOf(item) === value);
    const [first] = found;
    if (first && found.length === 1) return first;
    if (!first) {
      const keys = items.flatMap((item) => keyOf(item) || []);
      const similar = suggest(value, keys).map((suggestion) => JSON.stringify(suggestion));
      const reason =
        `the account ${this.accountId} has none with this ${key}.` +
        `${similar.length > 0 ? ` Similar: ${similar.join(", ")}.` : ""}`;
      const advice =
        `correct the ${key}, or the account. A lookup does not find what the same \`pulumi up\` creates: use the outputs ` +
        "of the resource instead.";
      throw new pulumi.RunError(errorMessage({ operation, reason, advice }));
    }
    const ids = found.map((item) => [item.id, ...detailsOf(item).filter((detail) => detail !== undefined)].join(", "));
    const reason = `the account ${this.accountId} has ${found.length} with this ${key}: ${ids.join("; ")}.`;
    const advice = `choose one ${otherKeys.map((other) => `by its \`${other}\`, or `).join("")}by its id without a lookup.`;
    throw new pulumi.RunError(errorMessage({ operation, reason, advice }));
  }

  #list<Item, Result>(
    displayName: string,
    list: (operation: Operation, accountId: string) => Promise<Item[]>,
    toResult: (item: Item, accountId: string) => Result,
  ): Promise<readonly Result[]> {
    return this.#memoize(displayName, async () => {
      const items = await this.#read(displayName, list);
      return items.map((item) => toResult(item, this.accountId));
    });
  }

  #read<Item>(
    displayName: string,
    list: (operation: Operation, accountId: string) => Promise<Item[]>,
  ): Promise<Item[]> {
    const operation = this.#client.during(`list the ${displayName} of the account ${this.accountId}`);
    return adviseOnNotFound(list(operation, this.accountId));
  }

  #memoize<T>(key: string, read: () => Promise<T>): Promise<T> {
    return (getOrCreate(this.#memos, key, () => new AsyncMemo<unknown>()) as AsyncMemo<T>).get(() =>
      failWithRunError(read()),
    );
  }
}

/** One process may run several programs, with the Automation API or in tests. Each program has its own monitor. */
const stateByProgram = new WeakMap<
  object,
  { contexts: Map<string, ProviderContext>; readers: Map<string, AccountReader> }
>();

/**
 * Returns the reader of the account that a lookup searches.
 *
 * Lookups with the same credential share a client, because the rate limit counts all requests of a credential.
 *
 * @throws RunError when a setting is missing or cannot be used.
 */
export function readerFor(settings: LookupSettings, accountId: string | undefined, what: string): AccountReader {
  const program = pulumi.runtime.getMonitor() ?? process;
  const { contexts, readers } = getOrCreate(stateByProgram, program, () => ({
    contexts: new Map(),
    readers: new Map(),
  }));
  const context = new ProviderContext({ ...process.env });
  context.configure({ get: (key) => settings[key] });
  try {
    const id = context.accountOf({ accountId });
    if (id.length !== 32) throw new SettingError("accountId", describeWrongId(id));
    const { baseUrl, credential } = context.settings;
    const destination = JSON.stringify([baseUrl, credential]);
    const shared = getOrCreate(contexts, destination, () => context);
    return getOrCreate(readers, `${id} ${destination}`, () => new AccountReader(id, shared));
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    throw new pulumi.RunError(`Could not get ${what}, which needs its settings at preview too: ${error.message}`);
  }
}

/** Converts a failure once for all lookups that share the request. The SDK prints one error once. */
function failWithRunError<T>(request: Promise<T>): Promise<T> {
  return request.catch((error) => {
    throw toRunError(error);
  });
}

/** Replaces the advice after a 404, because a refresh of the stack does not help a lookup. */
async function adviseOnNotFound<T>(request: Promise<T>, argument?: string): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof CloudflareError) || error.status !== 404 || error.details.kind !== "rejected") throw error;
    const what = argument === undefined ? "the account" : `\`${argument}\`, and the account`;
    throw error.withAdvice(`check ${what} in \`accountId\`, the provider or cloudflare:accountId.`);
  }
}

function toUserGroup(group: ApiUserGroup, accountId: string): UserGroupResult {
  return { id: group.id, ...toUserGroupOutputs(group, accountId) };
}

/** Returns no result for a member without an email. */
function toMember(member: ApiAccountMember, accountId: string): GetAccountMemberResult[] {
  const { id, status } = member;
  const email = emailOf(member);
  return email === undefined ? [] : [{ accountId, id, email, ...(status ? { status } : {}) }];
}

function toPermissionGroup({ id, name, meta }: ApiPermissionGroup, accountId: string): GetPermissionGroupResult {
  const { label, scopes } = meta ?? {};
  return { accountId, id, name: name ?? "", ...(label ? { label } : {}), ...(scopes ? { scopes } : {}) };
}

function toResourceGroup({ id, name, scope }: ApiResourceGroup, accountId: string): GetResourceGroupResult {
  const [first] = scope ?? [];
  return { accountId, id, name: name ?? "", ...(first ? { scope: first } : {}) };
}
