#!/usr/bin/env node
import { existsSync, writeFileSync } from "node:fs";
import { CloudflareError } from "../cloudflare/errors";
import { SettingError } from "../config";
import { ProviderContext } from "../providerContext";
import { toTerminalSafe } from "../terminalText";
import { type ImportEntry, importFileText } from "./importFile";
import { help, type Options, parseOptions, UsageError } from "./options";
import { programText } from "./program";
import { selectFromAccount, selectFromStack } from "./selection";
import { type OfficialResource, readStackExport, type StackExport, urnsToRemove } from "./stackExport";

void main();

async function main(): Promise<void> {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options === "help") process.stdout.write(help);
    else await writeImportFile(options);
  } catch (error) {
    const isUsageError = error instanceof UsageError || error instanceof SettingError;
    process.stderr.write(
      toTerminalSafe(`${isUsageError ? "pulumi-cloudflare-groups: " : ""}${describeError(error)}\n`),
    );
    process.exitCode = isUsageError ? 2 : 1;
  }
}

async function writeImportFile(options: Options): Promise<void> {
  const { out, program, stackExport, kinds } = options;
  for (const file of [out, program])
    if (file !== undefined && existsSync(file)) throw new UsageError(`${file} exists and is not overwritten`);
  const context = new ProviderContext();
  const accountId = accountOf(options, context);
  const stack = stackExport === undefined ? undefined : readStackExport(stackExport);
  const officials = (stack?.officials ?? []).filter(({ kind }) => kinds.has(kind));
  const inAccount = officials.filter((official) => official.accountId === accountId);
  const resources =
    stack === undefined
      ? await selectFromAccount(context, accountId, kinds, options.names)
      : await selectFromStack(context, accountId, inAccount);
  const elsewhere = officials.length - inAccount.length;
  if (resources.length === 0)
    throw new Error(
      `There is nothing to import from the account ${accountId}.` +
        (elsewhere > 0 ? ` The stack manages resources of other accounts: ${elsewhere}; see --account.` : ""),
    );
  const text = importFileText(resources);
  if (out === undefined) process.stdout.write(text);
  else writeNew(out, text);
  if (program !== undefined) writeNew(program, programText(accountId, resources));
  process.stderr.write(summary(resources, accountId));
  if (stack) process.stderr.write(toTerminalSafe(removalAdvice(stack, inAccount, elsewhere)));
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    throw new Error(`Could not write ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function accountOf({ account }: Options, context: ProviderContext): string {
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

function summary(resources: readonly ImportEntry[], accountId: string): string {
  const count = (kind: ImportEntry["kind"]) => resources.filter((resource) => resource.kind === kind).length;
  const counts: Record<ImportEntry["kind"], string> = {
    userGroup: `user groups: ${count("userGroup")}`,
    userGroupMembers: `members of user groups: ${count("userGroupMembers")}`,
    deploymentGroup: `deployment groups: ${count("deploymentGroup")}`,
  };
  return `Read from the account ${accountId}: ${Object.values(counts).join(", ")}.\n`;
}

function removalAdvice(stack: StackExport, officials: readonly OfficialResource[], elsewhere: number): string {
  const quoted = urnsToRemove(stack, officials).map((urn) => `'${urn.replaceAll("'", `'\\''`)}'`);
  const names = officials.filter(({ isProtected }) => isProtected).map(({ name }) => name);
  const left = elsewhere > 0 ? `Omitted, because they belong to other accounts (see --account): ${elsewhere}.\n` : "";
  return (
    `${left}Before the import, remove the old resources from the state. Nothing changes at Cloudflare:\n` +
    `pulumi state delete --yes ${names.length > 0 ? "--force " : ""}${quoted.join(" ")}\n` +
    (names.length > 0
      ? `--force is for ${names.join(", ")} with \`protect: true\`. Keep that option in the program.\n`
      : "")
  );
}

function describeError(error: unknown): string {
  if (!(error instanceof CloudflareError)) return error instanceof Error ? error.message : String(error);
  const { advice = "" } = error;
  if (error.status === 401)
    return error.withAdvice("the credential is wrong, expired or revoked: set a new one in CLOUDFLARE_API_TOKEN.")
      .message;
  if (error.status === 403)
    return error.withAdvice(`${advice} Or leave these groups out with --user-groups, --members or --deployment-groups.`)
      .message;
  return error.message;
}
