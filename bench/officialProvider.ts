import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PulumiProject } from "../test/e2e/pulumiProject";
import { run } from "../tools/childProcess";
import { findOnPath } from "../tools/pulumiCliFolder";
import type { CandidateSpec } from "./candidate";

/** The version of `@pulumi/cloudflare` that the candidate's program is written for. */
const packageVersion = "6.22.1";
const plugin = "pulumi-resource-cloudflare";

/** @param label The sentence about the plugin. Default: the version that the plugin prints. */
export function makeOfficialSpec(label?: string): CandidateSpec {
  return {
    name: "official provider",
    program: "official.ts",
    findObstacle: () => (findOnPath(plugin, process.env) ? undefined : `its plugin, ${plugin}, is not on PATH`),
    describe: async () => label ?? describePlugin(process.env),
    prepare,
  };
}

/**
 * Describes the plugin on the PATH of `env` by the version that it prints.
 *
 * @throws An error if the plugin is not on that PATH, or if `--version` fails.
 */
export async function describePlugin(env: NodeJS.ProcessEnv): Promise<string> {
  const version = await run(plugin, ["--version"], { env, timeLimitMinutes: 1 });
  return `official provider: the plugin prints ${version.trim()} as its version`;
}

async function prepare(project: PulumiProject, baseUrl: string): Promise<void> {
  await installPackage(join(project.folder, "program/node_modules/@pulumi"));
  await project.succeed("config", "set", "cloudflare:baseUrl", baseUrl);
}

// The package is unpacked without its dependencies, so that all candidates use the same SDK.
async function installPackage(scope: string): Promise<void> {
  const download = await mkdtemp(join(tmpdir(), "pulumi-cloudflare-"));
  try {
    const env = process.env;
    await run("npm", ["pack", `@pulumi/cloudflare@${packageVersion}`], { cwd: download, env, timeLimitMinutes: 10 });
    execFileSync("tar", ["-xzf", `pulumi-cloudflare-${packageVersion}.tgz`], { cwd: download });
    await mkdir(scope, { recursive: true });
    await rename(join(download, "package"), join(scope, "cloudflare"));
  } finally {
    await rm(download, { recursive: true });
  }
}
