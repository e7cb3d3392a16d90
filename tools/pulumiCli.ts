import { keptPulumiCli } from "./pulumiCliCache";
import { downloadPulumiCli } from "./pulumiCliDownload";
import { type PulumiCli, pulumiCliOnPath } from "./pulumiCliFolder";
import { buildPulumiCli } from "./pulumiCliFromGo";

export type { PulumiCli } from "./pulumiCliFolder";

/**
 * Finds a Pulumi CLI or gets one: the one on PATH, else a download, else a build from Go modules. What was downloaded or built
 * is kept in the user's cache folder, and used from then on. Works on Linux and macOS; on Windows, use WSL.
 *
 * @param say Is told what is going on, a line at a time; by default it is printed to stderr.
 * @param env Where PATH, HOME and XDG_CACHE_HOME are taken from; by default the process's own environment.
 * @throws An error that lists what was tried, why each failed, and what to do.
 */
export async function findPulumiCli(say = printToStderr, env = process.env): Promise<PulumiCli> {
  const ways: [string, () => Promise<PulumiCli>][] = [
    ["On PATH", () => pulumiCliOnPath(env)],
    ["Download", () => keptPulumiCli(env, (folder) => downloadPulumiCli(folder, env, say))],
    ["Build from Go modules", () => keptPulumiCli(env, (folder) => buildPulumiCli(folder, env, say))],
  ];
  const failures: string[] = [];
  for (const [name, way] of ways) {
    try {
      return await way();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // That there is none on PATH is the usual case and nothing to tell.
      if (!reason.endsWith("is not on PATH")) say(`${name}: ${reason}`);
      failures.push(`- ${name}: ${reason.replaceAll("\n", "\n    ")}`);
    }
  }
  throw new Error(
    [
      "No Pulumi CLI. What was tried:",
      ...failures,
      "Do one of these, then try again: install the CLI (https://www.pulumi.com/docs/install/) and put it on PATH; make",
      "get.pulumi.com reachable; or install Go 1.25 or later and make a Go module proxy reachable.",
    ].join("\n"),
  );
}

function printToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

// `npm run pulumi-cli` prints the folder to put on PATH, alone on stdout.
if (require.main === module) {
  findPulumiCli().then(
    (cli) => console.log(cli.folder),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
