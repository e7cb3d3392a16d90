import { parseArgs } from "node:util";
import type { ImportedKind } from "./account";

export const help = `Usage: pulumi-cloudflare-groups import-file [options]

Writes a file for \`pulumi import --file\` (Pulumi CLI 3.254 or later) that takes existing groups of a Cloudflare account
into a stack. It only reads; the credential and the account come from the environment: CLOUDFLARE_API_TOKEN (or
CLOUDFLARE_EMAIL with CLOUDFLARE_API_KEY), CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_BASE_URL.

What to import; without these options all of it:
  --user-groups          user groups
  --members              the members of user groups
  --deployment-groups    device deployment groups
  --name <name or id>    only this group; may be given several times
  --stack-export <file>  what @pulumi/cloudflare manages in a stack, under the same Pulumi names; the file is what
                         \`pulumi stack export --file <file>\` has written

From and to where:
  --account <id>         the account; default: CLOUDFLARE_ACCOUNT_ID
  --out <file>           the import file; default: standard output
  --program <file>       also write a TypeScript program that declares the same resources

  --help                 print this

A file that exists is never overwritten. Exit code 2 stands for wrong options or settings, 1 for any other failure.
`;

/** What the command line asks for. */
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

/** A command line or a setting that makes no sense, told in one line. */
export class UsageError extends Error {}

/**
 * Reads the command line, without the program's own name.
 *
 * @throws UsageError for what it does not understand.
 */
export function readOptions(args: string[]): Options | "help" {
  const { values, positionals } = parse(args);
  if (values.help) return "help";
  const [command, ...others] = positionals;
  if (command === undefined) throw new UsageError("a command is missing: import-file");
  if (command !== "import-file")
    throw new UsageError(`there is no command ${JSON.stringify(command)}, only import-file`);
  if (others.length > 0) throw new UsageError(`${JSON.stringify(others[0])} is not an option: use --name for a group`);
  const { name: names = [], "stack-export": stackExport, account, out, program } = values;
  const given = Object.entries({
    account,
    out,
    program,
    "stack-export": stackExport,
    name: names.find((name) => !name),
  });
  for (const [option, value] of given) if (value === "") throw new UsageError(`--${option} needs a value`);
  if (stackExport !== undefined && names.length > 0)
    throw new UsageError("--stack-export chooses the groups itself: leave out --name");
  if (stackExport !== undefined && program !== undefined)
    throw new UsageError("--program is for a stack without a program of its own: leave it out with --stack-export");
  if (out !== undefined && out === program) throw new UsageError("--out and --program name the same file");
  return { kinds: kindsOf(values), names, stackExport, account, out, program };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        "user-groups": { type: "boolean" },
        members: { type: "boolean" },
        "deployment-groups": { type: "boolean" },
        name: { type: "string", multiple: true },
        "stack-export": { type: "string" },
        account: { type: "string" },
        out: { type: "string" },
        program: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    // Node goes on with advice on positional arguments, which there are none of.
    throw new UsageError(error instanceof Error ? error.message.split(/\. |\n/)[0] : String(error));
  }
}

function kindsOf(values: ReturnType<typeof parse>["values"]): Set<ImportedKind> {
  const chosen: [ImportedKind, boolean | undefined][] = [
    ["userGroup", values["user-groups"]],
    ["userGroupMembers", values.members],
    ["deploymentGroup", values["deployment-groups"]],
  ];
  const isAnyChosen = chosen.some(([, isChosen]) => isChosen);
  return new Set(chosen.filter(([, isChosen]) => isChosen || !isAnyChosen).map(([kind]) => kind));
}
