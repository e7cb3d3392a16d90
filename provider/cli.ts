#!/usr/bin/env node
import { describeFailure, UsageError } from "./commandLine";
import { toTerminalSafe } from "./terminalText";

const help = `Usage: pulumi-cloudflare-groups <command> [options]

Commands:
  import-file     writes a file that imports existing groups into a stack
  access-report   says who may do what in the account, and why
  access-diff     says who gains and who loses which permission by a Pulumi program

Each command prints its options with --help.
`;

/** Each command loads its own files only. */
const commands: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  "import-file"(args) {
    const { runImportFile }: typeof import("./importFile/command") = require("./importFile/command");
    return runImportFile(args);
  },
  "access-report"(args) {
    const { runAccessReport }: typeof import("./access/reportCommand") = require("./access/reportCommand");
    return runAccessReport(args);
  },
  "access-diff"(args) {
    const { runAccessDiff }: typeof import("./access/diff/command") = require("./access/diff/command");
    return runAccessDiff(args);
  },
};

void main();

async function main(): Promise<void> {
  // It is no failure when a reader such as `head` closes the pipe early.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    const { message, exitCode } = describeFailure(error);
    process.stderr.write(toTerminalSafe(`${message}\n`));
    process.exitCode = exitCode;
  }
}

async function run([command, ...args]: string[]): Promise<void> {
  const names = Object.keys(commands).join(", ");
  if (command === "--help") process.stdout.write(help);
  else if (command === undefined || command.startsWith("-")) throw new UsageError(`a command is missing: ${names}`);
  else if (!Object.hasOwn(commands, command))
    throw new UsageError(`there is no command ${JSON.stringify(command)}, only ${names}`);
  else await commands[command]?.(args);
}
