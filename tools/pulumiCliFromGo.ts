import { copyFile, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { run, withHeartbeat } from "./childProcess";
import { dynamicProviderPlugin } from "./pulumiCliFolder";
import { goModules, languageHostScript, readPinnedVersion } from "./pulumiCliPins";

/** Builds the CLI and its Node language host from the pinned Go modules into an empty folder, and returns that folder. */
export async function buildPulumiCli(
  emptyFolder: string,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<string> {
  const version = readPinnedVersion();
  log(`Building the Pulumi CLI ${version} from Go modules: about five minutes, once …`);
  const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  const args = [
    "build",
    "-mod=readonly",
    "-trimpath",
    "-ldflags",
    `-s -w ${versionFlag}`,
    "-o",
    `${emptyFolder}/`,
    "tool",
  ];
  // Without cgo the build needs no C compiler, and the same pins give the same CLI on every machine.
  const goEnv = { ...env, CGO_ENABLED: "0", GOWORK: "off" };
  for (const module of goModules) {
    const build = run("go", args, { cwd: module, env: goEnv, timeLimitMinutes: 30 });
    await withHeartbeat(`Building ${basename(module)}`, log, build);
  }
  await rename(join(emptyFolder, "pulumi-language-nodejs"), join(emptyFolder, "pulumi-language-nodejs-from-go"));
  await copyFile(languageHostScript, join(emptyFolder, "pulumi-language-nodejs"));
  // The plugin is a short script that finds the SDK from the program's folder. So a copy works with every SDK version.
  const sdk = dirname(require.resolve("@pulumi/pulumi/package.json"));
  await copyFile(join(sdk, dynamicProviderPlugin), join(emptyFolder, dynamicProviderPlugin));
  log("Built. Go's own caches now hold about 3 GB. `go clean -cache -modcache` deletes them.");
  return emptyFolder;
}
