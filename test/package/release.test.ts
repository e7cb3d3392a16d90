import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { findProblems, upgradeHeading, versionsOf } from "../../tools/release";
import { repository } from "../documentation";

interface Job {
  permissions?: Record<string, string>;
  steps?: { uses?: string; run?: string }[];
  uses?: string;
  needs?: string;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const workflowFiles = readdirSync(join(repository, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const workflows = new Map<string, Workflow>(workflowFiles.map((file) => [file, parse(read(file))]));
const release = workflows.get(".github/workflows/release.yml");
const { version } = JSON.parse(read("package.json"));

describe("The workflows", () => {
  it("pin every action of others by its commit", () => {
    const used = [...workflows.values()].flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ uses, steps = [] }) => [uses, ...steps.map((step) => step.uses)]),
    );
    const foreign = used.filter((action) => action !== undefined && !action.startsWith("./"));
    expect(foreign).to.have.length.above(3);
    for (const action of foreign) expect(action).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  it("may read the code and nothing else, but for what publishing needs where it is done", () => {
    for (const [file, { permissions }] of workflows) expect(permissions, file).to.deep.equal({ contents: "read" });
    const more = [...workflows.values()].flatMap(({ jobs }) =>
      Object.entries(jobs).flatMap(([name, { permissions }]) => (permissions ? [[name, permissions]] : [])),
    );
    expect(Object.fromEntries(more)).to.deep.equal({
      publish: { contents: "read", "id-token": "write" },
      announce: { contents: "write" },
    });
  });

  it("test on Node 20, 22 and 24", () => {
    expect(workflows.get(".github/workflows/ci.yml")).to.have.nested.property("jobs.test.strategy.matrix.node");
    expect(parse(read(".github/workflows/ci.yml")).jobs.test.strategy.matrix.node).to.deep.equal([20, 22, 24]);
  });

  it("hand no expression to a shell, where a tag's name could be a command", () => {
    const scripts = [...workflows.values()].flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? [])),
    );
    expect(scripts).to.have.length.above(3);
    expect(scripts.filter((script) => script.includes("${{"))).to.deep.equal([]);
  });
});

describe("A release", () => {
  it("is made for a version's tag: checked, tested on every Node, published with provenance, announced", () => {
    expect(release?.on).to.deep.equal({ push: { tags: ["v*"] } });
    const jobs = Object.entries(release?.jobs ?? {});
    expect(jobs.map(([name, { needs }]) => [name, needs])).to.deep.equal([
      ["check", undefined],
      ["test", "check"],
      ["publish", "test"],
      ["announce", "publish"],
    ]);
    expect(release?.jobs.test?.uses).to.equal("./.github/workflows/ci.yml");
    expect(workflows.get(".github/workflows/ci.yml")?.on).to.have.property("workflow_call");
    expect(release?.jobs.publish?.steps?.at(-1)?.run).to.equal("npm publish --provenance --access public");
  });

  it("publishes with no token that somebody would have to keep", () => {
    expect(read(".github/workflows/release.yml")).to.not.match(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });
});

describe("The check before a release", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "release-"));
    mkdirSync(join(folder, "simulator"));
    manifest("package.json", {});
    manifest("simulator/package.json", {});
    changelog(`## 1.2.3 - 2026-01-02\n\n${upgradeHeading}\n\nNothing.\n\n## 1.2.2 - 2025-12-31\n`);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function manifest(file: string, properties: object): void {
    const repository = "github:example/groups";
    writeFileSync(join(folder, file), JSON.stringify({ version: "1.2.3", repository, ...properties }));
  }

  function changelog(text: string): void {
    writeFileSync(join(folder, "CHANGELOG.md"), `# Changelog\n\n${text}`);
  }

  it("passes where the tag, both packages and the changelog agree", () => {
    expect(findProblems(folder, "v1.2.3")).to.deep.equal([]);
  });

  it("names everything that says another version than the tag", () => {
    expect(findProblems(folder, "v1.2.4")).to.deep.equal([
      "The tag says 1.2.4, package.json says 1.2.3: correct one of the two.",
      "The tag says 1.2.4, simulator/package.json says 1.2.3: correct one of the two.",
      "CHANGELOG.md begins with 1.2.3, not with 1.2.4: write what is new in it.",
    ]);
  });

  it("wants a repository, which npm compares the provenance with", () => {
    manifest("simulator/package.json", { repository: undefined });
    expect(findProblems(folder, "v1.2.3")).to.deep.equal([
      'simulator/package.json has no "repository": npm refuses provenance without it. Set it to the address of the GitHub repository.',
    ]);
  });

  it("wants the day of the release, and what an upgrade does to existing stacks", () => {
    changelog("## 1.2.3 - unreleased\n\n### Added\n\n- Much.\n");
    expect(findProblems(folder, "v1.2.3")).to.deep.equal([
      'CHANGELOG.md gives 1.2.3 the date "unreleased": write the day of the release, as YYYY-MM-DD.',
      `CHANGELOG.md has no "${upgradeHeading}" for 1.2.3: say it, also where it is nothing.`,
    ]);
  });

  it("ends the workflow with an error where something is not ready, and prints a version's notes", () => {
    const script = (...args: string[]) =>
      spawnSync(process.execPath, ["--import", "tsx", "tools/release.ts", ...args], {
        cwd: repository,
        encoding: "utf8",
      });
    const refused = script("check", "v0.0.0-never");
    expect(refused.status).to.equal(1);
    expect(refused.stderr).to.include(
      "v0.0.0-never cannot be released.\n- The tag says 0.0.0-never, package.json says",
    );
    const notes = script("notes", `v${version}`);
    expect(notes.status, notes.stderr).to.equal(0);
    expect(notes.stdout).to.match(/^###/).and.to.include(upgradeHeading).and.to.not.match(/^## /m);
    expect(script("notes", "v0.0.0-never").status).to.equal(1);
  });
});

describe("The files that a contributor reads", () => {
  it("give package.json, the simulator's, the lockfile and the changelog one version", () => {
    const lock = JSON.parse(read("package-lock.json"));
    expect([
      JSON.parse(read("simulator/package.json")).version,
      lock.version,
      lock.packages[""].version,
      lock.packages.simulator.version,
      versionsOf(read("CHANGELOG.md"))[0]?.version,
    ]).to.deep.equal(Array(5).fill(version));
  });

  it("say for every version what an upgrade does to existing stacks", () => {
    const versions = versionsOf(read("CHANGELOG.md"));
    expect(versions).to.have.length.above(1);
    for (const { version, notes } of versions) expect(notes, version).to.include(`${upgradeHeading}\n`);
  });

  it("hold in less than 80 lines how to contribute, with commands and paths that there are", () => {
    const text = read("CONTRIBUTING.md");
    expect(text.split("\n").length).to.be.below(80);
    const { scripts } = JSON.parse(read("package.json"));
    const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(commands).to.have.length.above(3);
    expect(Object.keys(scripts)).to.include.members(commands);
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = ""]) => path);
    expect(links.filter((path) => !existsSync(join(repository, path)))).to.deep.equal([]);
  });
});
