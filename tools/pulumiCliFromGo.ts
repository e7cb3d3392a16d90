import { copyFile, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { run, withSignOfLife } from "./childProcess";
import { dynamicProviderPlugin } from "./pulumiCliFolder";
import { goModules, languageHostScript, pinnedVersion } from "./pulumiCliPins";

/** Builds the CLI and its Node language host from the pinned Go modules into an empty folder, and returns that folder. */
export async function buildPulumiCli(
  emptyFolder: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<string> {
  const version = pinnedVersion();
  say(`Building the Pulumi CLI ${version} from Go modules: about five minutes, once …`);
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
  // Without cgo it needs no C compiler, and the same pins give the same CLI with or without one.
  const goEnv = { ...env, CGO_ENABLED: "0", GOWORK: "off" };
  for (const module of goModules) {
    const build = run("go", args, { cwd: module, env: goEnv, timeLimitMinutes: 30 });
    await withSignOfLife(`Building ${basename(module)}`, say, build);
  }
  await rename(join(emptyFolder, "pulumi-language-nodejs"), join(emptyFolder, "pulumi-language-nodejs-from-go"));
  await copyFile(languageHostScript, join(emptyFolder, "pulumi-language-nodejs"));
  // The plugin is a short script that looks for the SDK from the program's folder: a copy serves every version of the SDK.
  const sdk = dirname(require.resolve("@pulumi/pulumi/package.json"));
  await copyFile(join(sdk, dynamicProviderPlugin), join(emptyFolder, dynamicProviderPlugin));
  say("Built. Go keeps some 3 GB of downloads and compiled packages; `go clean -cache -modcache` removes them all.");
  return emptyFolder;
}
