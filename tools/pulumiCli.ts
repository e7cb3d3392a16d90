import { loadCachedPulumiCli } from "./pulumiCliCache";
import { downloadPulumiCli } from "./pulumiCliDownload";
import { findPulumiCliOnPath, type PulumiCli } from "./pulumiCliFolder";
import { buildPulumiCli } from "./pulumiCliFromGo";

export type { PulumiCli } from "./pulumiCliFolder";

/**
 * Finds a Pulumi CLI on PATH, or else downloads it, or else builds it from Go modules.
 *
 * A download or a build goes into the user's cache folder, and later calls use it. Works on Linux and macOS; on Windows, use
 * WSL.
 *
 * @param log Logs one line of progress. Default: prints it to stderr.
 * @param env Supplies PATH, HOME and XDG_CACHE_HOME. Default: the environment of the process.
 * @throws An error that lists what was tried, why each attempt failed, and what to do.
 */
export async function findPulumiCli(log = printToStderr, env = process.env): Promise<PulumiCli> {
  const sources: [string, () => Promise<PulumiCli>][] = [
    ["On PATH", () => findPulumiCliOnPath(env)],
    ["Download", () => loadCachedPulumiCli(env, (folder) => downloadPulumiCli(folder, env, log))],
    ["Build from Go modules", () => loadCachedPulumiCli(env, (folder) => buildPulumiCli(folder, env, log))],
  ];
  const failures: string[] = [];
  for (const [name, load] of sources) {
    try {
      return await load();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // Most machines have no CLI on PATH, so that is not worth a line.
      if (!reason.endsWith("is not on PATH")) log(`${name}: ${reason}`);
      failures.push(`- ${name}: ${reason.replaceAll("\n", "\n    ")}`);
    }
  }
  throw new Error(
    [
      "Found no Pulumi CLI. These attempts failed:",
      ...failures,
      "Do one of these, then try again: install the CLI (https://www.pulumi.com/docs/install/) and put it on PATH; make",
      "get.pulumi.com reachable; or install Go 1.25 or later and make a Go module proxy reachable.",
    ].join("\n"),
  );
}

function printToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

// `npm run pulumi-cli` prints the folder to put on PATH, and nothing else, to stdout.
if (require.main === module) {
  findPulumiCli().then(
    (cli) => console.log(cli.folder),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
