import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const tool = resolve(__dirname, "../../tools/test.ts");
const tsx = require.resolve("tsx");

describe("The passes of npm test", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "passes-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs these npm scripts, each a line of shell, as the passes. */
  function passes(...scripts: string[]) {
    const named = Object.fromEntries(scripts.map((script, index) => [`pass${index}`, script]));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "passes", scripts: named }));
    const { stdout, status } = spawnSync(process.execPath, ["--import", tsx, tool, ...Object.keys(named)], {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
    });
    return { lines: stdout.trimEnd().split("\n"), status };
  }

  it("close with one line that counts the tests of all, and show what each prints", () => {
    const { lines, status } = passes("echo one; echo '3 passed, 0 failed'", "echo two; echo '4 passed, 0 failed'");
    expect(lines.at(-1)).to.equal("7 passed, 0 failed");
    expect(lines.filter((line) => /passed/.test(line))).to.have.length(1);
    expect(lines).to.include.members(["one", "two"]);
    expect(status).to.equal(0);
  });

  it("all run, and fail together, when the first has a failure", () => {
    const { lines, status } = passes("echo '3 passed, 1 failed'; exit 1", "echo '4 passed, 0 failed'");
    expect(lines.at(-1)).to.equal("7 passed, 1 failed");
    expect(status).to.equal(1);
  });

  it("fail when one ends badly, or well but without its counts", () => {
    const { lines, status } = passes("echo '3 passed, 0 failed'; exit 7", "echo nothing", "echo '1 passed, 0 failed'");
    expect(lines.at(-1)).to.equal("4 passed, 2 failed");
    expect(lines).to.include("npm run pass0 ended with 7.");
    expect(lines).to.include("npm run pass1 ended with 0 and did not say how many tests passed.");
    expect(status).to.equal(1);
  });
});
