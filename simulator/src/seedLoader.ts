import type { FastifyInstance } from "fastify";
import { ApiError, describeSchemaError } from "./apiError";
import type { Clock } from "./clock";
import type { JsonSchema } from "./schemas/jsonSchema";
import { seedSchema, stateSchema } from "./schemas/seed";
import type { AccountSeed, Seed } from "./seed";
import { Account } from "./state/account";
import type { ApiVariants } from "./variants";

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
  assertSchema(app, seedSchema, seed);
}

/** Throws a `SeedError` if a value does not have the form of the accounts of a seed. */
export function assertState(app: FastifyInstance, state: unknown): asserts state is Pick<Seed, "accounts"> {
  assertSchema(app, stateSchema, state);
}

function assertSchema(app: FastifyInstance, schema: JsonSchema, value: unknown): void {
  const compile = app.validatorCompiler;
  if (compile === undefined) throw new Error("Fastify has no validator, though every route has a schema.");
  const validate = compile({ schema, method: "", url: "" });
  if (validate(value) === true) return;
  const [error] = validate.errors ?? [];
  if (error === undefined) throw new Error("Fastify rejects the seed without a reason.");
  const { pointer, message } = describeSchemaError(error);
  throw new SeedError(pointer, message);
}

/** Creates the accounts of a seed, by id. Throws a `SeedError` at the first entry that breaks a rule of the API. */
export function loadSeed({ accounts, credentials }: Seed, clock: Clock, variants: ApiVariants): Map<string, Account> {
  const loaded = loadAccounts(accounts, clock, variants);
  for (const [index, { accounts: ids = [] }] of credentials.entries()) {
    const unknown = ids.findIndex((id) => !loaded.has(id));
    if (unknown !== -1) {
      throw new SeedError(`/credentials/${index}/accounts/${unknown}`, "is not an account of the seed");
    }
  }
  return loaded;
}

/** Creates accounts by id. Throws a `SeedError` at the first entry that breaks a rule of the API. */
export function loadAccounts(seeds: AccountSeed[], clock: Clock, variants: ApiVariants): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const [index, seed] of seeds.entries()) {
    if (accounts.has(seed.id)) throw new SeedError(`/accounts/${index}/id`, "is the id of an earlier account");
    accounts.set(seed.id, loadAccount(seed, `/accounts/${index}`, clock, variants));
  }
  return accounts;
}

function loadAccount(seed: AccountSeed, pointer: string, clock: Clock, variants: ApiVariants): Account {
  const account = new Account(seed.id, clock, variants);
  const { resources, members, userGroups, groupMembers, deploymentGroups } = account;
  addEntries(seed.permission_groups, `${pointer}/permission_groups`, (group) => resources.addPermissionGroup(group));
  addEntries(seed.resource_groups, `${pointer}/resource_groups`, (group) => resources.addResourceGroup(group));
  if (variants.predefinedResourceGroup === "added") resources.addPredefinedResourceGroup(seed.id);
  addEntries(seed.members, `${pointer}/members`, (member) => members.add(member));
  addEntries(seed.user_groups, `${pointer}/user_groups`, (group, groupPointer) => {
    const { id } = userGroups.create(group);
    addEntries(group.members, `${groupPointer}/members`, (member) => groupMembers.add(id, [member]));
    if (group.modified_on !== undefined) userGroups.getRecord(id).modified_on = group.modified_on;
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
