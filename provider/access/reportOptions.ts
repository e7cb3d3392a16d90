import { extname } from "node:path";
import { parseArguments, UsageError } from "../commandLine";

export const help = `Usage: pulumi-cloudflare-groups access-report [options]

Says who may do what in a Cloudflare account, and why: one row for each person, permission, scope and way (through a
user group, by a direct policy, by a role). It only reads. The credential and the account come from the environment:
CLOUDFLARE_API_TOKEN (or CLOUDFLARE_EMAIL with CLOUDFLARE_API_KEY), CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_BASE_URL.

The token needs the permission "Account Settings Read" on the account: for members, user groups with their members,
permission groups and resource groups. If Cloudflare rejects one of these requests, there is no report.

Output:
  --format <format>        table, csv, json, markdown or html; default: by the ending of --out (.csv, .json, .md,
                           .html, .txt), or table on a terminal, or json
  --out <file>             the file to write, which is replaced; default: standard output

What to show (default: everything; with several kinds of filters, what passes all of them):
  --only unmanaged         rows that no stack manages completely; needs --stack-export
  --only administrators    rows that make somebody an administrator
  --person <email or id>   rows of this person; can be repeated
  --permission <name>      rows of this permission, by name, label or id; can be repeated
  --group <name or id>     rows through this user group; can be repeated

  --stack-export <file>    marks what a stack manages; the file comes from \`pulumi stack export --file <file>\`; can be
                           repeated
  --fail-on unmanaged      exit code 3 if the report has rows that no stack manages completely; needs --stack-export
  --fail-on administrators exit code 3 if the report has administrators
  --account <id>           the account; default: CLOUDFLARE_ACCOUNT_ID
  --help                   print this

The exit code is 2 for wrong options or settings, 3 by --fail-on, and 1 for any other failure.
`;

const formats = ["table", "csv", "json", "markdown", "html"] as const;
const conditions = ["unmanaged", "administrators"] as const;

/** A format of the report. */
export type Format = (typeof formats)[number];
/** What `--only` and `--fail-on` accept. */
export type Condition = (typeof conditions)[number];

/** The options of the command line. */
export interface ReportOptions {
  format: Format;
  out: string | undefined;
  only: readonly Condition[];
  failOn: readonly Condition[];
  people: readonly string[];
  permissions: readonly string[];
  groups: readonly string[];
  stackExports: readonly string[];
  account: string | undefined;
}

const formatsByEnding: Readonly<Record<string, Format>> = {
  ".csv": "csv",
  ".json": "json",
  ".md": "markdown",
  ".html": "html",
  ".txt": "table",
};

/**
 * Parses the arguments that follow the name of the command.
 *
 * @param isTerminal Whether standard output is a terminal.
 * @throws UsageError for an invalid command line.
 */
export function parseReportOptions(args: string[], isTerminal: boolean): ReportOptions | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  if (positionals.length > 0) throw new UsageError(`${JSON.stringify(positionals[0])} is not an option`);
  for (const [option, value] of Object.entries(values))
    if ([value].flat().includes("")) throw new UsageError(`--${option} needs a value`);
  const only = (values.only ?? []).map((value) => oneOf("only", value, conditions));
  const failOn = (values["fail-on"] ?? []).map((value) => oneOf("fail-on", value, conditions));
  const stackExports = values["stack-export"] ?? [];
  if (stackExports.length === 0 && [...only, ...failOn].includes("unmanaged"))
    throw new UsageError("unmanaged needs --stack-export for each stack that manages groups of the account");
  const { out, format, account } = values;
  return {
    format: format === undefined ? defaultFormat(out, isTerminal) : oneOf("format", format, formats),
    out,
    only,
    failOn,
    people: values.person ?? [],
    permissions: values.permission ?? [],
    groups: values.group ?? [],
    stackExports,
    account,
  };
}

function parse(args: string[]) {
  return parseArguments(args, {
    format: { type: "string" },
    out: { type: "string" },
    only: { type: "string", multiple: true },
    "fail-on": { type: "string", multiple: true },
    person: { type: "string", multiple: true },
    permission: { type: "string", multiple: true },
    group: { type: "string", multiple: true },
    "stack-export": { type: "string", multiple: true },
    account: { type: "string" },
    help: { type: "boolean" },
  });
}

function defaultFormat(out: string | undefined, isTerminal: boolean): Format {
  if (out === undefined) return isTerminal ? "table" : "json";
  const format = formatsByEnding[extname(out).toLowerCase()];
  if (!format) throw new UsageError(`the ending of ${out} says no format: give --format`);
  return format;
}

function oneOf<Value extends string>(option: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new UsageError(`--${option} must be ${allowed.join(" or ")}, not ${JSON.stringify(value)}`);
  return found;
}
