import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULTS, type Simulator, startSimulator } from "cloudflare-groups-simulator";
import ts from "typescript";
import { PulumiProject } from "../test/e2e/pulumiProject";
import { run } from "../tools/childProcess";
import { findOnPath } from "../tools/pulumiCliFolder";
import { account, type Group } from "./groups";

/** One way to manage Cloudflare's groups with Pulumi. */
export interface Way {
  /** What the tables call it. */
  name: string;
  /** Its program, a file of `contenders/`. */
  program: string;
  /** Why it cannot take part on this machine; undefined where it can. */
  missing?(): string | undefined;
  /** Adds to a project what its program needs besides the package, axios and the settings in the environment. */
  prepare?(project: PulumiProject, baseUrl: string): Promise<void>;
}

/** The version of `@pulumi/cloudflare` that the official provider's program is written for. */
const officialVersion = "6.22.1";
const officialPlugin = "pulumi-resource-cloudflare";

export const ways: Way[] = [
  { name: "this package", program: "ours.ts" },
  { name: "ordinary dynamic provider", program: "ordinary.ts" },
  {
    name: "official provider",
    program: "official.ts",
    missing: () =>
      findOnPath(officialPlugin, process.env) ? undefined : `its plugin, ${officialPlugin}, is not on PATH`,
    prepare: prepareOfficial,
  },
];

/** A way at work: a simulated account of its own, and a project that manages it. */
export class Contender {
  private constructor(
    readonly name: string,
    readonly simulator: Simulator,
    private readonly project: PulumiProject,
  ) {}

  /** @param latencyMs For how long every call waits at the simulator before it is served. */
  static async start({ name, program, prepare }: Way, latencyMs: number): Promise<Contender> {
    const simulator = await startSimulator({
      seed: account,
      // Out of the way: a provider that waits for the next five minutes would be measured by the limit alone.
      rateLimit: { limit: 1_000_000, windowSeconds: 300 },
      ...(latencyMs > 0 ? { faultFor: () => ({ delayMs: latencyMs }) } : {}),
    });
    try {
      const project = await PulumiProject.create({
        CLOUDFLARE_API_TOKEN: DEFAULTS.apiToken,
        CLOUDFLARE_ACCOUNT_ID: DEFAULTS.accountId,
        CLOUDFLARE_BASE_URL: simulator.url,
      });
      await project.writeSource(compiled(join(__dirname, "contenders", program)));
      await prepare?.(project, simulator.url);
      return new Contender(name, simulator, project);
    } catch (error) {
      await simulator.close();
      throw error;
    }
  }

  /** Makes these the groups that the program declares. */
  async declare(groups: Group[]): Promise<void> {
    await writeFile(join(this.project.folder, "program/groups.json"), JSON.stringify(groups));
  }

  /** Runs a command of Pulumi's that must end well, and returns what it printed. */
  pulumi(args: readonly string[]): Promise<string> {
    return this.project.succeed(...args);
  }

  /** The size of the file that the engine keeps the stack's state in. */
  async stateBytes(): Promise<number> {
    return (await stat(join(this.project.folder, "state/.pulumi/stacks/e2e/dev.json"))).size;
  }

  async stop(): Promise<void> {
    await this.simulator.close();
    await this.project.remove();
  }
}

function compiled(program: string): string {
  const { ModuleKind, ScriptTarget, transpileModule } = ts;
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  return transpileModule(readFileSync(program, "utf8"), { compilerOptions }).outputText;
}

async function prepareOfficial(project: PulumiProject, baseUrl: string): Promise<void> {
  await installOfficialPackage(join(project.folder, "program/node_modules/@pulumi"));
  await project.succeed("config", "set", "cloudflare:baseUrl", baseUrl);
}

// Unpacked without its dependencies: the SDK is the one that all contenders use.
async function installOfficialPackage(scope: string): Promise<void> {
  const download = await mkdtemp(join(tmpdir(), "pulumi-cloudflare-"));
  try {
    const env = process.env;
    await run("npm", ["pack", `@pulumi/cloudflare@${officialVersion}`], { cwd: download, env, timeLimitMinutes: 10 });
    execFileSync("tar", ["-xzf", `pulumi-cloudflare-${officialVersion}.tgz`], { cwd: download });
    await mkdir(scope, { recursive: true });
    await rename(join(download, "package"), join(scope, "cloudflare"));
  } finally {
    await rm(download, { recursive: true });
  }
}
