import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const tool = resolve(__dirname, "../../tools/test.ts");
const tsx = require.resolve("tsx");

describe("tools/test.ts", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "parts-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs these npm scripts as the parts. Each is a line of shell under its name. */
  function runParts(scripts: Record<string, string>) {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "parts", scripts }));
    const { stdout, status } = spawnSync(process.execPath, ["--import", tsx, tool, ...Object.keys(scripts)], {
      cwd: folder,
      encoding: "utf8",
      timeout: 600_000,
    });
    return { lines: stdout.trimEnd().split("\n"), status };
  }

  it("prints the output of every part and ends with the counts of all", () => {
    const { lines, status } = runParts({
      types: "echo zero",
      "test:one": "echo one; echo '3 passed, 0 failed'",
      "test:two": "echo two; echo '4 passed, 0 failed'",
    });
    expect(lines.at(-1)).to.equal("7 passed, 0 failed");
    expect(lines.filter((line) => /passed/.test(line))).to.have.length(1);
    expect(lines).to.include.members(["Part 1 of 3: types", "zero", "Part 2 of 3: test:one", "one", "two"]);
    expect(status).to.equal(0);
  });

  it("runs and counts the tests after a part with a failing test", () => {
    const { lines, status } = runParts({
      "test:one": "echo '3 passed, 1 failed'; exit 1",
      "test:two": "echo '4 passed, 0 failed'",
    });
    expect(lines.at(-1)).to.equal("7 passed, 1 failed");
    expect(status).to.equal(1);
  });

  it("fails when a part exits with an error or prints no counts", () => {
    const { lines, status } = runParts({
      "test:one": "echo '3 passed, 0 failed'; exit 7",
      "test:two": "echo nothing",
      "test:three": "echo '1 passed, 0 failed'",
    });
    expect(lines.at(-1)).to.equal("4 passed, 2 failed");
    expect(lines).to.include("npm run test:one ended with 7.");
    expect(lines).to.include("npm run test:two ended with 0 and printed no counts of tests.");
    expect(status).to.equal(1);
  });

  it("stops at a failing part that has no tests", () => {
    const { lines, status } = runParts({ lint: "echo bad; exit 3", "test:one": "echo '3 passed, 0 failed'" });
    expect(lines.at(-1)).to.equal("0 passed, 1 failed");
    expect(lines).to.include("npm run lint ended with 3.").and.to.not.include("Part 2 of 2: test:one");
    expect(status).to.equal(1);
  });
});
