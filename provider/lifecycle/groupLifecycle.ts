import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { Configuration } from "../config";
import { errorMessage } from "../errorMessage";
import type { ProviderContext } from "../providerContext";
import { logInfo, logWarning } from "../terminalText";
import { logChange } from "./changeSummary";
import type { CreateRequest } from "./createOnce";
import {
  type CheckResult,
  type CreateResult,
  containsUnknown,
  type DiffResult,
  type ReadResult,
  type ResourceProvider,
  type UpdateResult,
} from "./engine";
import { GroupLoaders } from "./groupLoaders";
import { bodyOf, createBodyOf, type GroupSpec } from "./groupSpec";
import { assertMatchesProgram, type ImportOption, rejectReplaceOfImport, warnOfReplacedImport } from "./importOption";
import { checkInputs, isStored, type UncheckedInputs } from "./inputs";
import {
  InitializationFailed,
  isUnverified,
  keepProvider,
  markUnverified,
  missingResult,
  toError,
  undefinedIfNotFound,
} from "./notFound";
import type { RunState } from "./runState";
import { changedProperties, toDiffResult } from "./sets";

/**
 * The lifecycle that both kinds of group share, in the engine's order.
 *
 * `Resolved` are the inputs with the ids of everything that they name.
 */
export abstract class GroupLifecycle<
  Group extends { id: string; name: string },
  Body,
  Inputs extends { accountId: string; name: string },
  Outputs extends Resolved,
  Resolved extends Inputs = Inputs,
