import { join } from "node:path";
import { run, withSignOfLife } from "./childProcess";
import { pinnedVersion } from "./pulumiCliPins";

/** Downloads the CLI with the npm package `pulumi` into an empty folder, and returns the folder that holds it. */
export async function downloadPulumiCli(
  emptyFolder: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<string> {
  const version = pinnedVersion();
  say(`Downloading the Pulumi CLI ${version} with the npm package \`pulumi\` …`);
  // Without retries: where the npm registry or Pulumi's site cannot be reached, there is another way, and it should start soon.
  const args = [
    "--yes",
    "--fetch-retries=0",
    "--loglevel=error",
    "--no-update-notifier",
    `pulumi@${version}`,
    "version",
  ];
  // The package keeps what it downloads in PULUMI_HOME, and half of it when it is stopped: so not in the user's own.
  const here = { ...env, PULUMI_HOME: emptyFolder, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" };
  await withSignOfLife("Downloading", say, run("npx", args, { env: here, timeLimitMinutes: 5 }));
  return join(emptyFolder, "versions", version, "bin");
}
