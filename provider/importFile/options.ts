import { parseArguments, UsageError } from "../commandLine";
import type { ImportedKind } from "./remoteResources";

export const help = `Usage: pulumi-cloudflare-groups import-file [options]

Writes a file for \`pulumi import --file\` (Pulumi CLI 3.254 or later) that imports existing groups of a Cloudflare account
into a stack. It only reads. The credential and the account come from the environment: CLOUDFLARE_API_TOKEN (or
CLOUDFLARE_EMAIL with CLOUDFLARE_API_KEY), CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_BASE_URL.

What to import (default: everything):
  --user-groups          user groups
  --members              the members of user groups
  --deployment-groups    device deployment groups
  --name <name or id>    only this group; can be repeated
  --stack-export <file>  the resources of @pulumi/cloudflare in a stack, with the same Pulumi names; the file
                         comes from \`pulumi stack export --file <file>\`

Source and destination:
  --account <id>         the account; default: CLOUDFLARE_ACCOUNT_ID
  --out <file>           the import file; default: standard output
  --program <file>       also write a TypeScript program that declares the same resources

  --help                 print this

An existing file is never overwritten. The exit code is 2 for wrong options or settings, and 1 for any other failure.
`;

/** The options of the command line. */
export interface Options {
  /** The kinds of resources to import. */
  kinds: ReadonlySet<ImportedKind>;
  /** Names or ids of the groups to import; empty for all. */
  names: readonly string[];
  stackExport: string | undefined;
  account: string | undefined;
  out: string | undefined;
  program: string | undefined;
}

/**
 * Parses the arguments that follow the name of the command.
 *
 * @throws UsageError for an invalid command line.
 */
export function parseOptions(args: string[]): Options | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  if (positionals.length > 0)
    throw new UsageError(`${JSON.stringify(positionals[0])} is not an option: use --name for a group`);
  const { name: names = [], "stack-export": stackExport, account, out, program } = values;
  const givenValues = Object.entries({
    account,
    out,
    program,
    "stack-export": stackExport,
    name: names.find((name) => !name),
  });
  for (const [option, value] of givenValues) if (value === "") throw new UsageError(`--${option} needs a value`);
  if (stackExport !== undefined && names.length > 0)
    throw new UsageError("--stack-export chooses the groups itself: leave out --name");
  if (stackExport !== undefined && program !== undefined)
    throw new UsageError("--program is for a stack without a program: leave it out with --stack-export");
  if (out !== undefined && out === program) throw new UsageError("--out and --program name the same file");
  return { kinds: kindsOf(values), names, stackExport, account, out, program };
}

function parse(args: string[]) {
  return parseArguments(args, {
    "user-groups": { type: "boolean" },
    members: { type: "boolean" },
    "deployment-groups": { type: "boolean" },
    name: { type: "string", multiple: true },
    "stack-export": { type: "string" },
    account: { type: "string" },
    out: { type: "string" },
    program: { type: "string" },
    help: { type: "boolean" },
  });
}

function kindsOf(values: ReturnType<typeof parse>["values"]): Set<ImportedKind> {
  const isChosen: Record<ImportedKind, boolean | undefined> = {
    userGroup: values["user-groups"],
    userGroupMembers: values.members,
    deploymentGroup: values["deployment-groups"],
  };
  const kinds = Object.keys(isChosen).filter((kind): kind is ImportedKind => kind in isChosen);
  const chosen = kinds.filter((kind) => isChosen[kind]);
  return new Set(chosen.length > 0 ? chosen : kinds);
}