> implements ResourceProvider<Inputs & ImportOption, Outputs>
{
  readonly #loaders: GroupLoaders<Group>;

  constructor(
    protected readonly context: ProviderContext,
    protected readonly run: RunState,
    protected readonly spec: GroupSpec<Group, Body, Inputs, Outputs, Resolved>,
  ) {
    this.#loaders = new GroupLoaders(context, spec.displayName, spec.endpoints);
  }

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.context.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<CheckResult> {
    const { inputs, failures = [] } = checkInputs(olds, news, this.context, this.spec.rules);
    if (failures.length > 0) return { inputs, failures };
    this.spec.declarations.recordCheck(inputs, isStored(olds));
    if (this.#isNameDeclaredTwice(inputs)) failures.push({ property: "name", reason: this.#duplicateReason });
    if (!isStored(olds)) warnOfReplacedImport(inputs, this.spec.displayName);
    return { inputs, failures };
  }

  async diff(id: string, olds: Outputs, news: Inputs & ImportOption): Promise<DiffResult> {
    const desired = await this.addKnownIds(olds, news);
    const result = rejectReplaceOfImport(news, toDiffResult(this.#changes(olds, desired), ["accountId"]));
    const { declarations, displayName, summarize } = this.spec;
    if (!containsUnknown(news.name)) this.run.names.record(id, news.name);
    if (!declarations.recordDiff(id, news, result)) {
      // A refresh compares every resource of the state. A resource that is only read has no name among its inputs.
      if (news.name !== undefined) this.run.stackGroupIds.add(id);
      return result;
    }
    const isTaken = declarations.isBoundTwice(id) || this.run.importedIds.has(id);
    if (!isTaken && !this.#isNameDeclaredTwice(news)) {
      if (result.changes !== false) logChange(summarize(olds, desired));
      return result;
    }
    throw new Error(
      errorMessage({
        operation: `manage ${this.#describe(id, news.name)}`,
        reason: isTaken ? `another resource of this program has this ${displayName} too.` : this.#duplicateReason,
        advice: "remove one of the two from the program; the group and its content stay.",
      }),
    );
  }

  async create(inputs: Inputs & ImportOption): Promise<CreateResult<Outputs>> {
    const { accountId, importId, name } = inputs;
    const isImport = importId !== undefined && !this.#isReplaced(importId, inputs);
    const operation = isImport ? `import ${this.#describe(importId)}` : `create ${this.#describeNew(name)}`;
    const desired = await this.resolveNames(inputs, { name: operation });
    const create = () => this.createGroup(desired, this.#createRequest(desired));
    const write = isImport
      ? this.#import(importId, desired)
      : this.run.creates.run(this.#nameKey(accountId, name), create);
    const group = await this.trackWrite(accountId, write);
    this.run.names.record(group.id, group.name);
    return { id: group.id, outs: this.spec.toOutputs(group, accountId, desired) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<ReadResult> {
    const accountId = this.context.accountOf(stored);
    const what = this.#describe(id, stored.name);
    const group = await this.readShared(accountId, id, what);
    if (!group) return missingResult(stored.name !== undefined, what, accountId);
    const props = this.spec.toOutputs(group, accountId, stored);
    return { id, props, inputs: this.spec.toInputs(props) };
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<UpdateResult<Outputs>> {
    const operation = this.context.client.during(`update ${this.#describe(id, news.name)}`);
    const desired = await this.resolveNames(news, operation);
    const group = await this.trackWrite(news.accountId, this.#updateUntilDesired(operation, id, olds, desired));
    return { outs: this.spec.toOutputs(group, news.accountId, desired) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const what = this.#describe(id, stored.name);
    if (this.isKept(id, stored)) {
      logWarning(`Keeping ${what}, because another resource of the program manages it.`);
      return;
    }
    const accountId = this.context.accountOf(stored);
    await this.assertDeletable(id, accountId, what);
    const deletion = this.spec.endpoints.delete(this.context.client.during(`delete ${what}`), accountId, id);
    await undefinedIfNotFound(this.#loaders.of(accountId).invalidateDuring(deletion));
    this.run.deletedIds.add(id);
    this.run.deletedNames.add(this.#nameKey(accountId, stored.name));
    logInfo(`Deleted ${what}.`);
  }

  /** Reads a group, alone or in a list that it shares with other reads; undefined when the group does not exist. */
  readShared(accountId: string, id: string, what: string): Promise<Group | undefined> {
    const get = () => this.spec.endpoints.get(this.context.client.during(`read ${what}`), accountId, id);
    return undefinedIfNotFound(this.#loaders.of(accountId).read(id, get));
  }

  /** Waits for a write to a group of the account. No list from before its end serves a later read. */
  trackWrite<T>(accountId: string, write: Promise<T>): Promise<T> {
    return this.run.trackWrite(this.#loaders.of(accountId).invalidateDuring(write));
  }

  /** Whether a deletion must leave the group alone, because another resource of the program needs it. */
  protected isKept(id: string, _stored: Outputs): boolean {
    return this.spec.declarations.keeps(id) || this.run.importedIds.has(id);
  }

  /**
   * Returns the inputs with the ids of everything that they name.
   *
   * @param operation What needs the ids, for the error message.
   * @throws An error that lists every wrong name. Nothing is written then.
   */
  protected abstract resolveNames(inputs: Inputs, operation: { readonly name: string }): Promise<Resolved>;

  /** Returns desired inputs with the ids that are known, for a comparison with stored outputs. */
  protected async addKnownIds(_stored: Outputs, desired: Inputs): Promise<Inputs> {
    return desired;
  }

  /** Creates the group exactly once. */
  protected abstract createGroup(inputs: Resolved, request: CreateRequest<Group>): Promise<Group>;

  /** Sends `changes`, the body with the properties that changed. Returns nothing when the group must be read again. */
  protected abstract updateGroup(
    operation: Operation,
    id: string,
    olds: Outputs,
    news: Resolved,
    changes: Partial<Body>,
  ): Promise<Group | null | undefined>;

  /** @throws An error when a deletion would remove more than the settings allow. */
  protected async assertDeletable(_id: string, _accountId: string, _what: string): Promise<void> {}

  /** Whether a group matches the program. */
  protected matchesDesired(group: Group, desired: Resolved): boolean {
    return this.#changes(this.spec.toOutputs(group, desired.accountId, desired), desired).size === 0;
  }

  /**
   * Sends the changed properties. After an update with an unverified outcome, also sends every other difference.
   *
   * Otherwise it keeps other differences, because another program may have changed them. When the outcome of this update is
   * unknown, the state gets the current values.
   */
  async #updateUntilDesired(operation: Operation, id: string, olds: Outputs, news: Resolved): Promise<Group> {
    const { endpoints, toOutputs } = this.spec;
    const get = () => endpoints.get(operation, news.accountId, id);
    const differences = (group: Group) => this.#changes(toOutputs(group, news.accountId, news), news);
    let known: Group | undefined;
    let isWritten = false;
    const send = async (from: Outputs, changes: Set<keyof Inputs>) => {
      const response = await this.updateGroup(operation, id, from, news, bodyOf(this.spec.body, news, changes));
      isWritten = true;
      return response ?? (await get());
    };
    try {
      const changes = this.#changes(olds, news);
      known = changes.size > 0 ? await send(olds, changes) : await get();
      const mayBeOutdated = changes.size === 0 || isUnverified(olds);
      if (!mayBeOutdated || differences(known).size === 0) return known;
      known = await get();
      const remaining = differences(known);
      return remaining.size === 0 ? known : await send(toOutputs(known, news.accountId, news), remaining);
    } catch (error) {
      const isRejected = error instanceof CloudflareError && !error.outcomeUnknown;
      this.run.failedGroupIds.add(id);
      // Another group's write may have moved policies out of this group before its own write failed.
      const isUnchanged = known === undefined && !isWritten && !this.run.movedPolicyIds.has(id);
      if (isUnchanged && isRejected) throw error;
      const current = await get().catch(() => known);
      if (current && differences(current).size === 0) return current;
      const outputs = current ? toOutputs(current, news.accountId, news) : markUnverified(olds);
      throw new InitializationFailed(id, keepProvider(outputs, news), toError(error));
    }
  }

  /** Whether this run has deleted the imported group. Then a replacement is under way, which creates a new group. */
  #isReplaced(importId: string, { accountId, name }: Inputs): boolean {
    const { deletedIds, deletedNames } = this.run;
    return deletedIds.has(importId) || deletedNames.has(this.#nameKey(accountId, name));
  }

  #nameKey(accountId: string, name: string): string {
    return JSON.stringify([this.spec.displayName, accountId, name]);
  }

  #isNameDeclaredTwice(inputs: Inputs): boolean {
    return this.spec.hasUniqueName && this.spec.declarations.isDeclaredTwice(inputs);
  }

  get #duplicateReason(): string {
    return `is the name of two ${this.spec.displayName}s of this program: names are unique in an account`;
  }

  #changes(stored: Inputs, desired: Inputs): Set<keyof Inputs> {
    return changedProperties(this.spec.rules.canonicalizers, stored, desired);
  }

  #describe(id: string, name?: string): string {
    return `the ${this.spec.displayName} ${name === undefined ? "" : `${JSON.stringify(name)} `}(${id})`;
  }

  #describeNew(name: string): string {
    return `the ${this.spec.displayName} ${JSON.stringify(name)}`;
  }

  #createRequest(inputs: Resolved): CreateRequest<Group> {
    const { endpoints, hasUniqueName, timesOf } = this.spec;
    const { accountId, name } = inputs;
    const { client } = this.context;
    const what = this.#describeNew(name);
    const body = createBodyOf(this.spec.body, inputs);
    return {
      what,
      inputs,
      hasUniqueName,
      post: () => endpoints.create(client.during(`create ${what}`), accountId, body),
      findByName: () => endpoints.listByName(client.during(`look for ${what}`), accountId, name),
      matchesDesired: (group) => this.matchesDesired(group, inputs),
      timesOf,
    };
  }

  async #import(id: string, inputs: Resolved): Promise<Group> {
    const { declarations, endpoints, rules, toOutputs } = this.spec;
    const what = this.#describe(id);
    if (declarations.inputsOf(id) || this.run.importedIds.has(id))
      throw new Error(
        errorMessage({
          operation: `import ${what}`,
          reason: "another resource of this program manages it.",
          advice: "remove the option `import`, or one of the two resources.",
        }),
      );
    // A second import of the same group may begin before this one has read it.
    this.run.importedIds.add(id);
    try {
      const group = await endpoints.get(this.context.client.during(`import ${what}`), inputs.accountId, id);
      assertMatchesProgram<Inputs>(rules.canonicalizers, what, toOutputs(group, inputs.accountId, inputs), inputs);
      return group;
    } catch (error) {
      this.run.importedIds.delete(id);
      throw error;
    }
  }
}
