import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { makeLinksAbsolute } from "../../tools/absoluteLinks";
import { findProblems, parseChangelog, rewriteReadmes, upgradeHeading } from "../../tools/release";
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
  it("pin every third-party action to a commit", () => {
    const used = [...workflows.values()].flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ uses, steps = [] }) => [uses, ...steps.map((step) => step.uses)]),
    );
    const foreign = used.filter((action) => action !== undefined && !action.startsWith("./"));
    expect(foreign).to.have.length.above(3);
    for (const action of foreign) expect(action).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  it("may only read the code, except for the jobs that publish", () => {
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

  it("pass no expression to a shell, because a tag's name could be a command", () => {
    const scripts = [...workflows.values()].flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? [])),
    );
    expect(scripts).to.have.length.above(3);
    expect(scripts.filter((script) => script.includes("${{"))).to.deep.equal([]);
  });
});

describe("The release workflow", () => {
  it("checks, tests, publishes and announces a version's tag", () => {
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
  });

  it("publishes with provenance and runs no install script with the id-token", () => {
    const withIdToken = Object.values(release?.jobs ?? {}).filter(({ permissions }) => permissions?.["id-token"]);
    expect(withIdToken.map(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []))).to.deep.equal([
      [
        "npm ci --ignore-scripts",
        "npm run build",
        'npx tsx tools/release.ts links "$GITHUB_REF_NAME"',
        "npm publish --ignore-scripts --provenance --access public",
      ],
    ]);
  });

  it("publishes without a stored token", () => {
    expect(read(".github/workflows/release.yml")).to.not.match(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });
});

