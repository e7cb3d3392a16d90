import { existsSync, writeFileSync } from "node:fs";
import { CloudflareError } from "../cloudflare/errors";
import { requireAccount, UsageError } from "../commandLine";
import { ProviderContext } from "../providerContext";
import { toTerminalSafe } from "../terminalText";
import { type ImportEntry, importFileText } from "./importFile";
import { help, type Options, parseOptions } from "./options";
import { programText } from "./program";
import { selectFromAccount, selectFromStack } from "./selection";
import { type OfficialResource, readStackExport, type StackExport, urnsToRemove } from "./stackExport";

/** Runs the command with its arguments, which follow its name. */
export async function runImportFile(args: string[]): Promise<void> {
  const options = parseOptions(args);
  if (options === "help") {
    process.stdout.write(help);
    return;
  }
  try {
    await writeImportFile(options);
  } catch (error) {
    if (!(error instanceof CloudflareError) || error.status !== 403) throw error;
    throw error.withAdvice(
      `${error.advice ?? ""} Or leave these groups out with --user-groups, --members or --deployment-groups.`,
    );
  }
}

async function writeImportFile(options: Options): Promise<void> {
  const { out, program, stackExport, kinds } = options;
  for (const file of [out, program])
    if (file !== undefined && existsSync(file)) throw new UsageError(`${file} exists and is not overwritten`);
  const context = new ProviderContext();
  const accountId = requireAccount(options.account, context);
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
