import type { dynamic } from "@pulumi/pulumi";
import { unknownValue } from "@pulumi/pulumi/runtime";
import { SettingError } from "../config";
import { type Connection, missingAccount } from "../connection";
import * as z from "../zod";
import { type CanonicalForms, changedProperties, containsUnknown } from "./sets";

/** The inputs of a resource as the engine hands them over: nothing is known of them yet. */
export type UncheckedInputs = Record<string, unknown>;

/** What a resource's inputs must look like, and when two of them mean the same. */
export interface InputRules<Properties> {
  inputs: z.ZodType<Properties>;
  /** The lists that a program may leave out. */
  optionalLists: readonly string[];
  forms: CanonicalForms<Properties>;
}

/**
 * Checks a resource's inputs and completes them: the account comes from the settings where the program names none, and
 * an optional list that is left out becomes the empty one, so that the two are one from here on.
 *
 * Names every failure at once, each with the path of its property; skips values that are unknown during preview,
 * wherever they stand; never throws and never calls the API.
 */
export function checkInputs<Properties>(
  olds: UncheckedInputs,
  news: UncheckedInputs,
  connection: Connection,
  rules: InputRules<Properties>,
): dynamic.CheckResult {
  const { importId, ...completed } = withoutProvider(news);
  const settingFailures: dynamic.CheckFailure[] = [];
  try {
    const { accountId } = connection.settings;
    if (accountId !== undefined) completed.accountId ??= accountId;
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    settingFailures.push({ property: error.setting, reason: error.reason });
  }
  for (const list of rules.optionalLists) completed[list] ??= [];
  const parsed = rules.inputs.safeParse(completed);
  const inputFailures = (parsed.error?.issues ?? [])
    .filter(({ path }) => !isUnknownAt(completed, path))
    // With a setting that cannot be read nobody knows whether the account is missing.
    .filter(({ path }) => settingFailures.length === 0 || path[0] !== "accountId" || completed.accountId != null)
    .flatMap(failuresOfIssue);
  const failures = settingFailures.concat(inputFailures);
  if (parsed.success) Object.assign(completed, storedValues(olds, parsed.data, rules));
  if (importId === undefined) return { inputs: completed, failures };
  if (typeof importId !== "string" || importId === "")
    failures.push({ property: "import", reason: "must be the id of an existing object" });
  return { inputs: { ...completed, importId }, failures };
}

function withoutProvider({ __provider: _, ...own }: UncheckedInputs): UncheckedInputs {
  return own;
}

/**
 * The stored values of the inputs that mean the same as before.
 *
 * The engine compares what has changed in order. Without this, a list in another order would be shown as changed, and replaced
 * by `replaceOnChanges`, as soon as anything else changes with it.
 */
function storedValues<Properties>(
  olds: UncheckedInputs,
  wanted: Properties,
  { inputs, forms }: InputRules<Properties>,
) {
  const { importId: _, ...stored } = withoutProvider(olds);
  const parsed = inputs.safeParse(stored);
  if (!parsed.success) return {};
  const changed: Set<PropertyKey> = changedProperties(forms, parsed.data, wanted);
  return Object.fromEntries(Object.entries(stored).filter(([property]) => !changed.has(property)));
}

function failuresOfIssue(issue: z.$ZodIssue): dynamic.CheckFailure[] {
  if (issue.code !== "unrecognized_keys") return [{ property: z.toDotPath(issue.path), reason: issue.message }];
  return issue.keys.map((key) => ({
    property: z.toDotPath([...issue.path, key]),
    reason: "is not a property of this resource: look for a typing error",
  }));
}

function isUnknownAt(inputs: unknown, path: readonly PropertyKey[]): boolean {
  let value = inputs;
  for (const segment of path) {
    if (value === unknownValue) return true;
    if (typeof value !== "object" || value === null) return false;
    value = Reflect.get(value, segment);
  }
  return value === unknownValue;
}

/** The reasons for what is missing or of another type. */
export function expected(what: string, required = "is required") {
  return {
    error: ({ code, input }: { code?: string | undefined; input?: unknown }) =>
      code === "invalid_type" ? (input == null ? required : `must be ${what}`) : undefined,
  };
}

function id(required?: string) {
  return z.string(expected("a string", required)).refine((text) => text.length === 32, {
    error: ({ input }) => `must be an id of 32 characters, not of ${String(input).length}`,
  });
}

/** An id of 32 characters, the length that Cloudflare's reference pages give. */
export const idSchema = id();

/** The account of a resource: its own or, filled in before the schema sees it, the settings'. */
export const accountIdSchema = id(missingAccount);

/** A name of 1 to 255 characters; an emoji counts as one, as it does for the API. */
export const nameSchema = textOf(255);

/** A string of at least one character. */
export const textSchema = textOf();

function textOf(most = Number.POSITIVE_INFINITY) {
  return z.string(expected("a string")).superRefine((text, context) => {
    const length = [...text].length;
    if (length === 0) context.addIssue("must not be empty");
    else if (length > most) context.addIssue(`must have at most ${most} characters, not ${length}`);
  });
}

/** An object with these properties and no others. */
export function objectOf<T extends z.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, expected("an object"));
}

/** One of a few words. */
export function oneOf<const T extends readonly string[]>(words: T) {
  return z.enum(words, { error: ({ input }) => (input == null ? "is required" : `must be ${words.join(" or ")}`) });
}

/**
 * A list that holds each element once; `keyOf` says what makes two elements the same.
 *
 * @param sameness What two such elements share, for the reason: `is the same as`.
 */
export function setOf<T extends z.ZodType>(
  element: T,
  keyOf: (element: z.output<T>) => string,
  sameness = "is the same as",
) {
  const list = z.array(element, expected("a list"));
  return list.superRefine(
    (entries, context) => {
      const first = new Map<string, number>();
      for (const [index, entry] of entries.entries()) {
        const parsed = element.safeParse(entry);
        if (!parsed.success || containsUnknown(entry)) continue;
        const key = keyOf(parsed.data);
        const earlier = first.get(key);
        if (earlier === undefined) first.set(key, index);
        else
          context.addIssue({
            code: "custom",
            path: [index],
            message: `${sameness} [${earlier}]: a set holds each once`,
          });
      }
    },
    // Also when some elements are malformed or unknown: every failure is to be named at once.
    { when: ({ value }) => Array.isArray(value) },
  );
}

/** A set of objects that hold an `id` and nothing else. */
export const idSetSchema = setOf(objectOf({ id: idSchema }), ({ id }) => id);
