import { styleText } from "node:util";
import { requireAccount } from "../commandLine";
import { ProviderContext } from "../providerContext";
import { createFilter, describeFilters } from "./filters";
import { toCsv } from "./formats/csv";
import { headerLines } from "./formats/headerLines";
import { toHtml } from "./formats/html";
import { toJson } from "./formats/json";
import { toMarkdown } from "./formats/markdown";
import { type Paint, toTable } from "./formats/table";
import { loadTextWidth } from "./formats/textWidth";
import { readWithProgress, writeOutput } from "./inputOutput";
import { type AccessReport, createReport, isUnmanaged } from "./report";
import { type Format, help, parseReportOptions, type ReportOptions } from "./reportOptions";
import { readManagedObjects } from "./stackExports";

const { version: toolVersion }: { version: string } = require("pulumi-cloudflare-groups/package.json");

/** Runs the command with its arguments, which follow its name. */
export async function runAccessReport(args: string[]): Promise<void> {
  const options = parseReportOptions(args, process.stdout.isTTY);
  if (options === "help") {
    process.stdout.write(help);
    return;
  }
  const context = new ProviderContext();
  const accountId = requireAccount(options.account, context);
  const { stackExports } = options;
  // A wrong file must not cost the time of reading the account.
  const managed = stackExports.length > 0 ? readManagedObjects(stackExports, accountId) : undefined;
  const account = await readWithProgress(context, accountId);
  const report = createReport(account, {
    createdAt: new Date(),
    toolVersion,
    managed,
    filters: describeFilters(options),
    isShown: createFilter(account, options),
  });
  writeOutput(await renderers[options.format](report, createPaint(options)), options.out);
  if (options.out !== undefined) process.stderr.write(`${headerLines(report.header).join("\n")}\n`);
  reportConditions(report, options);
}

const renderers: Readonly<Record<Format, (report: AccessReport, paint: Paint) => string | Promise<string>>> = {
  table: async (report, paint) => toTable(report, await loadTextWidth(), paint),
  csv: toCsv,
  json: toJson,
  markdown: toMarkdown,
  html: toHtml,
};

/** Only a terminal gets colours, unless its user has set `NO_COLOR`. */
function createPaint({ out }: ReportOptions): Paint {
  const hasColor = out === undefined && process.stdout.isTTY && !process.env.NO_COLOR;
  return hasColor ? (style, text) => styleText(style, text) : (_style, text) => text;
}

function reportConditions({ rows, header }: AccessReport, { failOn }: ReportOptions): void {
  const found = {
    unmanaged: `rows that no stack manages completely: ${rows.filter(isUnmanaged).length}`,
    administrators: `administrators: ${header.counts.administrators}`,
  };
  for (const condition of new Set(failOn)) {
    const { unmanaged, administrators } = header.counts;
    if ((condition === "unmanaged" ? unmanaged : administrators) === 0) continue;
    process.stderr.write(`--fail-on ${condition}: the report has ${found[condition]}\n`);
    process.exitCode = 3;
  }
}
