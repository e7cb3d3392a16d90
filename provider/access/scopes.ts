import type { AccountAccess, PolicyResources, Scope } from "./account";

/** A part of the account to which a permission applies. */
export interface AccessScope {
  /** `account`, `zone:<id>`, the key of another object, or `group:<id>` for a resource group of unknown content. */
  readonly key: string;
  /** The scope for people, such as `zone example.com` or `whole account`. */
  readonly words: string;
}

export const wholeAccount = "account";

const accountPrefix = "com.cloudflare.api.account.";
const zonePrefix = `${accountPrefix}zone.`;

/** Whether everything in the scope `inner` is in the scope `outer` too. */
export function containsScope(outer: string, inner: string): boolean {
  return outer === wholeAccount || outer === inner;
}

/** Finds the scopes of policies. It knows the resource groups of one account. */
export class ScopeDirectory {
  readonly #groups: ReadonlyMap<string | undefined, PolicyResources>;
  /** The names of zones, by key. */
  readonly #names = new Map<string, string>();

  constructor(private readonly account: Pick<AccountAccess, "accountId" | "groups" | "people" | "resourceGroups">) {
    this.#groups = new Map(account.resourceGroups.map((group) => [group.id, group]));
    const policies = [...account.groups, ...account.people].flatMap((holder) => holder.policies);
    for (const group of [...account.resourceGroups, ...policies.flatMap(({ resources }) => resources ?? [])])
      this.#learnName(group);
  }

  /** Returns the scopes of a policy's resources, each once. */
  scopesOf(resources: readonly PolicyResources[] | undefined): AccessScope[] {
    if (resources === undefined) return [{ key: "unknown", words: "resources that Cloudflare does not name" }];
    const keys = resources.flatMap((group) => this.#keysOf(group));
    return [...new Set(keys)].map((key) => ({ key, words: this.#describe(key) }));
  }

  #keysOf(group: PolicyResources): string[] {
    const { id, scopes = this.#groups.get(id)?.scopes } = group;
    const keys = (scopes ?? []).flatMap((scope) => this.#targetsOf(scope));
    return keys.length > 0 ? keys : [`group:${id ?? "unknown"}`];
  }

  #targetsOf({ key, objects }: Scope): string[] {
    return objects.map((object) => {
      if (object.key.startsWith(zonePrefix)) return `zone:${object.key.slice(zonePrefix.length)}`;
      if (object.key !== "*") return object.key;
      if (key === `${accountPrefix}${this.account.accountId}`) return wholeAccount;
      return key.startsWith(zonePrefix) ? `zone:${key.slice(zonePrefix.length)}` : `${key}/*`;
    });
  }

  /** Cloudflare names zones only in the resource groups that hold one zone and have its name. */
  #learnName(group: PolicyResources): void {
    const name = group.name ?? this.#groups.get(group.id)?.name;
    const [key, ...others] = this.#keysOf(group);
    if (!name || name.startsWith(accountPrefix) || others.length > 0 || !key?.startsWith("zone:")) return;
    const known = this.#names.get(key);
    if (known === undefined || rankName(name) < rankName(known)) this.#names.set(key, name);
  }

  #describe(key: string): string {
    if (key === wholeAccount) return "whole account";
    if (key.startsWith("zone:")) return `zone ${this.#names.get(key) ?? key.slice("zone:".length)}`;
    if (key.startsWith("group:")) {
      const id = key.slice("group:".length);
      return `resource group ${this.#groups.get(id)?.name ?? id}`;
    }
    return key.startsWith(accountPrefix) ? key.slice(accountPrefix.length).replace(".", " ") : key;
  }
}

/** The name of a domain comes before other names, and names of one kind are in the order of their characters. */
function rankName(name: string): string {
  return `${/^[^\s.]+(\.[^\s.]+)+$/.test(name) ? 0 : 1}${name}`;
}
