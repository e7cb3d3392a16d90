import { missingAccountReason } from "../advice";
import { SettingError } from "../config";
import type { ProviderContext } from "../providerContext";
import * as z from "../zod";
import { type CheckFailure, type CheckResult, containsUnknown, isUnknown } from "./engine";
import { type Canonicalizers, changedProperties } from "./sets";

/** The inputs of a resource as the engine passes them: nothing is validated yet. */
export type UncheckedInputs = Record<string, unknown>;

/** How a resource's inputs are validated and compared. */
export interface InputRules<Inputs> {
  schema: z.ZodType<Inputs>;
  /** Returns the inputs without the short forms that a program may use. It gets the completed inputs. */
  expand?: (inputs: UncheckedInputs) => UncheckedInputs;
  /** The lists that a program may leave out. */
  optionalLists: readonly (keyof Inputs & string)[];
  canonicalizers: Canonicalizers<Inputs>;
  /** For each list, the function that puts a changed list into the stored order. */
  arrangers?: { readonly [Property in keyof Inputs]?: Arrange<Inputs[Property]> };
}

/** Returns the desired list in the order of the stored one. Elements may be unknown during preview. */
type Arrange<List> = (stored: List, desired: List) => List;

/**
 * Validates and completes a resource's inputs.
 *
 * The account defaults to the one in the settings. An optional list defaults to the empty list, so that the two are the
 * same from here on. The result lists every failure with the path of its property. Values that are unknown during preview
 * pass, wherever they are. It never throws and sends no request.
 */
export function checkInputs<Inputs>(
  olds: UncheckedInputs,
  news: UncheckedInputs,
  context: ProviderContext,
  rules: InputRules<Inputs>,
): CheckResult {
  const { importId, ...given } = withoutProvider(news);
  let completed = given;
  const settingFailures: CheckFailure[] = [];
  try {
    const { accountId } = context.settings;
    if (accountId !== undefined) completed.accountId ??= accountId;
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    settingFailures.push({ property: error.setting, reason: error.reason });
  }
  for (const list of rules.optionalLists) completed[list] ??= [];
  completed = rules.expand?.(completed) ?? completed;
  const parsed = rules.schema.safeParse(completed);
  const inputFailures = (parsed.error?.issues ?? [])
    .filter(({ path }) => !isUnknownAt(completed, path))
    // Without the settings it is unknown whether the account is missing.
    .filter(({ path }) => settingFailures.length === 0 || path[0] !== "accountId" || completed.accountId != null)
    .flatMap(toFailures);
  const failures = settingFailures.concat(inputFailures);
  if (failures.length === 0) Object.assign(completed, likeStored(olds, completed as Inputs, rules));
  if (importId === undefined) return { inputs: completed, failures };
  if (typeof importId !== "string" || importId === "")
    failures.push({ property: "import", reason: "must be the id of an existing object" });
  return { inputs: { ...completed, importId }, failures };
}

/** Whether the stored inputs of a `check` belong to a resource in the state. */
export function isStored(olds: UncheckedInputs): boolean {
  return Object.keys(withoutProvider(olds)).length > 0;
}

function withoutProvider({ __provider: _, ...inputs }: UncheckedInputs): UncheckedInputs {
  return inputs;
}

/**
 * Returns the stored values of inputs with an unchanged meaning, and the changed lists in the stored order.
 *
 * The engine compares lists in order. Without this, a reordered list would appear as changed together with any other change.
 * Then `replaceOnChanges` would replace the resource.
 */
function likeStored<Inputs>(
  olds: UncheckedInputs,
  desired: Inputs,
  { schema, canonicalizers, arrangers = {} }: InputRules<Inputs>,
): Partial<Inputs> {
  const { importId: _, ...stored } = withoutProvider(olds);
  const { data } = schema.safeParse(stored);
  const changed = data && changedProperties(canonicalizers, data, desired);
  const result: Partial<Inputs> = {};
  for (const property in canonicalizers) {
    const arrange: Arrange<Inputs[typeof property]> | undefined = arrangers[property];
    if (changed && !changed.has(property)) {
      if (property in stored) result[property] = (stored as Inputs)[property];
    } else if (arrange && Array.isArray(desired[property])) {
      const before = changed ? (stored as Inputs)[property] : undefined;
      result[property] = arrange(Array.isArray(before) ? before : ([] as Inputs[typeof property]), desired[property]);
    }
  }
  return result;
}

