import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { run } from "../../tools/childProcess";
import { findPulumiCli } from "../../tools/pulumiCli";
import { readCodeBlocks, repository } from "../documentation";
import { packPackage } from "./packPackage";

/** Returns the page's code blocks in one language, in order. */
const blocks = (language: string) => readCodeBlocks("docs/testing.md", language);

// The test creates a user's project with both published packages in its node_modules.
describe("The documentation about testing a program", () => {
  let folder: string;
  let project: string;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "user-tests-"));
    project = join(folder, "project");
    mkdirSync(join(project, "node_modules"), { recursive: true });
    await Promise.all([install(repository), install(join(repository, "simulator"))]);
    // The packages and the project find their dependencies in the parent folder's node_modules.
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "dns-readers", main: "index.ts" }));
    writeFileSync(join(project, "Pulumi.yaml"), "name: dns-readers\nruntime: nodejs\n");
    copyFileSync(join(repository, "examples/quickstart/tsconfig.json"), join(project, "tsconfig.json"));
    for (const code of blocks("ts")) writeFileSync(join(project, readFileName(code)), code);
    const cli = await findPulumiCli((line) => console.error(line));
    // One test compiles the program. The others need not do it again at each command.
    const pulumi = { PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    const { PATH, GOGC, GOMEMLIMIT, NODE_OPTIONS } = process.env;
    env = cli.env({ PATH, GOGC, GOMEMLIMIT, NODE_OPTIONS, HOME: folder, ...pulumi });
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Installs a package as `npm publish` would publish it. */
  async function install(package_: string): Promise<void> {
    const { name, tarball } = await packPackage(package_, folder);
    const installed = join(project, "node_modules", name);
    mkdirSync(installed);
    const unpack = ["-xzf", tarball, "-C", installed, "--strip-components=1"];
    await run("tar", unpack, { env: process.env });
  }

  it("shows files that compile", async () => {
    const names = blocks("ts").map(readFileName);
    expect(names).to.have.members(["team.ts", "index.ts", "team.test.ts", "lookup.test.ts", "account.test.ts"]);
    const flags = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--target", "es2022"];
    const tsc = join(repository, "node_modules/typescript-7/bin/tsc");
    await run(process.execPath, [tsc, ...flags, "--ignoreConfig", "--types", "node", ...names], {
      cwd: project,
      env,
    });
  });

  it("shows tests that pass with the documented command", async () => {
    const [, command = ""] = blocks("sh");
    const report = await run("sh", ["-c", command], { cwd: project, env });
    expect(report)
      .to.match(/^\D*tests 4$/m)
      .and.to.match(/^\D*pass 4$/m);
  });

  it("shows pipeline commands that run the program on the simulator", async () => {
    const port = String(await findFreePort());
    const [yaml = ""] = blocks("yaml");
    const workflow = parse(yaml.replaceAll("8787", port));
    const [startSimulator, up]: string[] = workflow.steps.map((step: { run: string }) => step.run);
    const settings = { ...env, ...workflow.env };
    const simulator = startProcessGroup(String(startSimulator), settings);
    try {
      await run("sh", ["-c", String(up)], { cwd: project, env: settings });
      const groups = await fetch(
        `${settings.CLOUDFLARE_BASE_URL}/accounts/${settings.CLOUDFLARE_ACCOUNT_ID}/iam/user_groups`,
        {
          headers: { Authorization: `Bearer ${settings.CLOUDFLARE_API_TOKEN}` },
        },
      );
      expect(await groups.json()).to.have.nested.property("result[0].name", "DNS readers");
    } finally {
      if (simulator.pid !== undefined) process.kill(-simulator.pid);
    }
  });

  /** Starts a command in its own process group, so that its background processes can be ended with it. */
  function startProcessGroup(command: string, environment: NodeJS.ProcessEnv): ChildProcess {
    return spawn("sh", ["-c", command], { cwd: project, env: environment, detached: true, stdio: "ignore" });
  }
});

/** Returns the name in the first line of a file. */
function readFileName(code: string): string {
  return /^\/\/ (\S+)\n/.exec(code)?.[1] ?? "nameless.ts";
}

function findFreePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.on("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? settle(address.port) : reject(new Error("no port")),
      );
    });
  });
}
