import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "../dynamicResource";
import { Provider } from "../provider";
import type { Account } from "./account";

// What the look-ups share in the program. All that they load from here on comes with `account.ts`, when the first of them
// runs: a program that looks nothing up pays nothing.

/** The arguments that every look-up takes, and all of one that lists. */
export interface LookupArgs {
  /**
   * The account to look in, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. It is an error at preview when there is neither.
   */
  accountId?: string | undefined;
}

/** The arguments of the form of a look-up that ends in `Output`: the same, and each may also be an output or a promise. */
export type LookupInputs<Args extends LookupArgs> = { [Argument in keyof Args]: pulumi.Input<Args[Argument]> };

/** With which settings a look-up is made, as Pulumi's `InvokeOptions` say it for functions of a provider. */
export interface LookupOptions {
  /** The provider whose settings are used. Default: that of `parent`; without one the stack's configuration, then the environment. */
  provider?: Provider | undefined;
  /** The resource whose provider is used where `provider` names none, such as the component that makes the look-up. */
  parent?: pulumi.Resource | undefined;
}

/** Everything of one kind that an account has. */
export interface LookupResults<Result> {
  /** The account that was looked in. */
  readonly accountId: string;
  /** All of them, in the order in which Cloudflare lists them. */
  readonly results: readonly Result[];
}

/** What a look-up is to find, as its arguments say. */
export interface Search<Result> {
  /** What is looked for, in messages: `the user group "Admins"`. */
  what: string;
  find(account: Account): Promise<Result>;
}

/** Makes the search of arguments of which nothing is known yet. Throws for those that cannot be meant. */
export type SearchOf<Result> = (args: object) => Search<Result>;

/** Runs a look-up whose arguments are known. */
export async function lookUp<Result>(
  searchOf: SearchOf<Result>,
  args: LookupArgs,
  options: LookupOptions = {},
): Promise<Result> {
  try {
    const search = searchOf(args);
    // The SDK has no other public way to ask whether an output is known.
    const { settings } = await pulumi.runtime.serializeProperties("look-up", { settings: settingsOf(options) });
    if (settings !== pulumi.runtime.unknownValue) return await found(search, args, settings);
    throw new pulumi.RunError(
      `Could not get ${search.what}: a setting of its provider is not known yet, as another resource of the program is to ` +
        "give it. Use the form of the look-up that ends in Output: what it finds is then not known yet either.",
    );
  } catch (error) {
    throw readable(error);
  }
}

/**
 * Runs a look-up as soon as its arguments are known. What it finds is secret when an argument is, depends on what the
 * arguments depend on, and is unknown as long as one of them is.
 */
export function lookUpOutput<Result>(
  searchOf: SearchOf<Result>,
  args: LookupInputs<LookupArgs>,
  options: LookupOptions = {},
): pulumi.Output<Result> {
  const known = pulumi.output({ ...args });
  // An output of a resource that is still to be created may be known at preview, its name for one. What is looked up by it
  // may not be there yet, so that it waits for the resource, as Pulumi's own invokes do.
  const ids = pulumi
    .getAllResources(known)
    .then((resources) => [...resources].filter(pulumi.CustomResource.isInstance).map(({ id }) => id));
  return pulumi.all([known, settingsOf(options), ids]).apply(async ([args, settings]) => {
    try {
      return await found(searchOf(args), args, settings);
    } catch (error) {
      throw readable(error);
    }
  });
}

/** The search for everything of one kind. */
export function everything<Result>(
  noun: string,
  list: (account: Account) => Promise<readonly Result[]>,
): SearchOf<LookupResults<Result>> {
  return (args) => {
    const what = `the ${noun}`;
    checkText(args, "accountId", what);
    return { what, find: async (account) => ({ accountId: account.id, results: await list(account) }) };
  };
}

/** Which one of a kind is looked for. */
export interface Wanted<Key extends string = string> {
  what: string;
  /** The argument that says it. */
  by: Key;
  value: string;
  /** The arguments that could have said it as well. */
  otherwise: readonly Key[];
}

/**
 * Reads which one is looked for from the one argument of these that is given.
 *
 * @throws RunError when none or several of them are given, and for one that is blank or no text.
 */
export function wantedOf<Key extends string>(noun: string, keys: readonly Key[], args: object): Wanted<Key> {
  const given = keys.filter((key) => Reflect.get(args, key) != null);
  const [by] = given;
  if (by === undefined || given.length > 1)
    throw new pulumi.RunError(
      `Could not get the ${noun}: give ${keys.map((key) => `\`${key}\``).join(" or ")}${given.length > 1 ? ", not both" : ""}.`,
    );
  checkText(args, "accountId", `the ${noun}`);
  const value = checkText(args, by, `the ${noun}`) ?? "";
  return { what: `the ${noun} ${JSON.stringify(value)}`, by, value, otherwise: keys.filter((key) => key !== by) };
}

/** The same error so that the SDK prints its message and nothing else. */
export function readable(error: unknown): pulumi.RunError {
  const told = pulumi.RunError.isInstance(error)
    ? error
    : new pulumi.RunError(error instanceof Error ? error.message : String(error));
  // The SDK leaves the stack of a `RunError` out only as long as the program's own file runs.
  delete told.stack;
  return told;
}

function found<Result>(search: Search<Result>, { accountId }: LookupArgs, settings: Settings): Promise<Result> {
  // An `import()` would stay one in CommonJS, and Jest refuses it.
  const { accountFor }: typeof import("./account") = require("./account");
  return search.find(accountFor(settings, accountId, search.what));
}

/** Settings by their names in the stack's configuration. */
export type Settings = Readonly<Record<string, string | undefined>>;

function settingsOf({ provider, parent }: LookupOptions): pulumi.Output<Settings> {
  const explicit = provider ?? parent?.getProvider(typeToken("UserGroup"));
  // Not secret, as a token is no part of what is found with it.
  return pulumi.unsecret(
    explicit ? Provider.settingsOf(explicit) : pulumi.output<Settings>(pulumi.runtime.allConfig()),
  );
}

function checkText(args: object, key: string, what: string): string | undefined {
  const value: unknown = Reflect.get(args, key) ?? undefined;
  if (value === undefined || (typeof value === "string" && value.trim() !== "")) return value;
  const wrong = typeof value === "string" ? "is blank" : "is no text. Give an output to the form that ends in Output";
  throw new pulumi.RunError(`Could not get ${what}: its \`${key}\` ${wrong}.`);
}
