import { parseArguments, UsageError } from "../../commandLine";

export const help = `Usage: pulumi preview --json | pulumi-cloudflare-groups access-diff [options]
       pulumi-cloudflare-groups access-diff [options] <file of pulumi preview --json>

Says who gains and who loses which permission by a Pulumi program, counted through user groups: a changed policy concerns
everybody in the group. It reads the preview, and it reads the account, because the preview does not say who is in a group
that stays the same. It changes nothing. The credential and the account come from the environment: CLOUDFLARE_API_TOKEN (or
CLOUDFLARE_EMAIL with CLOUDFLARE_API_KEY), CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_BASE_URL. The token needs the permission
"Account Settings Read" on the account.

  --format <format>              table, markdown or json; default: table on a terminal, or else markdown
  --out <file>                   the file to write, which is replaced; default: standard output
  --fail-on grants-administrator exit code 3 if somebody becomes an administrator, or if a change cannot be counted
  --fail-on removals:<number>    exit code 3 if more permissions than this are lost, or if a change cannot be counted
  --account <id>                 the account; default: CLOUDFLARE_ACCOUNT_ID
  --help                         print this

The exit code is 2 for wrong options or settings, 3 by --fail-on, and 1 for any other failure.
`;

const formats = ["table", "markdown", "json"] as const;

/** The options of the command line. */
export interface DiffOptions {
  format: (typeof formats)[number];
  out: string | undefined;
  /** The file of the preview. Undefined for standard input. */
  preview: string | undefined;
  failOnAdministrators: boolean;
  /** The number of lost permissions that is still allowed. */
  maxRemovals: number | undefined;
  account: string | undefined;
}

/**
 * Parses the arguments that follow the name of the command.
 *
 * @throws UsageError for an invalid command line.
 */
export function parseDiffOptions(args: string[], isTerminal: boolean): DiffOptions | "help" {
  const { values, positionals } = parseArguments(args, {
    format: { type: "string" },
    out: { type: "string" },
    "fail-on": { type: "string", multiple: true },
    account: { type: "string" },
    help: { type: "boolean" },
  });
  if (values.help) return "help";
  const [preview, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`${JSON.stringify(others[0])} is one file too many`);
  for (const [option, value] of Object.entries(values))
    if ([value].flat().includes("")) throw new UsageError(`--${option} needs a value`);
  const { format = isTerminal ? "table" : "markdown", out, account, "fail-on": failOn = [] } = values;
  const found = formats.find((each) => each === format);
  if (!found) throw new UsageError(`--format must be ${formats.join(" or ")}, not ${JSON.stringify(format)}`);
  const limits = failOn.filter((condition) => condition !== "grants-administrator").map(parseRemovals);
  return {
    format: found,
    out,
    preview: preview === "-" ? undefined : preview,
    failOnAdministrators: failOn.includes("grants-administrator"),
    maxRemovals: limits.length > 0 ? Math.min(...limits) : undefined,
    account,
  };
}

function parseRemovals(condition: string): number {
  const [, limit] = /^removals:(\d+)$/.exec(condition) ?? [];
  if (limit !== undefined) return Number(limit);
  throw new UsageError(`--fail-on must be grants-administrator or removals:<number>, not ${JSON.stringify(condition)}`);
}
