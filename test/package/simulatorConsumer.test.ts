import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { run } from "../../tools/childProcess";
import { findRuntime } from "../runtimes/runtime";
import { packPackage } from "./packPackage";

const simulator = resolve(__dirname, "../../simulator");

describe("The published simulator", () => {
  let folder: string;
  let tarball: string;
  let contents: string[];
  let env: NodeJS.ProcessEnv;

  const execute = (command: string, ...args: string[]) => run(command, args, { cwd: folder, env });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "simulator-consumer-"));
    ({ tarball, contents } = await packPackage(simulator, folder));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
    env = (await findRuntime("oldest")).env(process.env);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("contains the compiled sources, command, README, licence and manifest", () => {
    const sources = readdirSync(join(simulator, "src"), { recursive: true, encoding: "utf8" });
    const modules = sources.filter((path) => path.endsWith(".ts")).map((path) => `dist/${path.slice(0, -3)}`);
    const compiled = modules.flatMap((path) => [`${path}.js`, `${path}.d.ts`]);
    const others = ["bin/cloudflare-groups-simulator.js", "LICENSE", "README.md", "package.json"];
    expect(contents).to.have.members([...compiled, ...others]);
  });

  // The simulator depends on a version of light-my-request that works on Node 20, so that npm gives fastify the same one.
  // Otherwise fastify gets a newer version, which needs Node 22. An override would not apply in a user's project.
  it("installs with --engine-strict and starts on the oldest Node", async () => {
    await execute("npm", "install", "--engine-strict", "--prefer-offline", "--no-audit", "--no-fund", tarball);
    const script = `
      require("cloudflare-groups-simulator").startSimulator().then(async (simulator) => {
        console.log((await fetch(simulator.url + "/accounts")).status);
        await simulator.close();
      });
    `;
    expect(await execute("node", "-e", script)).to.equal("404\n");
    expect(await execute("npx", "cloudflare-groups-simulator", "--help")).to.match(/^Usage: /);
  });
});
