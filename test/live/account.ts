import { randomBytes } from "node:crypto";
import Cloudflare from "cloudflare";
import type { LiveSettings } from "./settings";

/** A real account through Cloudflare's own library, for checks and for changes by hand. */
export class LiveAccount {
  readonly client: Cloudflare;
  /** The prefix of all names that this run creates. No other object has it. */
  readonly prefix = `pulumi-cloudflare-groups-live-${randomBytes(6).toString("hex")}`;
  readonly #account_id: string;

  constructor({ accountId, apiToken, baseUrl }: LiveSettings) {
    this.#account_id = accountId;
    // With null, the library does not read another credential from the environment.
    this.client = new Cloudflare({ apiToken, baseURL: baseUrl, apiEmail: null, apiKey: null });
  }

  /** Lists the user groups of this run. */
  async userGroups() {
    return this.#listOwn(this.client.iam.userGroups.list({ account_id: this.#account_id }));
  }

  /** Lists the deployment groups of this run. */
  async deploymentGroups() {
    return this.#listOwn(this.client.zeroTrust.devices.deploymentGroups.list({ account_id: this.#account_id }));
  }

  async memberIds(userGroupId: string): Promise<string[]> {
    const ids: string[] = [];
    const list = this.client.iam.userGroups.members.list(userGroupId, { account_id: this.#account_id });
    for await (const { id } of list) if (id) ids.push(id);
    return ids;
  }

  /** Returns two permission groups, read-only ones of the account level if possible. */
  async permissionGroups(): Promise<string[]> {
    const found: { id: string; rank: number }[] = [];
    const list = this.client.iam.permissionGroups.list({ account_id: this.#account_id });
    for await (const { id, name, meta } of list) {
      const accountBonus = meta?.scopes === "com.cloudflare.api.account" ? 1 : 0;
      found.push({ id, rank: (name?.endsWith(" Read") ? 2 : 0) + accountBonus });
    }
    if (found.length < 2)
      throw new Error("The account lists fewer than two permission groups, but the policy needs two.");
    found.sort((left, right) => right.rank - left.rank);
    return found.slice(0, 2).map(({ id }) => id);
  }

  /** Returns the resource group of the whole account. */
  async resourceGroup(): Promise<string> {
    const list = this.client.iam.resourceGroups.list({ account_id: this.#account_id });
    const key = `com.cloudflare.api.account.${this.#account_id}`;
    for await (const { id, scope } of list)
      if (scope.key === key && scope.objects.some((object) => object.key === "*")) return id;
    throw new Error("The account lists no resource group of the whole account, which the policy needs.");
  }

  async renameUserGroup(id: string, name: string): Promise<void> {
    await this.client.iam.userGroups.update(id, { account_id: this.#account_id, name });
  }

  async setMembers(userGroupId: string, ids: string[]): Promise<void> {
    const members = ids.map((id) => ({ id }));
    await this.client.iam.userGroups.members.update(userGroupId, { account_id: this.#account_id, members });
  }

  async renameDeploymentGroup(id: string, name: string): Promise<void> {
    await this.client.zeroTrust.devices.deploymentGroups.edit(id, { account_id: this.#account_id, name });
  }

  /** Deletes the remaining objects of this run and no others. */
  async removeEverything(): Promise<void> {
    const { iam, zeroTrust } = this.client;
    const account = { account_id: this.#account_id };
    const failures: string[] = [];
    const remove = async (kind: string, list: Promise<{ id: string; name: string }[]>, one: Removal) => {
      try {
        for (const { id, name } of await list) {
          await one(id).catch((error: Error) => failures.push(`the ${kind} ${name} (${id}): ${error.message}`));
        }
      } catch (error) {
        failures.push(`the list of ${kind}s: ${error instanceof Error ? error.message : error}`);
      }
    };
    await remove("user group", this.userGroups(), async (id) => iam.userGroups.delete(id, account));
    await remove("deployment group", this.deploymentGroups(), async (id) =>
      zeroTrust.devices.deploymentGroups.delete(id, account),
    );
    if (failures.length > 0)
      throw new Error(
        [
          `Could not remove everything again from the account ${this.#account_id}. Delete every user group and`,
          `deployment group by hand whose name begins with ${this.prefix}. What failed:`,
          ...failures.map((failure) => `- ${failure}`),
        ].join("\n"),
      );
  }

  async #listOwn<T extends { id?: string; name?: string }>(all: AsyncIterable<T>) {
    const found: (T & { id: string; name: string })[] = [];
    for await (const group of all) {
      const { id, name } = group;
      if (id && name?.startsWith(this.prefix)) found.push({ ...group, id, name });
    }
    return found;
  }
}

type Removal = (id: string) => Promise<unknown>;