describe("tools/release.ts", () => {
  const github = "https://github.com/example/groups";
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "release-"));
    mkdirSync(join(folder, "simulator"));
    writeManifest("package.json", {});
    writeManifest("simulator/package.json", {});
    writeChangelog(`## 1.2.3 - 2026-01-02\n\n${upgradeHeading}\n\nNothing.\n\n## 1.2.2 - 2025-12-31\n`);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function writeManifest(file: string, properties: object): void {
    const addresses = addressesBelow(github);
    writeFileSync(join(folder, file), JSON.stringify({ version: "1.2.3", ...addresses, ...properties }));
  }

  function addressesBelow(address: string): object {
    return {
      repository: { url: `git+${address}.git` },
      homepage: `${address}#readme`,
      bugs: { url: `${address}/issues` },
    };
  }

  function writeChangelog(text: string): void {
    writeFileSync(join(folder, "CHANGELOG.md"), `# Changelog\n\n${text}`);
  }

  it("accepts a tag when both packages and the changelog agree with it", () => {
    expect(findProblems(folder, "v1.2.3")).to.deep.equal([]);
  });

  it("lists every file with another version than the tag", () => {
    expect(findProblems(folder, "v1.2.4")).to.deep.equal([
      "The tag says 1.2.4, package.json says 1.2.3: correct one of the two.",
      "The tag says 1.2.4, simulator/package.json says 1.2.3: correct one of the two.",
      "CHANGELOG.md begins with 1.2.3, not with 1.2.4: add what is new in 1.2.4.",
    ]);
  });

  it("rejects a package without the addresses that npm links to", () => {
    writeManifest("simulator/package.json", { repository: undefined, bugs: { url: "mailto:bugs@example.com" } });
    expect(findProblems(folder, "v1.2.3")).to.deep.equal([
      'simulator/package.json has no "repository" at https://github.com/: npm links to it. Set it as in package.json.',
      'simulator/package.json has no "bugs" at https://github.com/: npm links to it. Set it as in package.json.',
    ]);
  });

  it("rejects placeholders in the addresses of the package files", () => {
    const placeholders = addressesBelow("https://github.com/OWNER/pulumi-cloudflare-groups");
    writeManifest("package.json", placeholders);
    expect(findProblems(folder, "v1.2.3")).to.deep.equal(
      ["repository", "homepage", "bugs"].map(
        (field) => `package.json has the placeholder OWNER in "${field}": write the repository's owner there.`,
      ),
    );
    for (const file of ["package.json", "simulator/package.json"]) {
      const { repository: source, homepage, bugs } = JSON.parse(read(file));
      for (const address of [source.url, homepage, bugs.url])
        expect(address, file).to.match(/\/\/github\.com\/[\w-]+\/pulumi-cloudflare-groups\b/);
    }
  });

  it("rejects a version without a date or without the heading about upgrades", () => {
    writeChangelog("## 1.2.3 - unreleased\n\n### Added\n\n- Much.\n");
    expect(findProblems(folder, "v1.2.3")).to.deep.equal([
      'CHANGELOG.md gives 1.2.3 the date "unreleased": write the day of the release, as YYYY-MM-DD.',
      `CHANGELOG.md has no "${upgradeHeading}" for 1.2.3: add it, even when the answer is "Nothing".`,
    ]);
  });

  it("fails when a release is not ready, and prints the notes of a version", () => {
    const script = (...args: string[]) =>
      spawnSync(process.execPath, ["--import", "tsx", "tools/release.ts", ...args], {
        cwd: repository,
        encoding: "utf8",
      });
    const rejected = script("check", "v0.0.0-never");
    expect(rejected.status).to.equal(1);
    expect(rejected.stderr).to.include(
      "v0.0.0-never cannot be released.\n- The tag says 0.0.0-never, package.json says",
    );
    const notes = script("notes", `v${version}`);
    expect(notes.status, notes.stderr).to.equal(0);
    expect(notes.stdout).to.match(/^###/).and.to.include(upgradeHeading).and.to.not.match(/^## /m);
    expect(script("notes", "v0.0.0-never").status).to.equal(1);
  });

  it("makes relative links absolute, and changes no other link and no code", () => {
    const text = [
      "[a](docs/testing.md#mocks) [b](../LICENSE) [c](#settings) [d](https://example.com/x) ![e](bench/e.svg)",
      "```ts",
      "[f](docs/f.md)",
      "```",
    ].join("\n");
    expect(makeLinksAbsolute(text, { repository: github, tag: "v1.2.3" }, "simulator")).to.equal(
      [
        `[a](${github}/blob/v1.2.3/simulator/docs/testing.md#mocks) [b](${github}/blob/v1.2.3/LICENSE) [c](#settings) ` +
          `[d](https://example.com/x) ![e](${github}/raw/v1.2.3/simulator/bench/e.svg)`,
        "```ts",
        "[f](docs/f.md)",
        "```",
      ].join("\n"),
    );
  });

  it("leaves no relative link in the READMEs that npm shows", () => {
    for (const file of ["README.md", "simulator/README.md"]) writeFileSync(join(folder, file), read(file));
    rewriteReadmes(folder, "v1.2.3");
    expect(readFileSync(join(folder, "README.md"), "utf8")).to.include(`](${github}/raw/v1.2.3/bench/results/`);
    for (const file of ["README.md", "simulator/README.md"]) {
      const text = readFileSync(join(folder, file), "utf8");
      expect(text, file).to.not.match(/\]\((?!https:\/\/|#)/);
      const paths = [...text.matchAll(/\/example\/groups\/(?:blob|raw)\/v1\.2\.3\/([^)#]+)/g)].map(
        ([, path = ""]) => path,
      );
      expect(paths.filter((path) => !existsSync(join(repository, path)))).to.deep.equal([]);
    }
  });
});

describe("The files for contributors", () => {
  it("have one version in both packages, the lockfile and the changelog", () => {
    const lock = JSON.parse(read("package-lock.json"));
    expect([
      JSON.parse(read("simulator/package.json")).version,
      lock.version,
      lock.packages[""].version,
      lock.packages.simulator.version,
      parseChangelog(read("CHANGELOG.md"))[0]?.version,
    ]).to.deep.equal(Array(5).fill(version));
  });

  it("explain for every version what an upgrade does to existing stacks", () => {
    const versions = parseChangelog(read("CHANGELOG.md"));
    expect(versions).to.have.length.above(1);
    for (const { version, notes } of versions) expect(notes, version).to.include(`${upgradeHeading}\n`);
  });

  it("explain contributions in less than 80 lines, with existing commands and paths", () => {
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
