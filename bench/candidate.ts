import { readFileSync } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULTS, type Simulator, startSimulator } from "cloudflare-groups-simulator";
import ts from "typescript";
import { PulumiProject } from "../test/e2e/pulumiProject";
import { account, type Group } from "./groups";

/** One way to manage Cloudflare's groups with Pulumi. */
export interface CandidateSpec {
  /** The column's heading in the tables. */
  name: string;
  /** The file of `candidates/` that is its Pulumi program. */
  program: string;
  /** Other files of `candidates/` that the program's resources load. Default: none. */
  modules?: string[];
  /** Returns why it cannot run on this machine, or undefined if it can. Default: it always can. */
  findObstacle?(): string | undefined;
  /** Returns the sentence about it below the tables. Default: no sentence. */
  describe?(): Promise<string>;
  /** Adds what its program needs in addition to the package, axios and the settings in the environment. Default: nothing. */
  prepare?(project: PulumiProject, baseUrl: string): Promise<void>;
}

/** A candidate that runs: a project with its own simulated account. */
export class Candidate {
  private constructor(
    readonly name: string,
    readonly simulator: Simulator,
    private readonly project: PulumiProject,
  ) {}

  /** @param latencyMs The milliseconds that the simulator waits before it handles a request. */
  static async start({ name, program, modules = [], prepare }: CandidateSpec, latencyMs: number): Promise<Candidate> {
    const simulator = await startSimulator({
      seed: account,
      // No candidate reaches this limit. The real one would make a run wait for the next five minutes.
      rateLimit: { limit: 1_000_000, windowSeconds: 300 },
      ...(latencyMs > 0 ? { faultFor: () => ({ delayMs: latencyMs }) } : {}),
    });
    try {
      const project = await PulumiProject.create({
        CLOUDFLARE_API_TOKEN: DEFAULTS.apiToken,
        CLOUDFLARE_ACCOUNT_ID: DEFAULTS.accountId,
        CLOUDFLARE_BASE_URL: simulator.url,
      });
      await project.writeSource(compile(program));
      for (const module of modules)
        await writeFile(join(project.folder, "program", module.replace(/\.ts$/, ".js")), compile(module));
      await prepare?.(project, simulator.url);
      return new Candidate(name, simulator, project);
    } catch (error) {
      await simulator.close();
      throw error;
    }
  }

  /** Sets the groups that the program declares from the next command on. */
  async declare(groups: Group[]): Promise<void> {
    await writeFile(join(this.project.folder, "program/groups.json"), JSON.stringify(groups));
  }

  /**
   * Runs a Pulumi command and returns its output.
   *
   * @throws An error with the output if the command fails.
   */
  pulumi(args: readonly string[]): Promise<string> {
    return this.project.succeed(...args);
  }

  /** Returns the size of the file that holds the stack's state. */
  async stateBytes(): Promise<number> {
    return (await stat(join(this.project.folder, "state/.pulumi/stacks/e2e/dev.json"))).size;
  }

  async stop(): Promise<void> {
    await this.simulator.close();
    await this.project.remove();
  }
}

function compile(file: string): string {
  const { ModuleKind, ScriptTarget, transpileModule } = ts;
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  return transpileModule(readFileSync(join(__dirname, "candidates", file), "utf8"), { compilerOptions }).outputText;
}
