import type { GroupEndpoints } from "../cloudflare/api/groupEndpoints";
import type { Operation } from "../cloudflare/operation";
import type { Configuration } from "../config";
import { getOrCreate } from "../memoize";
import type { ProviderContext } from "../providerContext";
import type { CreateRequest } from "./createOnce";
import type { CheckResult, CreateResult, DiffResult, ReadResult, ResourceProvider, UpdateResult } from "./engine";
import { GroupLoader } from "./groupLoader";
import { assertMatchesProgram, type ImportOption, rejectReplaceOfImport } from "./importOption";
import { checkInputs, type InputRules, type UncheckedInputs } from "./inputs";
import { missingResult, undefinedIfNotFound } from "./notFound";
import type { RunState } from "./runState";
import { changedProperties, toDiffResult } from "./sets";

/** For each input its part of the request body. An input without an entry does not compile. */
export type BodyMapping<Inputs, Body> = {
  readonly [Property in keyof Inputs]: (value: Inputs[Property]) => Partial<Body>;
};

/** What distinguishes one kind of group from the other. */
export interface GroupSpec<Group, Body, Inputs, Outputs> {
  /** The kind's name in messages: `user group`. */
  displayName: string;
  endpoints: GroupEndpoints<Group, Body>;
  rules: InputRules<Inputs>;
  body: BodyMapping<Inputs, Body>;
  /** Returns the outputs for a group, with lists in the program's order. */
  toOutputs(group: Group, accountId: string, program?: Partial<Inputs>): Outputs;
  /** Returns the inputs that describe these outputs. */
  toInputs(outputs: Outputs): Inputs;
  timesOf(group: Group): { created: string; modified: string };
}

/** The lifecycle that both kinds of group share, in the engine's order. */
export abstract class GroupLifecycle<
  Group extends { id: string; name: string },
  Body,
  Inputs extends { accountId: string; name: string },
  Outputs extends Inputs,
