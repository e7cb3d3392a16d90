import type { dynamic } from "@pulumi/pulumi";
import type { Configuration } from "../config";
import type { Connection } from "../connection";
import { remembered } from "../remembered";
import * as z from "../zod";
import { type Importable, mustMatch, unlessImported } from "./adoption";
import type { Creation } from "./creation";
import { GroupReads } from "./groupReads";
import { checkInputs, type InputRules, type UncheckedInputs } from "./inputs";
import { absent, ifPresent } from "./presence";
import { type CanonicalForms, changedProperties, diffResult } from "./sets";

/** The properties that every kind of group has. */
export type GroupProperties = { accountId: string; name: string };

/** One group as `read` answers it. */
export interface Reading<Outputs, Properties> {
  id: string;
  props: Outputs;
  inputs: Pick<Properties, keyof Properties>;
}

/** What makes a kind of group that kind. */
export interface GroupKind<Group, Properties, Outputs> extends InputRules<Properties> {
  /** What one is called in messages: `user group`. */
  noun: string;
  /** The permission that its calls need. */
  permission: string;
  /** The path of the groups of an account. */
  path(accountId: string): string[];
  /** What the API answers for one group. */
  result: z.ZodType<Group>;
  /** The query that narrows a listing down to the groups of a name, where the API has one. */
  namesakeQuery(name: string): Record<string, string>;
  /** The API's names and forms of these properties; of no others. */
  toBody(properties: Partial<Properties>): object;
  /** What is stored of a group, its lists in the program's order. */
  toOutputs(group: Group, accountId: string, program: Partial<Properties>): Outputs;
  createdAt(group: Group): string;
  modifiedAt(group: Group): string;
}

/** The lifecycle that all kinds of group share, in the engine's order. */
export abstract class GroupLifecycle<
  Group extends { id: string; name: string },
  Properties extends GroupProperties,
  Outputs extends Properties,
