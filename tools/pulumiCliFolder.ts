import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { run } from "./childProcess";

/** A Pulumi CLI that can run a Node program with dynamic providers. */
export interface PulumiCli {
  /** The absolute path of `pulumi`. */
  command: string;
  /** The CLI's version, such as "3.259.0". */
  version: string;
  /** The folder that holds `pulumi`. */
  folder: string;
  /** A copy of an environment, by default the process's own, in which `pulumi` is this CLI. */
  env(base?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
}

// What a Node program with dynamic providers needs. The CLI looks for the two plugins on PATH and beside itself only.
const languageHost = "pulumi-language-nodejs";
export const dynamicProviderPlugin = "pulumi-resource-pulumi-nodejs";
const plugins = [languageHost, dynamicProviderPlugin];

// From 3.254 on, `pulumi import --file` takes inputs and outputs: the only import that reaches a dynamic provider. It is also
// not older than the SDK that the tests install, which Pulumi asks for.
const oldestUsable = "3.254.0";

/**
 * The CLI that the PATH of `env` leads to.
 *
 * @throws An error with the reason, when there is none, it has no Node plugins, or it is older than 3.254.0.
 */
export async function pulumiCliOnPath(env: NodeJS.ProcessEnv): Promise<PulumiCli> {
  const command = findOnPath("pulumi", env);
  if (!command) throw new Error("`pulumi` is not on PATH");
  // A CLI without plugins may be the npm package's script, which downloads when it is run: so this is asked first.
  for (const plugin of plugins) {
    if (!findOnPath(plugin, env) && !isExecutable(join(dirname(realpathSync(command)), plugin))) {
      throw new Error(`${command} has no \`${plugin}\` beside it or on PATH`);
    }
  }
  const cli = await pulumiCli(command, env);
  if (isOlder(cli.version, oldestUsable)) {
    throw new Error(`${command} is version ${cli.version}, and ${oldestUsable} or later is needed`);
  }
  return cli;
}

/**
 * The CLI in a folder that holds `pulumi` and its Node plugins.
 *
 * @throws An error that names the missing file, or holds what `pulumi version` said.
 */
export async function pulumiCliIn(folder: string, env: NodeJS.ProcessEnv): Promise<PulumiCli> {
  for (const file of ["pulumi", ...plugins]) {
    if (!isExecutable(join(folder, file))) throw new Error(`${folder} has no \`${file}\``);
  }
  return pulumiCli(join(folder, "pulumi"), env);
}

async function pulumiCli(command: string, env: NodeJS.ProcessEnv): Promise<PulumiCli> {
  const version = await versionOf(command, env);
  const folder = dirname(command);
  return {
    command,
    version,
    folder,
    env: (base = process.env) => {
      // Left alone where it is right already: /usr/bin put first could change which `node` is found.
      if (findOnPath("pulumi", base) === command) return { ...base };
      return { ...base, PATH: base.PATH ? folder + delimiter + base.PATH : folder };
    },
  };
}

async function versionOf(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  // Even `pulumi version` writes a log into PULUMI_HOME, and makes one in the user's home folder where there is none.
  const home = await mkdtemp(join(tmpdir(), "pulumi-version-"));
  try {
    const quietly = { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const answer = (await run(command, ["version"], { env: quietly, timeLimitMinutes: 1 })).trim();
    const version = /^v?(\d+\.\d+\.\d+)/.exec(answer)?.[1];
    if (!version) throw new Error(`\`${command} version\` printed no version but: ${answer}`);
    return version;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The absolute path of the program that the PATH of `env` leads to, or undefined. */
export function findOnPath(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => resolve(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) < 0;
}
