import * as pulumi from "@pulumi/pulumi";
import { closeAddresses, closeNames } from "../closeNames";
import { emailOf, listAccountMembers, listPermissionGroups, listResourceGroups } from "../cloudflare/directory";
import { CloudflareError } from "../cloudflare/errors";
import type { WirePermissionGroup, WireResourceGroup } from "../cloudflare/wire";
import { SettingError } from "../config";
import { Connection } from "../connection";
import { DeploymentGroupLifecycle } from "../lifecycle/deploymentGroup";
import { addressKey } from "../lifecycle/memberNames";
import { UserGroupLifecycle } from "../lifecycle/userGroup";
import { UserGroupMembersLifecycle } from "../lifecycle/userGroupMembers";
import { remembered } from "../remembered";
import type { GetAccountMemberResult } from "./accountMember";
import type { GetDeploymentGroupResult } from "./deploymentGroup";
import { readable, type Settings, type Wanted } from "./lookup";
import type { GetPermissionGroupResult } from "./permissionGroup";
import type { GetResourceGroupResult } from "./resourceGroup";
import type { GetUserGroupResult } from "./userGroup";
import type { GetUserGroupMembersResult } from "./userGroupMembers";

/** What makes an item the one that is looked for, and tells it apart from others. */
interface Distinction<Item> {
  /** What it is looked up by. */
  keyOf(item: Item): string | undefined;
  /** What is told beside the ids of several that are called the same. */
  detailsOf?(item: Item): readonly (string | undefined)[];
  /** Which keys a wrong one was most likely meant to be. Default: `closeNames`. */
  close?(wanted: string, keys: readonly string[]): string[];
}

/** An account as look-ups see it: each list is read once for a program, when the first look-up wants it. */
export class Account {
  readonly permissionGroups: () => Promise<readonly GetPermissionGroupResult[]>;
  readonly resourceGroups: () => Promise<readonly GetResourceGroupResult[]>;
  readonly #members: () => Promise<readonly GetAccountMemberResult[]>;
  readonly userGroups: () => Promise<readonly GetUserGroupResult[]>;
  readonly deploymentGroups: () => Promise<readonly GetDeploymentGroupResult[]>;
  readonly #connection: Connection;
  readonly #userGroup: UserGroupLifecycle;
  readonly #deploymentGroup: DeploymentGroupLifecycle;
  readonly #membersOf = new Map<string, () => Promise<GetUserGroupMembersResult>>();

