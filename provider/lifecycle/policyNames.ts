import { listPermissionGroups, listResourceGroups } from "../cloudflare/api/account";
import type { Operation } from "../cloudflare/operation";
import type { OperationLimits } from "../cloudflare/request";
import { errorMessage } from "../errorMessage";
import { indexByName } from "../idsByName";
import { getOrCreate } from "../memoize";
import type { ProviderContext } from "../providerContext";
import type { PolicyInput, UserGroupPolicy } from "../resourceTypes";
import { AccountList } from "./accountList";
import { type CheckFailure, containsUnknown, isKnownText } from "./engine";
import type { UncheckedInputs } from "./inputs";
import { describeNameProblem, findRepeated, type NamedItem, nouns } from "./nameProblems";
import { expandPolicies, policySetSchema } from "./policyInputs";
import {
  addIds,
  asResolved,
  type KnownIds,
  listRefs,
  type RefKind,
  refKinds,
  storedIds,
  unresolvedNames,
} from "./policyRefs";
import type { RunState } from "./runState";
import { sameSet } from "./sets";
import { policyKey } from "./userGroupMapping";

/** The inputs of a resource that has policies. */
interface PolicyInputs {
  accountId: string;
  policies: PolicyInput[];
}

type Lists = Partial<Record<RefKind, readonly NamedItem[]>>;

const readers: Record<RefKind, (operation: Operation, accountId: string) => Promise<NamedItem[]>> = {
  permissionGroups: async (operation, accountId) =>
    (await listPermissionGroups(operation, accountId)).map(({ id, name, meta }) => ({
      id,
      name: name ?? "",
      details: [meta?.label, meta?.scopes].flatMap((detail) => detail ?? []),
    })),
  resourceGroups: async (operation, accountId) =>
    (await listResourceGroups(operation, accountId)).map(({ id, name, scope }) => ({
      id,
      name: name ?? "",
      details: (scope ?? []).flatMap(({ objects }) => objects.map(({ key }) => key)),
    })),
};

/** Resolves the names in policies. One list of each kind serves all resources of a run. */
export class PolicyNames {
  readonly #lists = new Map<string, AccountList<NamedItem>>();
  /** The inputs whose policies the state has in the same words. */
  readonly #unchanged = new Set<string>();

  constructor(
    private readonly context: ProviderContext,
    private readonly run: RunState,
  ) {}

  /**
   * Returns the policies with the ids of everything that they name.
   *
   * @param operation What needs the ids, for the error message.
   * @throws One error that lists every name that does not match exactly one object, and every repeated element.
   */
  async resolve(
    policies: readonly PolicyInput[],
    accountId: string,
    operation: { readonly name: string },
  ): Promise<UserGroupPolicy[]> {
    const lists: Lists = {};
    for (const kind of refKinds) {
      const names = unresolvedNames(policies, kind);
      if (names.length > 0) lists[kind] = await this.#search(kind, accountId, names);
    }
    const withIds = addIds(policies, listedIds(lists));
    const problems = [...findProblems(policies, accountId, lists), ...findRepeated(withIds)];
    const resolved = problems.length === 0 ? asResolved(withIds) : undefined;
    if (resolved) return resolved;
    throw new Error(
      errorMessage({
        operation: operation.name,
        reason: "names in its policies are wrong. Nothing was written.",
        details: problems.map(({ property, reason }) => `${property}: ${reason}`),
        advice: "correct the names, or use ids. List each element once.",
      }),
    );
  }

