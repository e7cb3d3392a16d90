import { type ParseArgsConfig, parseArgs } from "node:util";
import { CloudflareError } from "./cloudflare/errors";
import { SettingError } from "./config";
import type { ProviderContext } from "./providerContext";

// What the commands of `pulumi-cloudflare-groups` have in common.

/** An invalid command line, setting or file. Its message is one line, and the exit code is 2. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig["options"]>;

/** @throws UsageError for an unknown option, or an option without its value. */
export function parseArguments<const T extends Options>(
  args: string[],
  options: T,
): ReturnType<typeof parseArgs<{ args: string[]; allowPositionals: true; options: T }>> {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    // Node continues with advice on positional arguments, which no command has.
    throw new UsageError(error instanceof Error ? error.message.split(/\. |\n/)[0] : String(error));
  }
}

/**
 * Returns the account of a command: the one of its option, or the one in the settings.
 *
 * @throws UsageError when there is no account or no credential.
 */
export function requireAccount(account: string | undefined, context: ProviderContext): string {
  const { credential, accountId } = context.settings;
  if (!credential)
    throw new UsageError(
      "CLOUDFLARE_API_TOKEN is missing; if the stack's configuration has the token, start the command with " +
        "CLOUDFLARE_API_TOKEN=$(pulumi config get cloudflare:apiToken)",
    );
  const found = account ?? accountId;
  if (found === undefined) throw new UsageError("the account is missing: give --account, or set CLOUDFLARE_ACCOUNT_ID");
  return found;
}

/** Returns what a command prints for an error, and its exit code. */
export function describeFailure(error: unknown): { message: string; exitCode: 1 | 2 } {
  if (error instanceof UsageError || error instanceof SettingError)
    return { message: `pulumi-cloudflare-groups: ${error.message}`, exitCode: 2 };
  if (error instanceof CloudflareError && error.status === 401) {
    const advice = "the credential is wrong, expired or revoked: set a new one in CLOUDFLARE_API_TOKEN.";
    return { message: error.withAdvice(advice).message, exitCode: 1 };
  }
  return { message: error instanceof Error ? error.message : String(error), exitCode: 1 };
}
