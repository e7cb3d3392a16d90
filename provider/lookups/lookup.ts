import * as pulumi from "@pulumi/pulumi";
import { Provider } from "../provider";
import { typeToken } from "../resourceRegistration";
import type { AccountReader } from "./accountReader";
import { askMocks } from "./mocks";
import { type LookupSettings, parseAccount, toRunError } from "./query";
import type { LookupResults } from "./results";

// What all lookups share in the program. Everything that sends requests is loaded with `accountReader.ts` when the first
// lookup runs, so that a program without lookups starts faster.

/** The arguments that every lookup has. A lookup that lists has no others. */
export interface LookupArgs {
  /**
   * The account to search, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. Without either, the preview fails.
   */
  accountId?: string | undefined;
}

/** The arguments of a lookup whose name ends in `Output`. Each may also be an output or a promise. */
export type LookupInputs<Args extends LookupArgs> = { [Argument in keyof Args]: pulumi.Input<Args[Argument]> };

/** The options of a lookup, as Pulumi's `InvokeOptions` are for the functions of a provider. */
export interface LookupOptions {
  /** The provider whose settings are used. Default: the provider of `parent`, then the stack's configuration, then the environment. */
  provider?: Provider | undefined;
  /** The resource whose provider is used when `provider` is not set, such as the component that runs the lookup. */
  parent?: pulumi.Resource | undefined;
}

/** A lookup with its arguments. */
export interface Lookup<Result> {
  /** The name of its function, without an ending in Output. */
  name: string;
  /** What it finds, for messages: `the user group "Admins"`. */
  what: string;
  find(reader: AccountReader): Promise<Result>;
}

/** Validates the arguments of a lookup. Throws a `RunError` for invalid ones. */
export type ParseLookup<Result> = (args: object) => Lookup<Result>;

/** Runs a lookup whose arguments are known. */
export async function runLookup<Result>(
  parse: ParseLookup<Result>,
  args: LookupArgs,
  options: LookupOptions = {},
): Promise<Result> {
  try {
    const lookup = parse(args);
    // The SDK has no other public way to find out whether an output is known.
    const { settings } = await pulumi.runtime.serializeProperties("lookup", { settings: settingsOf(options) });
    if (settings !== pulumi.runtime.unknownValue) return await find(lookup, args, settings);
    throw new pulumi.RunError(
      `Could not get ${lookup.what}: a setting of its provider is not known yet, because another resource of the program ` +
        "sets it. Use the form of the lookup that ends in Output: its result is then unknown until the setting is known.",
    );
  } catch (error) {
    throw toRunError(error);
  }
}

/**
 * Runs a lookup as soon as its arguments are known.
 *
 * The result is secret when an argument is secret, and unknown while an argument is unknown. It depends on the same
 * resources as the arguments.
 */
export function runLookupOutput<Result>(
  parse: ParseLookup<Result>,
  args: LookupInputs<LookupArgs>,
  options: LookupOptions = {},
): pulumi.Output<Result> {
  const known = pulumi.output({ ...args });
  // A preview may know an output of a resource that does not exist yet, such as its name. The lookup waits for the resource,
  // as Pulumi's own invokes do, because the object may not exist before it.
  const ids = pulumi
    .getAllResources(known)
    .then((resources) => [...resources].filter(pulumi.CustomResource.isInstance).map(({ id }) => id));
  return pulumi.all([known, settingsOf(options), ids]).apply(async ([args, settings]) => {
    try {
      return await find(parse(args), args, settings);
    } catch (error) {
      throw toRunError(error);
    }
  });
}

/** Returns the lookup of all objects of one kind. */
export function queryAll<Result>(
  name: string,
  displayName: string,
  list: (reader: AccountReader) => Promise<readonly Result[]>,
): ParseLookup<LookupResults<Result>> {
  return (args) => {
    const what = `the ${displayName}`;
    parseAccount(args, [], what);
    return {
      name,
      what,
      find: async (reader) => ({ accountId: reader.accountId, results: [...(await list(reader))] }),
    };
  };
}

async function find<Result>(lookup: Lookup<Result>, args: LookupArgs, settings: LookupSettings): Promise<Result> {
  const mocked = await askMocks<Result>(lookup.name, args);
  if (mocked) return mocked;
  // CommonJS output would keep an `import()`, and Jest rejects it.
  const { readerFor }: typeof import("./accountReader") = require("./accountReader");
  const result = await lookup.find(readerFor(settings, args.accountId, lookup.what));
  // The program may change the result, and the same list serves its other lookups.
  return structuredClone(result);
}

function settingsOf({ provider, parent }: LookupOptions): pulumi.Output<LookupSettings> {
  const explicit = provider ?? parent?.getProvider(typeToken("userGroup"));
  // A lookup's result holds no token, so its settings do not make it secret.
  return pulumi.unsecret(
    explicit ? Provider.settingsOf(explicit) : pulumi.output<LookupSettings>(pulumi.runtime.allConfig()),
  );
}
