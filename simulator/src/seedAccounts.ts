import type { Clock } from "./clock";
import { ApiError } from "./envelope";
import type { AccountSeed, Seed } from "./seed";
import { Account } from "./state/account";
import type { PolicyRules } from "./state/policies";

/** A seed that cannot be loaded; the message names the field. */
export class SeedError extends Error {
  /** `pointer` is the JSON pointer of the field. */
  constructor(pointer: string, message: string) {
    super(`The seed cannot be used: ${fieldName(pointer)} ${message}.`);
    this.name = "SeedError";
  }
}

/** Builds the accounts of a seed, by id; throws a `SeedError` at the first entry that breaks a rule of the API. */
export function accountsOf(seed: Seed, clock: Clock, rules: PolicyRules): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const [at, accountSeed] of seed.accounts.entries()) {
    if (accounts.has(accountSeed.id)) throw new SeedError(`/accounts/${at}/id`, "is the id of an account before it");
    accounts.set(accountSeed.id, accountOf(accountSeed, `/accounts/${at}`, clock, rules));
  }
  for (const [at, { accounts: ids = [] }] of seed.credentials.entries()) {
    const unknown = ids.findIndex((id) => !accounts.has(id));
    if (unknown !== -1) throw new SeedError(`/credentials/${at}/accounts/${unknown}`, "is no account of the seed");
  }
  return accounts;
}

function accountOf(seed: AccountSeed, pointer: string, clock: Clock, rules: PolicyRules): Account {
  const account = new Account(seed.id, clock, rules);
  const { directory, userGroups, groupMembers, deploymentGroups } = account;
  each(seed.members, `${pointer}/members`, (member) => directory.addMember(member));
  each(seed.permission_groups, `${pointer}/permission_groups`, (group) => directory.addPermissionGroup(group));
  each(seed.resource_groups, `${pointer}/resource_groups`, (group) => directory.addResourceGroup(group));
  each(seed.user_groups, `${pointer}/user_groups`, (group, place) => {
    const { id } = userGroups.create(group);
    each(group.members, `${place}/members`, (member) => groupMembers.add(id, [member]));
  });
  each(seed.deployment_groups, `${pointer}/deployment_groups`, (group) => deploymentGroups.create(group));
  return account;
}

function each<T>(entries: T[] = [], pointer: string, add: (entry: T, place: string) => unknown): void {
  for (const [at, entry] of entries.entries()) {
    const place = `${pointer}/${at}`;
    try {
      add(entry, place);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Only an entry that is a whole object has the shape of the request body that the pointer is about.
      const within = typeof entry === "object" ? (error.errors[0]?.source?.pointer ?? "") : "";
      throw new SeedError(place + within, `is refused: ${error.message}`);
    }
  }
}

function fieldName(pointer: string): string {
  const name = pointer.replaceAll(/\/(\d+)(?=\/|$)/g, "[$1]").replaceAll("/", ".");
  return name === "" ? "the whole" : name.replace(/^\./, "");
}
