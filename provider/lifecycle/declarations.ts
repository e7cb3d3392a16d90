import { getOrCreate } from "../memoize";
import { containsUnknown, type DiffResult } from "./engine";

// The engine says little about the program. It calls `check` once for each declared resource that the command targets. It
// calls `check` again, without stored inputs, when the resource is replaced. If the create of a replacement failed in an
// earlier run, it does so although the diff shows no change. It calls `diff` with the checked inputs of an existing resource.
// A refresh calls `diff` too, with the stored inputs and without a `check`. A resource that is only deleted gets neither call.
// No call carries the resource's name in the program.

/** The checks of inputs with the same key in this run. */
interface Checks {
  /** Checks of resources that the state already has. */
  existing: number;
  /** Checks of resources that are created, also as replacements. */
  fresh: number;
  /**
   * Whether one more resource was checked. It may be the unchanged one, if an earlier run did not complete its
   * replacement.
   */
  mayCompleteReplacement: boolean;
}

interface Binding<Inputs> {
  inputs: Inputs;
  /** How many resources of the program have the object. */
  count: number;
  /** Whether the engine may still replace the resource: `replaceOnChanges` decides after `diff`. */
  isFinal: boolean;
}

/** The resources of one type that the program declares in this run, as far as the engine's calls show. */
export class Declarations<Inputs extends object> {
  readonly #checks = new Map<string, Checks>();
  readonly #inputsByKey = new Map<string, Inputs[]>();
  /** The checked inputs whose `diff` has not come yet. A `diff` of other inputs belongs to a refresh. */
  readonly #awaitingDiff = new Map<string, number>();
  readonly #bindings = new Map<string, Binding<Inputs>>();

  /** @param keyOf Returns the key that only one resource of the program may have, such as the account and the name. */
  constructor(private readonly keyOf: (inputs: Inputs) => readonly string[]) {}

  /** Records a `check`. Inputs whose key is unknown during preview are not recorded. */
  recordCheck(inputs: Inputs, isExisting: boolean): void {
    const checked = normalize(inputs);
    this.#awaitingDiff.set(checked, (this.#awaitingDiff.get(checked) ?? 0) + 1);
    const key = this.#keyOf(inputs);
    if (key === undefined) return;
    getOrCreate<string, Inputs[]>(this.#inputsByKey, key, () => []).push(inputs);
    const checks = getOrCreate<string, Checks>(this.#checks, key, () => ({ ...noChecks }));
    if (isExisting) checks.existing += 1;
    else if (!checks.mayCompleteReplacement && this.#isUnchanged(inputs)) checks.mayCompleteReplacement = true;
    else checks.fresh += 1;
  }

  /** Records the result of a `diff`, and returns false when the `diff` belongs to a refresh. */
  recordDiff(id: string, inputs: Inputs, result: DiffResult): boolean {
    const checked = normalize(inputs);
    const awaited = this.#awaitingDiff.get(checked) ?? 0;
    if (awaited === 0) return false;
    this.#awaitingDiff.set(checked, awaited - 1);
    // A replaced resource does not keep its object.
    if (result.replaces?.length) return true;
    const count = (this.#bindings.get(id)?.count ?? 0) + 1;
    this.#bindings.set(id, { inputs, count, isFinal: result.changes === false });
    return true;
  }

  /** Whether two resources of the program have the object with this id. */
  isBoundTwice(id: string): boolean {
    return (this.#bindings.get(id)?.count ?? 0) > 1;
  }

  /** Returns the inputs of the resource that the program declares for the object with this id. */
  inputsOf(id: string): Inputs | undefined {
    return this.#bindings.get(id)?.inputs;
  }

  /** Returns the ids of the objects that the program's resources have, with their inputs. */
  entries(): [id: string, inputs: Inputs][] {
    return [...this.#bindings].map(([id, { inputs }]) => [id, inputs]);
  }

  /** Returns the checked inputs with the same key as these. */
  withKeyOf(inputs: Inputs): readonly Inputs[] {
    const key = this.#keyOf(inputs);
    return key === undefined ? [] : (this.#inputsByKey.get(key) ?? []);
  }

  /**
   * Whether two resources of the program certainly have the same key.
   *
   * One existing and one new resource may be one that is replaced. It is certain when `diff` found the existing one unchanged
   * and the new one differs from it.
   */
  isDeclaredTwice(inputs: Inputs): boolean {
    const key = this.#keyOf(inputs);
    const { existing, fresh } = (key !== undefined && this.#checks.get(key)) || noChecks;
    if (existing > 1 || fresh > 1) return true;
    if (existing !== 1 || fresh !== 1) return false;
    return [...this.#bindings.values()].some((binding) => binding.isFinal && this.#keyOf(binding.inputs) === key);
  }

  /** Whether a resource of the program that the state already has has the same key. */
  isStored(inputs: Inputs): boolean {
    const key = this.#keyOf(inputs);
    return key !== undefined && (this.#checks.get(key)?.existing ?? 0) > 0;
  }

  /** Whether the resource that has the object with this id has other inputs than these. */
  isDeclaredDifferently(id: string, inputs: Inputs): boolean {
    const declared = this.#bindings.get(id)?.inputs;
    return declared !== undefined && toText(declared) !== toText(inputs);
  }

  /** Whether a resource of the program keeps the object with this id, so that a deletion must leave it alone. */
  keeps(id: string): boolean {
    const binding = this.#bindings.get(id);
    if (!binding) return false;
    const key = this.#keyOf(binding.inputs);
    const isReplaced = !binding.isFinal && key !== undefined && (this.#checks.get(key)?.fresh ?? 0) > 0;
    return !isReplaced;
  }

  /** Whether the `diff` of a resource with these inputs found no change. */
  #isUnchanged(inputs: Inputs): boolean {
    return [...this.#bindings.values()].some((binding) => binding.isFinal && toText(binding.inputs) === toText(inputs));
  }

  #keyOf(inputs: Inputs): string | undefined {
    const key = this.keyOf(inputs);
    return containsUnknown(key) ? undefined : JSON.stringify(key);
  }
}

const noChecks: Checks = { existing: 0, fresh: 0, mayCompleteReplacement: false };

/** Returns a text that is the same for equal inputs. Their lists are sets, so the order of a list means nothing. */
function toText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toText).sort().join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const entries = Object.entries(value).filter(([key]) => key !== "__provider");
  return `{${entries
    .map(([key, inner]) => `${JSON.stringify(key)}:${toText(inner)}`)
    .sort()
    .join()}}`;
}

/** Returns a text that is the same for the inputs that `check` returns and `diff` receives. */
function normalize(inputs: object): string {
  return JSON.stringify(inputs, (key, value: unknown) => {
    if (key === "__provider") return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}
