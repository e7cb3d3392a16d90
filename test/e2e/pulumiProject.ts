import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import type * as pulumi from "@pulumi/pulumi";
import type * as groups from "../../provider";
import { findPulumiCli, type PulumiCli } from "../../tools/pulumiCli";
import { findRuntime, type Runtime } from "../runtimes/runtime";

/** A Pulumi program as a function: it is written into the project as text, so that it sees its parameters and nothing else. */
export type Program<Values> = (package_: typeof groups, values: Values, sdk: typeof pulumi) => unknown;

/** What a Pulumi command printed and how it ended. */
export interface CommandResult {
  code: number | null;
  output: string;
}

/** A resource as a stack's state holds it. */
export interface StoredResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
  [key: string]: unknown;
}

/** A Pulumi command under way. */
export class RunningCommand {
  readonly ended: Promise<CommandResult>;
  #output = "";
  #listeners: (() => void)[] = [];

  constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        this.#output += chunk;
        for (const listener of this.#listeners) listener();
      });
    this.ended = new Promise((settle, reject) => {
      child.on("error", reject);
      child.on("close", (code) => settle({ code, output: this.#output }));
    });
  }

  /** Waits until the command has printed this. */
  said(text: string): Promise<void> {
    return new Promise((settle) => {
      const listener = () => this.#output.includes(text) && settle();
      this.#listeners.push(listener);
      listener();
    });
  }

  /** Presses Ctrl-C. */
  interrupt(): void {
    this.child.kill("SIGINT");
  }

  /** Kills the engine and everything that it has started at once, as the end of a pipeline's machine does. */
  async kill(): Promise<void> {
    const processes = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
    const doomed = new Set([this.child.pid]);
    for (const [pid, parent] of processes.sort(([left = 0], [right = 0]) => left - right))
      if (doomed.has(parent)) doomed.add(pid);
    for (const pid of doomed) if (pid !== undefined) process.kill(pid, "SIGKILL");
    await this.ended;
  }
}

const repository = resolve(__dirname, "../..");

let engine: Promise<[PulumiCli, Runtime]> | undefined;

/** The CLI and the runtime of all projects, which may have to be downloaded, built or installed first. */
export function findEngine(): Promise<[PulumiCli, Runtime]> {
  engine ??= Promise.all([findPulumiCli((line) => console.error(line)), findRuntime()]);
  return engine;
}

/** A Pulumi project and stack of a test's own, in a temporary folder, run by the real engine on a local file backend. */
export class PulumiProject {
  private constructor(
    readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** @param settings Environment variables of every command, such as `CLOUDFLARE_API_TOKEN`. */
  static async create(settings: NodeJS.ProcessEnv): Promise<PulumiProject> {
    const folder = await mkdtemp(join(tmpdir(), "groups-e2e-"));
    const [pulumiCli, { nodeModules, env }] = await findEngine();
    const project = new PulumiProject(
      folder,
      pulumiCli.env({
        PATH: env(process.env).PATH,
        HOME: folder,
        PULUMI_HOME: join(folder, ".pulumi-home"),
        PULUMI_BACKEND_URL: `file://${folder}/state`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        ...settings,
      }),
    );
    await writeFile(
      join(folder, "Pulumi.yaml"),
      "name: e2e\nmain: program\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    );
    await makeProgramFolder(folder, nodeModules);
    await project.succeed("stack", "init", "dev");
    return project;
  }

  /** The project whose `Pulumi.yaml` lies in a folder below this one's; it has the same settings and the same backend. */
  in(folder: string): PulumiProject {
    return new PulumiProject(join(this.folder, folder), this.environment);
  }

  /** Makes `program`, called with `values`, the project's program; what it returns are the stack's outputs. */
  async write<Values>(program: Program<Values>, values: Values): Promise<void> {
    // The transpiler of the tests wraps functions in calls of a helper that the written program does not have.
    await this.writeSource(`globalThis.__name ??= (value) => value;
const program = ${program};
module.exports = program(require("pulumi-cloudflare-groups"), ${JSON.stringify(values)}, require("@pulumi/pulumi"));
`);
  }

  /** Makes this JavaScript text the project's program. */
  async writeSource(source: string): Promise<void> {
    await writeFile(join(this.folder, "program", "index.js"), source);
  }

  /** Starts `pulumi` with these arguments and whatever environment is added. */
  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): RunningCommand {
    return this.#spawn("pulumi", [...args, "--non-interactive", "--color", "never"], environment);
  }

  /** Runs a line of shell where `pulumi` runs, as a job of a pipeline does; never throws for its failure. */
  shell(line: string, environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    return this.#spawn("bash", ["-eo", "pipefail", "-c", line], environment).ended;
  }

  /** Runs `pulumi` to its end; never throws for the command's failure. */
  run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    return this.start(args, environment).ended;
  }

  /** Runs a command that must end well, and returns what it printed. */
  async succeed(...args: string[]): Promise<string> {
    const { code, output } = await this.run(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  }

  /** Runs a command that must fail, and returns what it printed. */
  async fail(...args: string[]): Promise<string> {
    const { code, output } = await this.run(args);
    if (code === 0) throw new Error(`pulumi ${args.join(" ")} should have failed:\n${output}`);
    return output;
  }

  up(...flags: string[]): Promise<string> {
    return this.succeed("up", "--yes", "--skip-preview", ...flags);
  }

  preview(...flags: string[]): Promise<string> {
    return this.succeed("preview", "--diff", ...flags);
  }

  refresh(...flags: string[]): Promise<string> {
    return this.succeed("refresh", "--yes", "--skip-preview", ...flags);
  }

  destroy(...flags: string[]): Promise<string> {
    return this.succeed("destroy", "--yes", "--skip-preview", ...flags);
  }

  /** The stack's outputs. */
  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.succeed("stack", "output", "--json", "--show-secrets"));
  }

  /** The resources of this package in the stack's state. */
  async resources(): Promise<StoredResource[]> {
    const { deployment } = JSON.parse(await this.succeed("stack", "export"));
    return (deployment.resources ?? []).filter(({ type }: StoredResource) => type.startsWith("pulumi-nodejs:"));
  }

  /** Every file that the commands have left in the project's folder, state and all, as one text. */
  async everythingStored(): Promise<string> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #spawn(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): RunningCommand {
    return new RunningCommand(
      spawn(command, args, {
        cwd: this.folder,
        env: { ...this.environment, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  }
}

// The program finds the package as a user's program does, in a node_modules beside it. It is a copy, as a link would lead
// the package back to the repository and the SDK there; what it does not hold both find one folder further up.
async function makeProgramFolder(folder: string, nodeModules: string): Promise<void> {
  const installed = join(folder, "program", "node_modules", "pulumi-cloudflare-groups");
  await mkdir(installed, { recursive: true });
  for (const published of ["dist", "package.json"])
    await cp(join(repository, published), join(installed, published), { recursive: true });
  await symlink(nodeModules, join(folder, "node_modules"));
  await mkdir(join(folder, "state"));
  await writeFile(join(folder, "program", "package.json"), JSON.stringify({ name: "e2e", main: "index.js" }));
}
