import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { run, withHeartbeat } from "../../tools/childProcess";

/** The runtime of a test's Pulumi program: a Node and a `node_modules` with an SDK and the package's dependencies. */
export interface Runtime {
  nodeModules: string;
  /** Whether it is the repository's own installation. */
  isInstalled: boolean;
  /** Returns a copy of an environment in which `node` is this runtime's. */
  env(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
}

const repository = resolve(__dirname, "../..");

/**
 * Returns the runtime with this name. The folders beside this file pin `oldest` and `newest`, and the first call installs
 * them there. `installed` is the repository's own installation.
 *
 * @param name Default: the environment variable `E2E_RUNTIME`, then `installed`.
 * @throws An error for an unknown name, a failed installation, or a machine without a Node for the runtime's SDK.
 */
export async function findRuntime(name = process.env.E2E_RUNTIME || "installed"): Promise<Runtime> {
  if (name === "installed")
    return { nodeModules: join(repository, "node_modules"), isInstalled: true, env: (base) => ({ ...base }) };
  if (name !== "oldest" && name !== "newest")
    throw new Error(`E2E_RUNTIME is ${JSON.stringify(name)}; it may be oldest, newest or installed`);
  const nodeModules = await installPinned(join(__dirname, name));
  const node = findNodeFolder(name, nodeModules);
  return {
    nodeModules,
    isInstalled: false,
    env: (base) => ({ ...base, PATH: base.PATH ? node + delimiter + base.PATH : node }),
  };
}

/** Installs the packages that a folder pins, unless they are there, and returns its `node_modules`. */
export async function installPinned(folder: string): Promise<string> {
  const nodeModules = join(folder, "node_modules");
  const pins = join(folder, "package-lock.json");
  // This file is written last, so that an interrupted or outdated installation is repeated.
  const done = join(nodeModules, ".installed-package-lock.json");
  if (!existsSync(done) || !(await readFile(pins)).equals(await readFile(done))) {
    const npm = run("npm", ["ci", "--prefer-offline"], { cwd: folder, env: process.env });
    await withHeartbeat(`Installing ${folder}`, (line) => console.error(line), npm);
    await copyFile(pins, done);
  }
  return nodeModules;
}

/** Returns the folder of the pinned Node. If npm has none for this machine, the Node of the tests is used. */
function findNodeFolder(name: string, nodeModules: string): string {
  const pinned = join(nodeModules, `node-${process.platform}-${process.arch}`, "bin");
  if (existsSync(join(pinned, "node"))) return pinned;
  const { version, engines } = require(join(nodeModules, "@pulumi/pulumi/package.json"));
  const [oldestMajor] = /\d+/.exec(engines.node) ?? [];
  if (Number.parseInt(process.versions.node, 10) >= Number(oldestMajor)) return dirname(process.execPath);
  throw new Error(
    `The ${name} runtime has @pulumi/pulumi ${version}, which needs Node ${engines.node}. npm has no Node for ` +
      `${process.platform} on ${process.arch}, and this is Node ${process.version}: run the tests with a newer one.`,
  );
}