  /**
   * @throws SettingError when there is no credential.
   * @internal
   */
  constructor(
    readonly id: string,
    connection: Connection,
  ) {
    const { client } = connection;
    this.#connection = connection;
    this.#userGroup = new UserGroupLifecycle(connection);
    this.#deploymentGroup = new DeploymentGroupLifecycle(connection);
    this.permissionGroups = once(async () =>
      (await listPermissionGroups(client, id)).map((group) => toPermissionGroup(group, id)),
    );
    this.resourceGroups = once(async () =>
      (await listResourceGroups(client, id)).map((group) => toResourceGroup(group, id)),
    );
    this.#members = once(async () =>
      (await listAccountMembers(client, id)).flatMap((member) => {
        const email = emailOf(member);
        if (email === undefined) return [];
        return { accountId: id, id: member.id, email, ...(member.status ? { status: member.status } : {}) };
      }),
    );
    this.userGroups = once(async () => (await this.#userGroup.readAll(id)).map(toResult));
    this.deploymentGroups = once(async () => (await this.#deploymentGroup.readAll(id)).map(toResult));
  }

  /** The member with this address, in upper or lower case. */
  async member({ value, ...wanted }: Wanted): Promise<GetAccountMemberResult> {
    return this.only(
      await this.#members(),
      { ...wanted, value: addressKey(value) },
      { keyOf: ({ email }) => addressKey(email), close: closeAddresses },
    );
  }

  async userGroup(userGroupId: string): Promise<GetUserGroupResult> {
    return toResult(await adviseOnId(this.#userGroup.readExisting(userGroupId, this.id), "userGroupId"));
  }

  async deploymentGroup(deploymentGroupId: string): Promise<GetDeploymentGroupResult> {
    const reading = this.#deploymentGroup.readExisting(deploymentGroupId, this.id);
    return toResult(await adviseOnId(reading, "deploymentGroupId"));
  }

  userGroupMembers(userGroupId: string): Promise<GetUserGroupMembersResult> {
    const read = async () => {
      const reading = new UserGroupMembersLifecycle(this.#connection).readMembersOf(userGroupId, this.id);
      return toResult(await adviseOnId(reading, "userGroupId"));
    };
    return remembered(this.#membersOf, userGroupId, () => once(read))();
  }

  /**
   * The one among `items` that is looked for.
   *
   * @throws RunError when there is none, with the closest names, and when there are several, with their ids.
   */
  only<Item extends { readonly id: string }>(
    items: readonly Item[],
    { what, by, value, otherwise }: Wanted,
    { keyOf, detailsOf = () => [], close = closeNames }: Distinction<Item>,
  ): Item {
    const found = items.filter((item) => keyOf(item) === value);
    const [first] = found;
    if (first && found.length === 1) return first;
    if (!first) {
      const keys = items.map(keyOf).filter((key) => key !== undefined);
      const likely = close(value, keys).map((key) => JSON.stringify(key));
      throw new pulumi.RunError(
        `Could not get ${what}: the account ${this.id} has none of this ${by}.` +
          `${likely.length > 0 ? ` Close: ${likely.join(", ")}.` : ""}\n` +
          `  What to do: correct the ${by}, or the account. A look-up does not find what the same \`pulumi up\` creates: use ` +
          "the outputs of the resource instead.",
      );
    }
    const ids = found.map((item) => [item.id, ...detailsOf(item).filter((detail) => detail !== undefined)].join(", "));
    throw new pulumi.RunError(
      `Could not get ${what}: the account ${this.id} has ${found.length} of this ${by}: ${ids.join("; ")}.\n` +
        `  What to do: choose one ${otherwise.map((key) => `by its \`${key}\`, or `).join("")}by its id without a look-up.`,
    );
  }
}

// One process may run several programs, with the Automation API or in tests; each has a monitor of its own.
const accountsByProgram = new WeakMap<
  object,
  { connections: Map<string, Connection>; accounts: Map<string, Account> }
>();

/**
 * The account that a look-up looks in.
 *
 * Accounts that are reached with the same credential share a client, whose rate limit counts the calls to all of them.
 *
 * @throws RunError when a setting is missing or cannot be used.
 */
export function accountFor(settings: Settings, accountId: string | undefined, what: string): Account {
  const program = pulumi.runtime.getMonitor() ?? process;
  const { connections, accounts } = remembered(accountsByProgram, program, () => ({
    connections: new Map(),
    accounts: new Map(),
  }));
  const connection = new Connection({ ...process.env });
  connection.configure({ get: (key) => settings[key] });
  try {
    const id = connection.accountOf({ accountId });
    const { baseUrl, credential } = connection.settings;
    const destination = JSON.stringify([baseUrl, credential]);
    const shared = remembered(connections, destination, () => connection);
    return remembered(accounts, `${id} ${destination}`, () => new Account(id, shared));
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    throw new pulumi.RunError(`Could not get ${what}, which needs its settings at preview too: ${error.message}`);
  }
}

/** Reads when it is first asked to, and gives the same to all who ask later. A reading that failed is not kept. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read().catch((error) => {
      reading = undefined;
      // The SDK reports the same error once, however many look-ups it ends.
      throw readable(error);
    });
    return reading;
  };
}

/** Gives a reading that finds nothing the advice that a look-up by id needs. */
async function adviseOnId<T>(reading: Promise<T>, argument: string): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof CloudflareError) || !error.isGone) throw error;
    throw error.withHint(
      `check \`${argument}\`, and the account in \`accountId\`, the provider or cloudflare:accountId.`,
    );
  }
}

/** What a look-up gives of a reading. */
function toResult<Props>({ id, props }: { id: string; props: Props }): { id: string } & Props {
  return { id, ...props };
}

function toPermissionGroup({ id, name, meta }: WirePermissionGroup, accountId: string): GetPermissionGroupResult {
  const { label, scopes } = meta ?? {};
  return { accountId, id, name, ...(label ? { label } : {}), ...(scopes ? { scopes } : {}) };
}

function toResourceGroup({ id, name, scope }: WireResourceGroup, accountId: string): GetResourceGroupResult {
  if (!scope) return { accountId, id, name };
  const objects = (scope.objects ?? []).map(({ key }) => ({ key }));
  return { accountId, id, name, scope: { key: scope.key, objects } };
}
