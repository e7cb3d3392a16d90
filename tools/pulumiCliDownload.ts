import { join } from "node:path";
import { run, withHeartbeat } from "./childProcess";
import { readPinnedVersion } from "./pulumiCliPins";

/** Downloads the CLI with the npm package `pulumi` into an empty folder, and returns the folder with the CLI. */
export async function downloadPulumiCli(
  emptyFolder: string,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<string> {
  const version = readPinnedVersion();
  log(`Downloading the Pulumi CLI ${version} with the npm package \`pulumi\` …`);
  // No retries: when the npm registry or Pulumi's site is unreachable, the build from Go modules should start soon.
  const args = [
    "--yes",
    "--fetch-retries=0",
    "--loglevel=error",
    "--no-update-notifier",
    `pulumi@${version}`,
    "version",
  ];
  // The package downloads into PULUMI_HOME, and a stopped download leaves half a CLI there. So it gets its own folder.
  const ownHomeEnv = { ...env, PULUMI_HOME: emptyFolder, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" };
  await withHeartbeat("Downloading", log, run("npx", args, { env: ownHomeEnv, timeLimitMinutes: 5 }));
  return join(emptyFolder, "versions", version, "bin");
}