> implements ResourceProvider<Inputs & ImportOption, Outputs>
{
  readonly #loaders = new Map<string, GroupLoader<Group>>();

  constructor(
    protected readonly context: ProviderContext,
    protected readonly run: RunState,
    protected readonly spec: GroupSpec<Group, Body, Inputs, Outputs>,
  ) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.context.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<CheckResult> {
    return checkInputs(olds, news, this.context, this.spec.rules);
  }

  async diff(id: string, olds: Outputs, news: Inputs & ImportOption): Promise<DiffResult> {
    this.run.knownGroupIds.add(id);
    return rejectReplaceOfImport(news, toDiffResult(this.#changes(olds, news), ["accountId"]));
  }

  async create(inputs: Inputs & ImportOption): Promise<CreateResult<Outputs>> {
    const { accountId, importId } = inputs;
    const write =
      importId === undefined ? this.createGroup(inputs, this.#createRequest(inputs)) : this.#import(importId, inputs);
    const group = await this.#trackWrite(accountId, write);
    return { id: group.id, outs: this.spec.toOutputs(group, accountId, inputs) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<ReadResult> {
    const accountId = this.context.accountOf(stored);
    const what = this.#describe(id, stored.name);
    const get = () => this.spec.endpoints.get(this.context.client.during(`read ${what}`), accountId, id);
    const group = await undefinedIfNotFound(this.#loaderOf(accountId).read(id, get));
    if (!group) return missingResult(stored.name !== undefined, what, accountId);
    const props = this.spec.toOutputs(group, accountId, stored);
    return { id, props, inputs: this.spec.toInputs(props) };
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<UpdateResult<Outputs>> {
    this.run.knownGroupIds.add(id);
    const { accountId } = news;
    const { endpoints } = this.spec;
    const operation = this.context.client.during(`update ${this.#describe(id, news.name)}`);
    const changes = this.#changes(olds, news);
    // Nothing changes when the engine repairs a resource whose creation failed half-way.
    const write =
      changes.size > 0 ? this.updateGroup(operation, id, olds, news, this.#bodyOf(news, changes)) : undefined;
    const group = await this.#trackWrite(
      accountId,
      Promise.resolve(write).then((updated) => updated ?? endpoints.get(operation, accountId, id)),
    );
    return { outs: this.spec.toOutputs(group, accountId, news) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    if (this.run.adoptedGroupIds.has(id)) return;
    // A forced replacement calls no diff. Without this, the group to delete could be adopted as an orphan.
    this.run.knownGroupIds.add(id);
    const accountId = this.context.accountOf(stored);
    const operation = this.context.client.during(`delete ${this.#describe(id, stored.name)}`);
    const deletion = this.spec.endpoints.delete(operation, accountId, id);
    await undefinedIfNotFound(this.#loaderOf(accountId).invalidateDuring(deletion));
  }

  /** Creates the group exactly once. */
  protected abstract createGroup(inputs: Inputs, request: CreateRequest<Group>): Promise<Group>;

  /** Sends `changes`, the body with the properties that changed. Returns nothing when the group must be read again. */
  protected abstract updateGroup(
    operation: Operation,
    id: string,
    olds: Outputs,
    news: Inputs,
    changes: Partial<Body>,
  ): Promise<Group | null | undefined>;

  /** Whether a group is what the program asks for. */
  protected matchesDesired(group: Group, desired: Inputs): boolean {
    return this.#changes(this.spec.toOutputs(group, desired.accountId, desired), desired).size === 0;
  }

  #changes(stored: Inputs, desired: Inputs): Set<keyof Inputs> {
    return changedProperties(this.spec.rules.canonicalizers, stored, desired);
  }

  #bodyOf(inputs: Inputs, properties: Iterable<keyof Inputs>): Partial<Body> {
    const parts = [...properties].map((property) => this.spec.body[property](inputs[property]));
    return Object.assign({}, ...parts);
  }

  #describe(id: string, name?: string): string {
    return `the ${this.spec.displayName} ${name === undefined ? "" : `${JSON.stringify(name)} `}(${id})`;
  }

  #loaderOf(accountId: string): GroupLoader<Group> {
    const { displayName, endpoints } = this.spec;
    return getOrCreate(
      this.#loaders,
      accountId,
      () =>
        new GroupLoader<Group>(this.context.clock, (onFirstPage) => {
          const operation = this.context.client.during(`list the ${displayName}s of the account ${accountId}`);
          return endpoints.listUnlessStopped(operation, accountId, onFirstPage);
        }),
    );
  }

  #trackWrite<T>(accountId: string, write: Promise<T>): Promise<T> {
    return this.run.trackWrite(this.#loaderOf(accountId).invalidateDuring(write));
  }

  #createRequest(inputs: Inputs): CreateRequest<Group> {
    const { displayName, endpoints, timesOf } = this.spec;
    const { accountId, name } = inputs;
    const { client } = this.context;
    const what = `the ${displayName} ${JSON.stringify(name)}`;
    const body = this.#bodyOf(
      inputs,
      keysOf(this.spec.body).filter((property) => !isEmptyList(inputs[property])),
    );
    return {
      what,
      inputs,
      post: () => endpoints.create(client.during(`create ${what}`), accountId, body),
      findByName: () => endpoints.listByName(client.during(`look for ${what}`), accountId, name),
      matchesDesired: (group) => this.matchesDesired(group, inputs),
      timesOf,
    };
  }

  async #import(id: string, inputs: Inputs): Promise<Group> {
    const { endpoints, rules, toOutputs } = this.spec;
    const what = this.#describe(id);
    const group = await endpoints.get(this.context.client.during(`import ${what}`), inputs.accountId, id);
    assertMatchesProgram<Inputs>(rules.canonicalizers, what, toOutputs(group, inputs.accountId, inputs), inputs);
    this.run.knownGroupIds.add(id);
    this.run.adoptedGroupIds.add(id);
    return group;
  }
}

function keysOf<T extends object>(object: T): (keyof T)[] {
  const keys: (keyof T)[] = [];
  for (const key in object) keys.push(key);
  return keys;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
