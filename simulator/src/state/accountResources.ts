import { createHash } from "node:crypto";
import { ApiError } from "../apiError";
import { createId32 } from "../ids";
import type { InlineResourceGroup, PermissionGroupSeed, ResourceGroupSeed } from "../seed";

/** The permission groups and resource groups of one account. */
export class AccountResources {
  /** From the oldest to the newest. */
  readonly permissionGroups = new Map<string, PermissionGroupSeed>();
  readonly resourceGroups = new Map<string, ResourceGroupSeed>();
  /** The resource groups that policies define by their scope. Each one belongs to one policy. */
  readonly anonymousResourceGroups = new Map<string, ResourceGroupSeed>();

  addPermissionGroup(seed: PermissionGroupSeed): void {
    addUnique(this.permissionGroups, seed, "Permission group");
  }

  addResourceGroup(seed: ResourceGroupSeed): void {
    addUnique(this.resourceGroups, seed, "Resource group");
  }

  /** Returns whether an id belongs to a resource group, which may be anonymous. */
  hasResourceGroup(id: string): boolean {
    return this.resourceGroups.has(id) || this.anonymousResourceGroups.has(id);
  }

  /** Makes sure that the account has the resource group that contains the whole account. */
  addPredefinedResourceGroup(accountId: string): void {
    const name = `com.cloudflare.api.account.${accountId}`;
    const existing = [...this.resourceGroups.values()].find((group) => group.name === name);
    const id = existing?.id ?? createHash("md5").update(name).digest("hex");
    const scope = existing?.scope ?? { key: name, objects: [{ key: "*" }] };
    this.resourceGroups.set(id, { id, name, scope, meta: { ...existing?.meta, editable: "false" } });
  }

  /** Returns the id of the new group. */
  addAnonymousResourceGroup({ id = createId32(), scope, meta }: InlineResourceGroup): string {
    this.anonymousResourceGroups.set(id, structuredClone({ id, scope, ...(meta === undefined ? {} : { meta }) }));
    return id;
  }
}

function addUnique<T extends { id: string }>(items: Map<string, T>, item: T, kind: string): void {
  if (items.has(item.id)) throw new ApiError(400, { code: 1001, message: `${kind} ${item.id} already exists` });
  items.set(item.id, item);
}