  /**
   * Returns a failure for every wrong name.
   *
   * It reads a list only for names that are not in the stored inputs.
   *
   * @param news The program's inputs. Their order is the one of the failures' paths.
   * @param checked The same inputs after all other checks.
   */
  async check(olds: UncheckedInputs, news: UncheckedInputs, checked: UncheckedInputs): Promise<CheckFailure[]> {
    const { accountId } = checked;
    const { policies } = expandPolicies({ ...news, accountId });
    const refs = listRefs(policies).filter(({ name }) => name !== undefined);
    if (refs.length === 0 || !isKnownText(accountId)) return [];
    const stored = olds.accountId === accountId ? policySetSchema.safeParse(olds.policies).data : undefined;
    const known = new Set(listRefs(stored).map(({ kind, name }) => JSON.stringify([kind, name])));
    const lists: Lists = {};
    for (const kind of refKinds) {
      const ofKind = refs.filter((ref) => ref.kind === kind);
      if (ofKind.every(({ name }) => known.has(JSON.stringify([kind, name])))) continue;
      const list = await this.#searchAtPreview(
        kind,
        accountId,
        ofKind.flatMap(({ name }) => name ?? []),
      );
      if (list) lists[kind] = list;
    }
    const failures = findProblems(policies, accountId, lists);
    const desired = containsUnknown(policies) ? undefined : policySetSchema.safeParse(policies).data;
    if (!desired) return failures;
    if (stored && sameSet(stored, desired, policyKey)) this.#unchanged.add(keyOf(checked));
    return [...failures, ...findRepeated(addIds(desired, listedIds(lists)))];
  }

  /**
   * Returns desired policies for a comparison with stored ones, with every id that is known.
   *
   * The stored outputs pair names with ids. They come first, so that a resource without a change shows none, whatever other
   * resources have read. A name without an id counts as a change.
   *
   * @throws An error that lists what the policies repeat: once by name and once by id.
   */
  async addKnownIds(stored: PolicyInputs, desired: PolicyInputs): Promise<PolicyInput[]> {
    const { accountId, policies } = desired;
    // A resource that is only read has no policies among its inputs.
    if (!Array.isArray(policies) || containsUnknown([accountId, policies])) return policies;
    if (refKinds.every((kind) => unresolvedNames(policies, kind).length === 0)) return policies;
    const isSameAccount = stored.accountId === accountId;
    const paired = isSameAccount ? addIds(policies, storedIds(stored.policies)) : policies;
    const isUnresolved = (kind: RefKind) => unresolvedNames(paired, kind).length > 0;
    // The outputs of a program that has switched from ids to names have no names. The same words still mean the same.
    if (isSameAccount && refKinds.some(isUnresolved) && this.#unchanged.has(keyOf(desired))) return stored.policies;
    const lists: Lists = {};
    for (const kind of refKinds.filter(isUnresolved)) {
      const list = await this.#searchAtPreview(kind, accountId, unresolvedNames(paired, kind));
      if (list) lists[kind] = list;
    }
    const withIds = addIds(paired, listedIds(lists));
    const repeated = findRepeated(withIds);
    if (repeated.length === 0) return withIds;
    throw new Error(
      errorMessage({
        operation: "compare the policies with the stack's state",
        reason: "the program repeats elements of a set.",
        details: repeated.map(({ property, reason }) => `${property}: ${reason}`),
      }),
    );
  }

  #searchAtPreview(kind: RefKind, accountId: string, names: readonly string[]) {
    return this.run.previewReads.attempt(this.context, `${kind} ${accountId}`, (limits) =>
      this.#search(kind, accountId, names, limits),
    );
  }

  #search(
    kind: RefKind,
    accountId: string,
    names: readonly string[],
    limits?: OperationLimits,
  ): Promise<readonly NamedItem[]> {
    const what = `${nouns[kind]}s of the account ${accountId}`;
    const list = getOrCreate(
      this.#lists,
      what,
      () =>
        new AccountList<NamedItem>(async (limits) => {
          const items = await readers[kind](this.context.client.during(`list the ${what}`, limits), accountId);
          for (const { id, name } of items) this.run.names.record(id, name);
          return items;
        }),
    );
    return list.search((items) => names.every((name) => items.some((item) => item.name === name)), limits);
  }
}

/** Returns a failure for each name that does not match exactly one object. A kind without a list is not checked. */
function findProblems(policies: unknown, accountId: string, lists: Lists): CheckFailure[] {
  return listRefs(policies).flatMap(({ kind, path, name }) => {
    const items = lists[kind];
    const reason = items && name !== undefined ? describeNameProblem(kind, name, items, accountId) : undefined;
    return reason === undefined ? [] : [{ property: `${path}.name`, reason }];
  });
}

function listedIds(lists: Lists): KnownIds {
  const { permissionGroups = [], resourceGroups = [] } = lists;
  return { permissionGroups: indexByName(permissionGroups), resourceGroups: indexByName(resourceGroups) };
}

/** Returns a text that is the same for the inputs that `check` returns and `diff` receives, whatever their form. */
function keyOf(inputs: object): string {
  const { accountId, name, userGroupId, policies }: UncheckedInputs = { ...inputs };
  const keys = policySetSchema.safeParse(policies).data?.map(policyKey).sort();
  return JSON.stringify([accountId, name, userGroupId, keys]);
}
