import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const repository = resolve(__dirname, "../..");
const mocha = require.resolve("mocha/bin/mocha.js");

describe("The test reporter", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "report-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function report(tests: string) {
    writeFileSync(join(folder, "some.test.cjs"), tests);
    const args = [mocha, "--config", ".mocharc.cjs", join(folder, "some.test.cjs")];
    const { stdout, status } = spawnSync(process.execPath, args, {
      cwd: repository,
      encoding: "utf8",
      // Only ends a process that hangs.
      timeout: 600_000,
    });
    return { end: stdout.slice(stdout.lastIndexOf("\n", stdout.length - 2) + 1), status };
  }

  it("counts a failing hook as failed", () => {
    const tests = `it("one", () => {}); after(() => { throw new Error("no"); });`;
    expect(report(tests)).to.deep.equal({ end: "1 passed, 1 failed\n", status: 1 });
  });

  it("counts a skipped test as failed", () => {
    const tests = `it("one", () => {}); it.skip("two", () => {});`;
    expect(report(tests)).to.deep.equal({ end: "1 passed, 1 failed\n", status: 1 });
  });

  it("prints the counts last when all tests pass and one prints at exit", () => {
    const tests = `it("one", () => { process.on("exit", () => console.log("late")); }); it("two", () => {});`;
    expect(report(tests)).to.deep.equal({ end: "2 passed, 0 failed\n", status: 0 });
  });

  it("prints the counts last when a test fails and leaves a timer", () => {
    const tests = `it("one", () => {}); it("two", () => { setTimeout(() => {}, 30_000); throw new Error("no"); });`;
    expect(report(tests)).to.deep.equal({ end: "1 passed, 1 failed\n", status: 1 });
  });
});
