import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import type * as groups from "../../provider";
import { getOrCreate } from "../../provider/memoize";
import { findPulumiCli, type PulumiCli } from "../../tools/pulumiCli";
import { findRuntime, type Runtime } from "../runtimes/runtime";
import { type ServedProgram, serveProgram } from "./inlineProgram";
import { type CommandResult, RunningCommand } from "./runningCommand";

/** A Pulumi program as a function. The project stores its text, so it can use only its parameters. */
export type Program<Values> = (package_: typeof groups, values: Values, sdk: typeof pulumi) => unknown;

/** A resource in a stack's state. */
export interface StoredResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
  [key: string]: unknown;
}

const repository = resolve(__dirname, "../..");

const engines = new Map<string | undefined, Promise<[PulumiCli, Runtime]>>();
const packageCopies = new Map<string, Promise<string>>();
const emptyStacks = new Map<string, Promise<[file: string, content: string][]>>();

/** Returns the CLI and a runtime. The first call may download, build or install them. */
export function findEngine(runtime?: string): Promise<[PulumiCli, Runtime]> {
  return getOrCreate(engines, runtime, () =>
    Promise.all([findPulumiCli((line) => console.error(line)), findRuntime(runtime)]),
  );
}

/** A Pulumi project with a stack in a temporary folder. The real engine runs it on a local file backend. */
export class PulumiProject {
  #stack = "dev";
  #served: ServedProgram | undefined;
  #commandVariables: NodeJS.ProcessEnv = {};

  private constructor(
    readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly canRunInProcess: boolean,
    private readonly secretsProvider: string,
  ) {}

