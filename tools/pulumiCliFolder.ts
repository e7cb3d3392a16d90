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
  /** Returns a copy of an environment in which `pulumi` is this CLI. Default: the environment of the process. */
  env(base?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
}

// A Node program with dynamic providers needs these two plugins. The CLI looks for them on PATH and beside itself.
const languageHost = "pulumi-language-nodejs";
export const dynamicProviderPlugin = "pulumi-resource-pulumi-nodejs";
const plugins = [languageHost, dynamicProviderPlugin];

// Since 3.254, `pulumi import --file` accepts inputs and outputs, and no other import works with a dynamic provider. Pulumi
// also asks for a CLI that is not older than the SDK, and this one is newer than the SDK of the tests.
const minVersion = "3.254.0";

/**
 * Finds the CLI on the PATH of `env`.
 *
 * @throws An error with the reason when there is no CLI, it lacks a Node plugin, or it is older than 3.254.0.
 */
export async function findPulumiCliOnPath(env: NodeJS.ProcessEnv): Promise<PulumiCli> {
  const command = findOnPath("pulumi", env);
  if (!command) throw new Error("`pulumi` is not on PATH");
  // A CLI without plugins may be the script of the npm package, which starts a download. So this check does not run it.
  for (const plugin of plugins) {
    if (!findOnPath(plugin, env) && !isExecutable(join(dirname(realpathSync(command)), plugin))) {
      throw new Error(`${command} has no \`${plugin}\` beside it or on PATH`);
    }
  }
  const cli = await describePulumiCli(command, env);
  if (isOlder(cli.version, minVersion)) {
    throw new Error(`${command} is version ${cli.version}, and ${minVersion} or later is needed`);
  }
  return cli;
}

/**
 * Returns the CLI in a folder with `pulumi` and its Node plugins.
 *
 * @throws An error with the missing file, or with the output of a failed `pulumi version`.
 */
export async function openPulumiCli(folder: string, env: NodeJS.ProcessEnv): Promise<PulumiCli> {
  for (const file of ["pulumi", ...plugins]) {
    if (!isExecutable(join(folder, file))) throw new Error(`${folder} has no \`${file}\``);
  }
  return describePulumiCli(join(folder, "pulumi"), env);
}

async function describePulumiCli(command: string, env: NodeJS.ProcessEnv): Promise<PulumiCli> {
  const version = await readVersion(command, env);
  const folder = dirname(command);
  return {
    command,
    version,
    folder,
    env: (base = process.env) => {
      // A PATH that already leads to this CLI stays as it is. With /usr/bin first it could lead to another `node`.
      if (findOnPath("pulumi", base) === command) return { ...base };
      return { ...base, PATH: base.PATH ? folder + delimiter + base.PATH : folder };
    },
  };
}

async function readVersion(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  // Even `pulumi version` writes a log into PULUMI_HOME, which it creates in the user's home folder by default.
  const home = await mkdtemp(join(tmpdir(), "pulumi-version-"));
  try {
    const ownHomeEnv = { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const output = (await run(command, ["version"], { env: ownHomeEnv, timeLimitMinutes: 1 })).trim();
    const version = /^v?(\d+\.\d+\.\d+)/.exec(output)?.[1];
    if (!version) throw new Error(`\`${command} version\` printed no version: ${output}`);
    return version;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Returns the absolute path of a program on the PATH of `env`, or undefined. */
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