function toFailures(issue: z.$ZodIssue): CheckFailure[] {
  if (issue.code !== "unrecognized_keys") return [{ property: z.toDotPath(issue.path), reason: issue.message }];
  return issue.keys.map((key) => ({
    property: z.toDotPath([...issue.path, key]),
    reason: "is not a property of this resource: check the spelling",
  }));
}

function isUnknownAt(inputs: unknown, path: readonly PropertyKey[]): boolean {
  let value = inputs;
  for (const segment of path) {
    if (isUnknown(value)) return true;
    if (typeof value !== "object" || value === null) return false;
    value = Reflect.get(value, segment);
  }
  return isUnknown(value);
}

/** The messages for a value that is missing or has another type. */
export function expected(what: string, required = "is required") {
  return {
    error: ({ code, input }: { code?: string | undefined; input?: unknown }) =>
      code === "invalid_type" ? (input == null ? required : `must be ${what}${quoteValue(input)}`) : undefined,
  };
}

/** Returns a rejected value for a message. A long text may be a credential in the wrong place, so it is left out. */
export function quoteValue(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return `, not ${value}`;
  return typeof value === "string" && value.length < 32 ? `, not ${JSON.stringify(value)}` : "";
}

function id(required?: string, describe = describeWrongId) {
  return z.string(expected("a string", required)).refine((text) => text.length === 32, {
    error: ({ input }) => describe(String(input)),
  });
}

/** Returns what a message says about a text that is no id. */
export function describeWrongId(text: string): string {
  return `must be an id of 32 characters${quoteValue(text) || `, not of ${text.length}`}`;
}

/** An id of 32 characters, the length in Cloudflare's API reference. */
export const idSchema = id();

/** The id of a person in the account. An email in its place is a common mistake. */
export const personIdSchema = id(undefined, (text) =>
  isEmail(text) ? `must be an id; an email is written as { email: ${JSON.stringify(text)} }` : describeWrongId(text),
);

/** Whether a text can be an email. Only Cloudflare knows which emails exist. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

/** The account of a resource. The settings' account is filled in before this schema is applied. */
export const accountIdSchema = id(missingAccountReason);

/** A deployment group's name, 1 to 255 characters. An emoji counts as one character, as it does for the API. */
export const deploymentGroupNameSchema = textOf(255);

/** A string of at least one character. */
export const textSchema = textOf();

function textOf(maxLength = Number.POSITIVE_INFINITY) {
  return z.string(expected("a string")).superRefine((text, context) => {
    const length = [...text].length;
    if (length === 0) context.addIssue("must not be empty");
    else if (length > maxLength) context.addIssue(`must have at most ${maxLength} characters, not ${length}`);
  });
}

/** True or false. */
export const switchSchema = z.boolean(expected("true or false"));

/** An object with these properties and no others. */
export function objectOf<T extends z.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, expected("an object"));
}

/** One of these words. */
export function oneOf<const T extends readonly string[]>(words: T) {
  return z.enum(words, {
    error: ({ input }) => (input == null ? "is required" : `must be ${words.join(" or ")}${quoteValue(input)}`),
  });
}

/**
 * A list that holds each element once. Two elements are the same when `keyOf` returns the same key.
 *
 * @param sameness Returns what the failure says about the second one of two such elements.
 */
export function setOf<T extends z.ZodType>(
  element: T,
  keyOf: (element: z.output<T>) => string,
  sameness: (element: z.output<T>) => string = () => "is the same as",
) {
  return z.array(element, expected("a list")).superRefine(
    (elements, context) => {
      const invalid = new Set(context.issues.map(({ path }) => path?.[0]));
      const firstIndex = new Map<string, number>();
      for (const [index, value] of elements.entries()) {
        if (invalid.has(index) || containsUnknown(value)) continue;
        const key = keyOf(value);
        const earlier = firstIndex.get(key);
        if (earlier === undefined) firstIndex.set(key, index);
        else
          context.addIssue({
            code: "custom",
            path: [index],
            message: `${sameness(value)} [${earlier}]: list each element once`,
          });
      }
    },
    // It also runs when some elements are invalid or unknown, so that one check reports every failure.
    { when: ({ value }) => Array.isArray(value) },
  );
}