  /**
   * @param settings Environment variables of every command, such as `CLOUDFLARE_API_TOKEN`.
   * @param runtime The name of the runtime. Default: the one of `findRuntime`.
   * @param secretsProvider What encrypts the keys of the project's stacks. Default: a passphrase.
   */
  static async create(
    settings: NodeJS.ProcessEnv,
    { runtime, secretsProvider = "passphrase" }: { runtime?: string | undefined; secretsProvider?: string } = {},
  ): Promise<PulumiProject> {
    const folder = await mkdtemp(join(tmpdir(), "groups-e2e-"));
    const [pulumiCli, { nodeModules, env, isInstalled }] = await findEngine(runtime);
    const { GOGC, GOMEMLIMIT, NODE_OPTIONS } = process.env;
    const project = new PulumiProject(
      folder,
      pulumiCli.env({
        PATH: env(process.env).PATH,
        HOME: folder,
        PULUMI_HOME: join(folder, ".pulumi-home"),
        PULUMI_BACKEND_URL: `file://${folder}/state`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // Variables of test/environment.cjs. The oldest and the newest runtime start as those of users do.
        ...(isInstalled ? { GOGC, GOMEMLIMIT, NODE_OPTIONS } : {}),
        // Pulumi.yaml has this option too, but old language hosts do not read it there.
        PULUMI_NODEJS_TYPESCRIPT: "false",
        ...settings,
      }),
      isInstalled,
      secretsProvider,
    );
    await createProgramFolder(folder, nodeModules);
    const emptyStack = getOrCreate(emptyStacks, secretsProvider, () => project.#initFirstStack());
    for (const [file, content] of await emptyStack) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), content);
    }
    return project;
  }

  /** Returns a project in a subfolder with the same settings and backend, but without a stack. */
  in(folder: string): PulumiProject {
    return new PulumiProject(join(this.folder, folder), this.environment, false, this.secretsProvider);
  }

  /** Creates a stack. Every later command uses it. */
  async initStack(stack: string): Promise<void> {
    this.#stack = stack;
    await this.succeed("stack", "init", stack, "--secrets-provider", this.secretsProvider);
  }

  /** Creates the first stack with the CLI and returns its files. The other projects of this process copy them. */
  async #initFirstStack(): Promise<[file: string, content: string][]> {
    await this.initStack(this.#stack);
    const files = ["Pulumi.dev.yaml", "state/.pulumi/meta.yaml", "state/.pulumi/stacks/e2e/dev.json"];
    return Promise.all(
      files.map(async (file): Promise<[string, string]> => [file, await readFile(join(this.folder, file), "utf8")]),
    );
  }

  /**
   * Makes `program` with these values the project's program. The program returns the stack's outputs.
   *
   * The engine runs it in this process, unless the project has another runtime or the test asks for a process.
   */
  async write<Values>(
    program: Program<Values>,
    values: Values,
    { inProcess = this.canRunInProcess } = {},
  ): Promise<void> {
    // The transpiler of the tests wraps functions in calls of `__name`, which the stored program must define.
    await this.writeSource(`globalThis.__name ??= (value) => value;
const program = ${program};
module.exports = program(require("pulumi-cloudflare-groups"), ${JSON.stringify(values)}, require("@pulumi/pulumi"));
`);
    if (!inProcess) return;
    // The served program gets a copy through JSON, as the stored program does.
    const copy: Values = JSON.parse(JSON.stringify(values));
    this.#served = await serveProgram(async () => {
      setCloudflareVariables({ ...this.environment, ...this.#commandVariables });
      return program(require("pulumi-cloudflare-groups"), copy, require("@pulumi/pulumi"));
    });
  }

  /** Makes this JavaScript source the project's program. */
  async writeSource(source: string): Promise<void> {
    await writeFile(join(this.folder, "program", "index.js"), source);
    this.#stopServing();
  }

  #stopServing(): void {
    this.#served?.close();
    this.#served = undefined;
  }

  /** Starts `pulumi` with these arguments and additional environment variables. */
  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): RunningCommand {
    this.#commandVariables = environment;
    const runsProgram = args[0] === "up" || args[0] === "preview" || args.includes("--run-program");
    const served = runsProgram && this.#served ? [this.#served.flag] : [];
    return this.#spawn("pulumi", [...args, ...served, "--non-interactive", "--color", "never"], environment);
  }

  /** Runs a shell line in the project's folder, as a pipeline's job does. Returns the result also when it fails. */
  shell(line: string, environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    return this.#spawn("bash", ["-eo", "pipefail", "-c", line], environment).ended;
  }

  /** Runs `pulumi`. Returns the result also when the command fails. */
  run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    return this.start(args, environment).ended;
  }

  /** Runs a command that must succeed, and returns its output. */
  async succeed(...args: string[]): Promise<string> {
    const { code, output } = await this.run(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  }

  /** Runs a command that must fail, and returns its output. */
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

  /** Returns the stack's outputs. They come from the state file unless one is secret, which only the CLI can decrypt. */
  async outputs(): Promise<Record<string, unknown>> {
    const stack = (await this.#storedResources()).find(({ type }) => type === "pulumi:pulumi:Stack");
    const outputs = stack?.outputs ?? {};
    if (!JSON.stringify(outputs).includes('"ciphertext"')) return outputs;
    return JSON.parse(await this.succeed("stack", "output", "--json", "--show-secrets"));
  }

  /** Returns the resources of this package in the stack's state. */
  async resources(): Promise<StoredResource[]> {
    return (await this.#storedResources()).filter(({ type }) => type.startsWith("pulumi-nodejs:"));
  }

  async #storedResources(): Promise<StoredResource[]> {
    const backend = String(this.environment.PULUMI_BACKEND_URL).slice("file://".length);
    const [, name = ""] = /^name: (.+)$/m.exec(await readFile(join(this.folder, "Pulumi.yaml"), "utf8")) ?? [];
    const state = await readFile(join(backend, ".pulumi/stacks", name, `${this.#stack}.json`), "utf8");
    return JSON.parse(state).checkpoint.latest.resources ?? [];
  }

  /** Returns the content of every file in the project's folder, including the state, as one text. */
  async readAllFiles(): Promise<string> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
  }

  async remove(): Promise<void> {
    this.#stopServing();
    setCloudflareVariables({});
    await rm(this.folder, { recursive: true, force: true });
  }

  #spawn(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): RunningCommand {
    return new RunningCommand(
      spawn(command, args, {
        cwd: this.folder,
        env: { ...this.environment, PULUMI_STACK: this.#stack, ...environment },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  }
}

// The program finds the package in a node_modules beside it, as a user's program does, and the dependencies of both in the
// parent folder's node_modules.
async function createProgramFolder(folder: string, nodeModules: string): Promise<void> {
  const installed = await getOrCreate(packageCopies, nodeModules, () => copyPackage(nodeModules));
  await mkdir(join(folder, "program", "node_modules"), { recursive: true });
  await symlink(installed, join(folder, "program", "node_modules", "pulumi-cloudflare-groups"));
  await symlink(nodeModules, join(folder, "node_modules"));
  await mkdir(join(folder, "state"));
  await writeFile(
    join(folder, "Pulumi.yaml"),
    "name: e2e\nmain: program\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  await writeFile(join(folder, "program", "package.json"), JSON.stringify({ name: "e2e", main: "index.js" }));
}

/**
 * Copies the package into a folder of its own beside these `node_modules`, and returns its path. All projects of this process
 * link to the copy. A link to the repository would resolve the SDK from there.
 */
async function copyPackage(nodeModules: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "groups-package-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await symlink(nodeModules, join(folder, "node_modules"));
  const installed = join(folder, "program", "node_modules", "pulumi-cloudflare-groups");
  // Nothing that runs needs the package's types.
  const filter = (path: string) => !path.endsWith(".d.ts");
  for (const published of ["dist", "package.json"])
    await cp(join(repository, published), join(installed, published), { recursive: true, filter });
  return installed;
}

/** Sets exactly the variables that a program's lookups read. */
function setCloudflareVariables(environment: NodeJS.ProcessEnv): void {
  for (const name of ["API_TOKEN", "EMAIL", "API_KEY", "ACCOUNT_ID", "BASE_URL"].map((end) => `CLOUDFLARE_${end}`)) {
    const value = environment[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
