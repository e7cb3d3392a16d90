import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { publint } from "publint";
import { run } from "../../tools/childProcess";
import { packPackage } from "./packPackage";

const repository = resolve(__dirname, "../..");
const program = join(__dirname, "consumer", "program.ts");

// Both projects share one installation, because the nearest package.json determines a file's module type.
const projects = { CommonJS: {}, ESM: { type: "module" } };

describe("The published package", () => {
  let folder: string;
  let tarball: string;
  let contents: string[];

  const execute = (command: string, args: string[], cwd: string) => run(command, args, { cwd, env: process.env });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "consumer-"));
    ({ tarball, contents } = await packPackage(repository, folder));

    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
    const pinned = ["@pulumi/pulumi", "@types/node"].map((name) => `${name}@${readPinnedVersion(name)}`);
    const packages = [tarball, ...pinned, "typescript-oldest@npm:typescript@5.0.4"];
    await execute("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...packages], folder);
    for (const [kind, manifest] of Object.entries(projects)) {
      mkdirSync(join(folder, kind));
      writeFileSync(join(folder, kind, "package.json"), JSON.stringify(manifest));
      copyFileSync(program, join(folder, kind, "program.ts"));
    }
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("contains only the compiled sources, README, licence and manifest", () => {
    const sources = readdirSync(join(repository, "provider"), { recursive: true, encoding: "utf8" });
    const modules = sources
      .filter((path) => path.endsWith(".ts"))
      .map((path) => `dist/${path.slice(0, -".ts".length)}`);
    const compiled = modules.flatMap((path) => [`${path}.js`, `${path}.d.ts`]);
    expect(contents).to.have.members([...compiled, "LICENSE", "README.md", "package.json"]);
  });

  it("is smaller than 240 kB", () => {
    expect(readFileSync(tarball).byteLength).to.be.below(240_000);
  });

  it("passes publint's rules on entries and formats", async () => {
    const { messages } = await publint({ pack: { tarball: readArrayBuffer(tarball) }, level: "warning" });
    expect(messages).to.deep.equal([]);
  });

  it("has a test program that uses every export", () => {
    const names = (file: string) => readFileSync(file, "utf8").match(/\b[A-Z]\w+/g);
    expect(names(program)).to.include.members(names(join(repository, "provider", "index.ts")) ?? ["no name"]);
  });

  it("declares every library that its modules load", async () => {
    const dist = join(folder, "node_modules/pulumi-cloudflare-groups/dist");
    const modules = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".js"));
    // The command would run when it is loaded.
    const loaded = modules.filter((path) => path !== "cli.js");
    const script = `for (const path of ${JSON.stringify(loaded)}) require(${JSON.stringify(dist)} + "/" + path)`;
    expect(await execute(process.execPath, ["-e", script], folder)).to.equal("");
    const command = join(folder, "node_modules/.bin/pulumi-cloudflare-groups");
    expect(await execute(command, ["--help"], folder)).to.match(/^Usage: /);
  });

  it("contains zod's licence", () => {
    const words = (file: string) => readFileSync(file, "utf8").replaceAll(/[\s*]+/g, " ");
    const bundle = words(join(folder, "node_modules/pulumi-cloudflare-groups/dist/zod.js"));
    expect(bundle).to.include(words(join(repository, "node_modules/zod/LICENSE")).trim());
  });

  it("compiles with TypeScript 5.0 and the tsconfig.json of pulumi new typescript", async () => {
    const project = join(folder, "new-typescript");
    mkdirSync(project);
    copyFileSync(program, join(project, "index.ts"));
    const compilerOptions = {
      ...{ strict: true, outDir: "bin", target: "es2020", module: "commonjs", moduleResolution: "node" },
      ...{ sourceMap: true, experimentalDecorators: true, pretty: true, noFallthroughCasesInSwitch: true },
      ...{ noImplicitReturns: true, forceConsistentCasingInFileNames: true },
      types: ["node"],
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
    const tsc = join(folder, "node_modules/typescript-oldest/bin/tsc");
    expect(await execute(process.execPath, [tsc, "--noEmit"], project)).to.equal("");
  });

  it("compiles with TypeScript 7 and runs in projects that use CommonJS and ES modules", async () => {
    const kinds = Object.keys(projects);
    const flags = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"];
    flags.push("--skipLibCheck", "false", "--exactOptionalPropertyTypes");
    const tsc = join(repository, "node_modules/typescript-7/bin/tsc");
    await execute(process.execPath, [tsc, ...flags, ...kinds.map((kind) => join(kind, "program.ts"))], folder);
    for (const kind of kinds)
      expect(JSON.parse(await execute(process.execPath, ["program.js"], join(folder, kind))), kind).to.deep.equal({
        name: "DNS readers",
        permissions: [{ id: "c8fed203ed3043cba015a93ad1616f1f" }],
        inScope: [{ key: "*" }],
        inPolicy: { ids: ["2c0e8a1b7d5f4e6c9a3b1d8f7e5c4a2b"], keys: ["com.cloudflare.api.account.1"] },
        userGroupId: "readers-id",
        everybody: [{ id: "4f5f0c14a2a41d5063dd301b2f829f04" }, { email: "ada@example.com" }],
        single: "4f5f0c14a2a41d5063dd301b2f829f04",
        address: "ada@example.com",
        ownPermissions: [{ id: "c8fed203ed3043cba015a93ad1616f1f" }],
        versions: [{ targetEnvironment: "windows", version: "2026.6.234.0" }],
        found: "d8b5a9e2c4f14b0f9e6c7d3a1b2c3d4e",
        rejected:
          'Could not get the permission group "DNS Read", which needs its settings at preview too: cloudflare:baseUrl must ' +
          "begin with https:, because every request carries the credential; http: is for this machine only; it is set in the " +
          "stack's configuration, or in the Provider that { provider } names",
      });
  });
});

function readPinnedVersion(name: string): string {
  return JSON.parse(readFileSync(join(repository, "package-lock.json"), "utf8")).packages[`node_modules/${name}`]
    .version;
}

function readArrayBuffer(file: string): ArrayBuffer {
  return new Uint8Array(readFileSync(file)).buffer;
}
