import type { FastifyInstance } from "fastify";
import { ApiError, describeSchemaError } from "./apiError";
import type { Clock } from "./clock";
import { seedSchema } from "./schemas";
import type { AccountSeed, Seed } from "./seed";
import { Account } from "./state/account";
import type { PolicyRules } from "./state/policies";

/** The simulator cannot load the seed. The message names the field. */
export class SeedError extends Error {
  /** `pointer` is the JSON pointer of the field. */
  constructor(pointer: string, message: string) {
    super(`The seed is invalid: ${formatField(pointer)} ${message}.`);
    this.name = "SeedError";
  }
}

/** Throws a `SeedError` if a value does not have the form of a seed. */
export function assertSeed(app: FastifyInstance, seed: unknown): asserts seed is Seed {
  const compile = app.validatorCompiler;
  if (compile === undefined) throw new Error("Fastify has no validator, though every route has a schema.");
  const validate = compile({ schema: seedSchema, method: "", url: "" });
  if (validate(seed) === true) return;
  const [error] = validate.errors ?? [];
  if (error === undefined) return;
  const { pointer, message } = describeSchemaError(error);
  throw new SeedError(pointer, message);
}

/** Creates the accounts of a seed, by id. Throws a `SeedError` at the first entry that breaks a rule of the API. */
export function loadSeed(seed: Seed, clock: Clock, rules: PolicyRules): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const [index, accountSeed] of seed.accounts.entries()) {
    if (accounts.has(accountSeed.id)) {
      throw new SeedError(`/accounts/${index}/id`, "is the id of an earlier account");
    }
    accounts.set(accountSeed.id, loadAccount(accountSeed, `/accounts/${index}`, clock, rules));
  }
  for (const [index, { accounts: ids = [] }] of seed.credentials.entries()) {
    const unknown = ids.findIndex((id) => !accounts.has(id));
    if (unknown !== -1)
      throw new SeedError(`/credentials/${index}/accounts/${unknown}`, "is not an account of the seed");
  }
  return accounts;
}

function loadAccount(seed: AccountSeed, pointer: string, clock: Clock, rules: PolicyRules): Account {
  const account = new Account(seed.id, clock, rules);
  const { resources, userGroups, groupMembers, deploymentGroups } = account;
  addEntries(seed.members, `${pointer}/members`, (member) => resources.addMember(member));
  addEntries(seed.permission_groups, `${pointer}/permission_groups`, (group) => resources.addPermissionGroup(group));
  addEntries(seed.resource_groups, `${pointer}/resource_groups`, (group) => resources.addResourceGroup(group));
  addEntries(seed.user_groups, `${pointer}/user_groups`, (group, groupPointer) => {
    const { id } = userGroups.create(group);
    addEntries(group.members, `${groupPointer}/members`, (member) => groupMembers.add(id, [member]));
  });
  addEntries(seed.deployment_groups, `${pointer}/deployment_groups`, (group) => deploymentGroups.create(group));
  return account;
}

function addEntries<T>(entries: T[] = [], pointer: string, add: (entry: T, entryPointer: string) => unknown): void {
  for (const [index, entry] of entries.entries()) {
    const entryPointer = `${pointer}/${index}`;
    try {
      add(entry, entryPointer);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // The error's pointer refers to a request body. Only an entry that is an object has the form of one.
      const fieldPointer = typeof entry === "object" ? (error.errors[0]?.source?.pointer ?? "") : "";
      throw new SeedError(entryPointer + fieldPointer, `is rejected: ${error.message}`);
    }
  }
}

function formatField(pointer: string): string {
  const field = pointer.replaceAll(/\/(\d+)(?=\/|$)/g, "[$1]").replaceAll("/", ".");
  return field === "" ? "it" : field.replace(/^\./, "");
}
