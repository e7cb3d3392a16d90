import { requireAccount, UsageError } from "../../commandLine";
import { ProviderContext } from "../../providerContext";
import { loadTextWidth } from "../formats/textWidth";
import { readWithProgress, writeOutput } from "../inputOutput";
import { applyPreview } from "./applyPreview";
import { diffAccess } from "./diffAccess";
import { type DiffOptions, help, parseDiffOptions } from "./options";
import { readPreview } from "./preview";
import { type AccessDiff, toJson, toMarkdown, toTable } from "./render";

/** Runs the command with its arguments, which follow its name. */
export async function runAccessDiff(args: string[]): Promise<void> {
  const options = parseDiffOptions(args, process.stdout.isTTY);
  if (options === "help") {
    process.stdout.write(help);
    return;
  }
  if (options.preview === undefined && process.stdin.isTTY)
    throw new UsageError(
      "the preview is missing: give the file of `pulumi preview --json`, or pipe it into the command",
    );
  const context = new ProviderContext();
  const accountId = requireAccount(options.account, context);
  const steps = await readPreview(options.preview);
  const { before, after, uncounted } = applyPreview(await readWithProgress(context, accountId), steps);
  const diff: AccessDiff = { accountId, changes: diffAccess(before, after), uncounted };
  const renderers = { markdown: toMarkdown, json: toJson, table: toTable };
  writeOutput(renderers[options.format](diff, await loadTextWidth()), options.out);
  reportConditions(diff, options);
}

function reportConditions(
  { changes, uncounted }: AccessDiff,
  { failOnAdministrators, maxRemovals }: DiffOptions,
): void {
  const administrators = changes.filter(({ change, administrator }) => change === "gains" && administrator);
  const removals = changes.filter(({ change }) => change === "loses").length;
  const failures = [
    ...(failOnAdministrators && administrators.length > 0
      ? [`--fail-on grants-administrator: permissions of administrators gained: ${administrators.length}`]
      : []),
    ...(maxRemovals !== undefined && removals > maxRemovals
      ? [`--fail-on removals:${maxRemovals}: permissions lost: ${removals}`]
      : []),
    ...((failOnAdministrators || maxRemovals !== undefined) && uncounted.length > 0
      ? [`--fail-on: changes that cannot be counted: ${uncounted.length}`]
      : []),
  ];
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  if (failures.length > 0) process.exitCode = 3;
}