> implements dynamic.ResourceProvider<Properties & Importable, Outputs>
{
  readonly #readsByAccount = new Map<string, GroupReads<Group>>();

  constructor(
    protected readonly connection: Connection,
    protected readonly kind: GroupKind<Group, Properties, Outputs>,
  ) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.connection.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<dynamic.CheckResult> {
    return checkInputs(olds, news, this.connection, this.kind);
  }

  async diff(id: string, olds: Outputs, news: Properties & Importable): Promise<dynamic.DiffResult> {
    this.connection.claims.add(id);
    return unlessImported(news, diffResult(changedProperties(this.kind.forms, olds, news), ["accountId"]));
  }

  async create(inputs: Properties & Importable): Promise<dynamic.CreateResult<Outputs>> {
    const group = await this.#writing(
      inputs.accountId,
      inputs.importId === undefined
        ? this.created(inputs, this.#creation(inputs))
        : this.#imported(inputs.importId, inputs),
    );
    return { id: group.id, outs: this.kind.toOutputs(group, inputs.accountId, inputs) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    const accountId = this.connection.accountOf(stored);
    const what = this.described(id, stored.name);
    const group = await ifPresent(this.#reads(accountId).read(id, `read ${what}`));
    if (!group) return absent(stored.name !== undefined, what, accountId);
    return this.#readResult(group, accountId, stored);
  }

  /** What `read` would answer for each group of the account. */
  async readAll(accountId: string): Promise<Reading<Outputs, Properties>[]> {
    const groups = await this.list(accountId, `list the ${this.kind.noun}s of the account ${accountId}`);
    return groups.map((group) => this.#readResult(group, accountId));
  }

  /** What `read` would answer for one group, which must exist. */
  async readExisting(id: string, accountId: string): Promise<Reading<Outputs, Properties>> {
    return this.#readResult(await this.get(id, accountId, `get ${this.described(id, undefined)}`), accountId);
  }

  async update(id: string, olds: Outputs, news: Properties): Promise<dynamic.UpdateResult<Outputs>> {
    this.connection.claims.add(id);
    const changed = changedProperties(this.kind.forms, olds, news);
    const doing = `update ${this.described(id, news.name)}`;
    const group = await this.#writing(
      news.accountId,
      changed.size > 0
        ? this.updated(id, olds, news, this.kind.toBody(picked(news, changed)), doing)
        : // Nothing to send when the engine repairs a resource whose creation did not end well.
          this.get(id, news.accountId, doing),
    );
    return { outs: this.kind.toOutputs(group, news.accountId, news) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    if (this.connection.takenOver.has(id)) return;
    // A forced replacement comes here without a diff; what it deletes must not be taken for a group to be taken over.
    this.connection.claims.add(id);
    const { permission } = this.kind;
    const accountId = this.connection.accountOf(stored);
    const path = [...this.kind.path(accountId), id];
    const doing = `delete ${this.described(id, stored.name)}`;
    const deletion = this.connection.client.request({ doing, method: "DELETE", path, result: z.unknown(), permission });
    await ifPresent(this.#reads(accountId).writing(deletion));
  }

  /** Creates the group, exactly once. */
  protected abstract created(inputs: Properties, creation: Creation<Group>): Promise<Group>;

  /** Sends `changes`, the API's form of the properties that changed, and nothing else. */
  protected abstract updated(
    id: string,
    olds: Outputs,
    news: Properties,
    changes: object,
    doing: string,
  ): Promise<Group>;

  protected get(id: string, accountId: string, doing: string): Promise<Group> {
    const { result, permission } = this.kind;
    const path = [...this.kind.path(accountId), id];
    return this.connection.client.request({ doing, method: "GET", path, result, permission });
  }

  protected list(
    accountId: string,
    doing: string,
    query: Record<string, string> = {},
    decide?: (pagesLeft: number) => void,
  ): Promise<Group[]> {
    const { path, result, permission } = this.kind;
    return this.connection.client.list({ doing, path: path(accountId), query, result, permission, decide });
  }

  /** Whether a group is what the program says. */
  protected isAsWanted(group: Group, wanted: Properties): boolean {
    const { forms, toOutputs } = this.kind;
    return changedProperties(forms, toOutputs(group, wanted.accountId, wanted), wanted).size === 0;
  }

  protected described(id: string, name: string | undefined): string {
    return `the ${this.kind.noun} ${name === undefined ? "" : `${JSON.stringify(name)} `}(${id})`;
  }

  #reads(accountId: string): GroupReads<Group> {
    const source = {
      get: (id: string, doing: string) => this.get(id, accountId, doing),
      list: (decide: (pagesLeft: number) => void) =>
        this.list(accountId, `list the ${this.kind.noun}s of the account ${accountId}`, {}, decide),
    };
    return remembered(this.#readsByAccount, accountId, () => new GroupReads<Group>(this.connection.clock, source));
  }

  #writing<T>(accountId: string, write: Promise<T>): Promise<T> {
    return this.connection.writing(this.#reads(accountId).writing(write));
  }

  #creation(inputs: Properties): Creation<Group> {
    const { noun, path, result, permission, forms, namesakeQuery, toBody, createdAt, modifiedAt } = this.kind;
    const { accountId, name } = inputs;
    const what = `the ${noun} ${JSON.stringify(name)}`;
    const body = toBody(
      picked(
        inputs,
        keysOf(forms).filter((property) => !isEmptyList(inputs[property])),
      ),
    );
    return {
      what,
      inputs,
      post: () =>
        this.connection.client.request({
          doing: `create ${what}`,
          method: "POST",
          path: path(accountId),
          body,
          result,
          permission,
        }),
      namesakes: async () => {
        const groups = await this.list(accountId, `look for ${what}`, namesakeQuery(name));
        return groups.filter((group) => group.name === name);
      },
      isWanted: (group) => this.isAsWanted(group, inputs),
      createdAt,
      modifiedAt,
    };
  }

  async #imported(id: string, inputs: Properties): Promise<Group> {
    const what = this.described(id, undefined);
    const group = await this.get(id, inputs.accountId, `import ${what}`);
    mustMatch(this.kind.forms, what, this.kind.toOutputs(group, inputs.accountId, inputs), inputs);
    this.connection.claims.add(id);
    this.connection.takenOver.add(id);
    return group;
  }

  #readResult(group: Group, accountId: string, program: Partial<Properties> = {}): Reading<Outputs, Properties> {
    const props = this.kind.toOutputs(group, accountId, program);
    return { id: group.id, props, inputs: picked<Properties, keyof Properties>(props, keysOf(this.kind.forms)) };
  }
}

function picked<T, Key extends keyof T>(from: T, properties: Iterable<Key>): Pick<T, Key> {
  return Object.fromEntries([...properties].map((property) => [property, from[property]])) as Pick<T, Key>;
}

function keysOf<T>(forms: CanonicalForms<T>): (keyof T)[] {
  const keys: (keyof T)[] = [];
  for (const key in forms) keys.push(key);
  return keys;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
