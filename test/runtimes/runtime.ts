import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { run, withHeartbeat } from "../../tools/childProcess";

/** What the Pulumi program of a test runs on: a Node, and a `node_modules` with an SDK and what the package depends on. */
export interface Runtime {
  nodeModules: string;
  /** Whether it is what the repository itself is installed with. */
  isInstalled: boolean;
  /** A copy of an environment in which `node` is this runtime's. */
  env(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
}

const repository = resolve(__dirname, "../..");

/**
 * The runtime with this name: `oldest` or `newest`, which are pinned by the folders beside this file and installed there
 * when they are first wanted; or `installed`, what the repository itself is installed with.
 *
 * @param name Default: the environment variable `E2E_RUNTIME`, then `installed`.
 * @throws An error for an unknown name, an installation that fails, and a machine that has no Node for the runtime's SDK.
 */
export async function findRuntime(name = process.env.E2E_RUNTIME || "installed"): Promise<Runtime> {
  if (name === "installed")
    return { nodeModules: join(repository, "node_modules"), isInstalled: true, env: (base) => ({ ...base }) };
  if (name !== "oldest" && name !== "newest")
    throw new Error(`E2E_RUNTIME is ${JSON.stringify(name)}; it may be oldest, newest or installed`);
  const nodeModules = await installed(join(__dirname, name));
  const node = nodeFolder(name, nodeModules);
  return {
    nodeModules,
    isInstalled: false,
    env: (base) => ({ ...base, PATH: base.PATH ? node + delimiter + base.PATH : node }),
  };
}

async function installed(folder: string): Promise<string> {
  const nodeModules = join(folder, "node_modules");
  const pins = join(folder, "package-lock.json");
  // Written last, so that an installation that was stopped half-way, or is of other pins, is made anew.
  const done = join(nodeModules, ".installed-package-lock.json");
  if (!existsSync(done) || !(await readFile(pins)).equals(await readFile(done))) {
    const install = run("npm", ["ci", "--prefer-offline"], { cwd: folder, env: process.env, timeLimitMinutes: 10 });
    await withHeartbeat(`Installing ${folder}`, (line) => console.error(line), install);
    await copyFile(pins, done);
  }
  return nodeModules;
}

/** Where the runtime's Node is: the pinned one, and where npm has none for the machine the one that runs the tests. */
function nodeFolder(name: string, nodeModules: string): string {
  const pinned = join(nodeModules, `node-${process.platform}-${process.arch}`, "bin");
  if (existsSync(join(pinned, "node"))) return pinned;
  const { version, engines } = require(join(nodeModules, "@pulumi/pulumi/package.json"));
  const [oldestMajor] = /\d+/.exec(engines.node) ?? [];
  if (Number.parseInt(process.versions.node, 10) >= Number(oldestMajor)) return dirname(process.execPath);
  throw new Error(
    `The ${name} runtime has @pulumi/pulumi ${version}, which wants Node ${engines.node}. npm has no Node for ` +
      `${process.platform} on ${process.arch}, and this is Node ${process.version}: run the tests with a newer one.`,
  );
}
