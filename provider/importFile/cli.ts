#!/usr/bin/env node
import { existsSync, writeFileSync } from "node:fs";
import { CloudflareError } from "../cloudflare/errors";
import { SettingError } from "../config";
import { Connection } from "../connection";
import { importFileText, type Placed } from "./importFile";
import { help, type Options, readOptions, UsageError } from "./options";
import { programText } from "./program";
import { selectFromAccount, selectFromStack } from "./selection";
import { readStackExport, urnsToRemove } from "./stackExport";

void main();

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") process.stdout.write(help);
    else await writeImportFile(options);
  } catch (error) {
    const isMisuse = error instanceof UsageError || error instanceof SettingError;
    process.stderr.write(`${isMisuse ? "pulumi-cloudflare-groups: " : ""}${explained(error)}\n`);
    process.exitCode = isMisuse ? 2 : 1;
  }
}

async function writeImportFile(options: Options): Promise<void> {
  const { out, program, stackExport, kinds } = options;
  for (const file of [out, program])
    if (file !== undefined && existsSync(file)) throw new UsageError(`${file} exists: it would be overwritten`);
  const connection = new Connection();
  const accountId = accountFrom(options, connection);
  const stack = stackExport === undefined ? undefined : readStackExport(stackExport);
  const officials = (stack?.officials ?? []).filter(({ kind }) => kinds.has(kind));
  const here = officials.filter((official) => official.accountId === accountId);
  const resources =
    stack === undefined
      ? await selectFromAccount(connection, accountId, kinds, options.names)
      : await selectFromStack(connection, accountId, here);
  const elsewhere = officials.length - here.length;
  if (resources.length === 0)
    throw new Error(
      `There is nothing to import from the account ${accountId}.` +
        (elsewhere > 0 ? ` What the stack manages belongs to other accounts: ${elsewhere}; see --account.` : ""),
    );
  const text = importFileText(resources);
  if (out === undefined) process.stdout.write(text);
  else writeNew(out, text);
  if (program !== undefined) writeNew(program, programText(accountId, resources));
  process.stderr.write(summary(resources, accountId));
  if (stack) process.stderr.write(removalAdvice(urnsToRemove(stack, here), elsewhere));
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    throw new Error(`Could not write ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function accountFrom({ account }: Options, connection: Connection): string {
  const { credential, accountId } = connection.settings;
  if (!credential)
    throw new UsageError(
      "CLOUDFLARE_API_TOKEN is missing; if the stack's configuration has the token, begin the command with " +
        "CLOUDFLARE_API_TOKEN=$(pulumi config get cloudflare:apiToken)",
    );
  const found = account ?? accountId;
  if (found === undefined) throw new UsageError("the account is missing: give --account, or set CLOUDFLARE_ACCOUNT_ID");
  return found;
}

function summary(resources: readonly Placed[], accountId: string): string {
  const count = (kind: Placed["kind"]) => resources.filter((resource) => resource.kind === kind).length;
  return (
    `Read from the account ${accountId}: user groups: ${count("userGroup")}, ` +
    `members of user groups: ${count("userGroupMembers")}, deployment groups: ${count("deploymentGroup")}.\n`
  );
}

function removalAdvice(urns: readonly string[], elsewhere: number): string {
  const quoted = urns.map((urn) => `'${urn.replaceAll("'", `'\\''`)}'`);
  const left = elsewhere > 0 ? `Left out, as it belongs to other accounts (see --account): ${elsewhere}.\n` : "";
  return (
    `${left}Before the import, take the old resources out of the state; nothing changes at Cloudflare:\n` +
    `pulumi state delete --yes ${quoted.join(" ")}\n`
  );
}

function explained(error: unknown): string {
  if (!(error instanceof CloudflareError)) return error instanceof Error ? error.message : String(error);
  const { hint = "" } = error.failure;
  if (error.status === 401)
    return error.withHint("the credential is wrong, expired or revoked: set a new one in CLOUDFLARE_API_TOKEN.")
      .message;
  if (error.status === 403)
    return error.withHint(`${hint} Or leave these groups out with --user-groups, --members or --deployment-groups.`)
      .message;
  return error.message;
}
