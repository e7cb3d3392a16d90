import * as pulumi from "@pulumi/pulumi";
import { toTerminalSafe } from "../terminalText";

/** The settings of a lookup, by their names in the stack's configuration. */
export type LookupSettings = Readonly<Record<string, string | undefined>>;

/** The object that a lookup searches for. */
export interface LookupQuery<Key extends string = string> {
  /** The object for messages: `the user group "Admins"`. */
  what: string;
  /** The argument that identifies it. */
  key: Key;
  value: string;
  /** The other arguments that could identify it. */
  otherKeys: readonly Key[];
}

/**
 * Reads the one argument of these that identifies the object.
 *
 * @throws RunError when none or several of them are given, and when one is blank or not a string.
 */
export function parseQuery<Key extends string>(
  displayName: string,
  keys: readonly Key[],
  args: object,
): LookupQuery<Key> {
  const given = keys.filter((key) => Reflect.get(args, key) != null);
  const [key] = given;
  if (key === undefined || given.length > 1)
    throw new pulumi.RunError(
      `Could not get the ${displayName}: give ${keys.map((name) => `\`${name}\``).join(" or ")}${given.length > 1 ? ", not both" : ""}.`,
    );
  parseAccount(args, keys, `the ${displayName}`);
  const value = parseText(args, key, `the ${displayName}`) ?? "";
  const otherKeys = keys.filter((other) => other !== key);
  return { what: `the ${displayName} ${JSON.stringify(value)}`, key, value, otherKeys };
}

/**
 * Checks the argument `accountId`, which every lookup has.
 *
 * @param keys The other arguments of the lookup.
 * @throws RunError for any further argument, because a misspelt one would search another account.
 */
export function parseAccount(args: object, keys: readonly string[], what: string): void {
  const known = [...keys, "accountId"];
  const unknown = Object.keys(args).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new pulumi.RunError(
      `Could not get ${what}: it has no argument ${unknown.map((key) => `\`${key}\``).join(" or ")}, only ` +
        `${known.map((key) => `\`${key}\``).join(" and ")}.`,
    );
  parseText(args, "accountId", what);
}

/** Reads an argument that is a string, and returns undefined when it is not given. */
export function parseText(args: object, key: string, what: string): string | undefined {
  const value: unknown = Reflect.get(args, key) ?? undefined;
  if (value === undefined || (typeof value === "string" && value.trim() !== "")) return value;
  const problem =
    typeof value === "string"
      ? "is blank"
      : "must be a string. Pass an output to the form of the lookup that ends in Output";
  throw new pulumi.RunError(`Could not get ${what}: its \`${key}\` ${problem}.`);
}

/** Returns the same error in a form that makes the SDK print its message and nothing else. */
export function toRunError(error: unknown): pulumi.RunError {
  const runError = pulumi.RunError.isInstance(error)
    ? error
    : new pulumi.RunError(error instanceof Error ? error.message : String(error));
  runError.message = toTerminalSafe(runError.message);
  // The SDK omits the stack of a `RunError` only while the program's own file runs.
  delete runError.stack;
  return runError;
}
