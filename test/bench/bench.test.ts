import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { describePlugin } from "../../bench/officialProvider";
import type { Result, StepResult } from "../../bench/result";
import { run } from "../../tools/childProcess";
import { repository } from "../documentation";

const plugin = "pulumi-resource-cloudflare";

// The tests check requests, bytes and differences. They never check the time, which depends on the machine.
describe("The bench", () => {
  const measured = ["this package", "ordinary dynamic provider", "engine alone"];
  let folder: string;
  let printed: string;
  let result: Result;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bench-test-"));
    const out = join(folder, "result.json");
    const args = ["--groups", "3", "--out", out];
    printed = await run(process.execPath, ["--import", "tsx", "bench/cli.ts", ...args], {
      cwd: repository,
      env: { ...process.env, PATH: pathWithout(plugin) },
    });
    result = JSON.parse(readFileSync(out, "utf8"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function stepsOf(name: string): StepResult[] {
    return result.sizes[0]?.candidates.find((candidate) => candidate.name === name)?.steps ?? [];
  }

  // The tests of the costs in the README compare the tables and drawings of two sizes.
  it("saves, prints and draws every step of every candidate", () => {
    expect(result.sizes.map(({ groups }) => groups)).to.deep.equal([3]);
    for (const { groups, candidates } of result.sizes) {
      const drawing = readFileSync(join(folder, `result-${groups}.svg`), "utf8");
      const [table = ""] = new RegExp(`^\\| ${groups} user group(?:.+\n)+`, "m").exec(printed) ?? [];
      expect(candidates.map(({ name }) => name)).to.deep.equal(measured);
      for (const { name, steps } of candidates) {
        expect(table.split("\n")[0]).to.include(`| ${name} |`);
        expect(drawing).to.include(`>${name}</text>`);
        expect(steps.map(({ step }) => step)).to.deep.equal([
          "first up",
          "preview",
          "refresh",
          "preview after refresh",
          "up --refresh",
          "up, one in ten changed",
          "destroy",
        ]);
        for (const { step, seconds, calls } of steps) {
          expect(table).to.match(
            new RegExp(`^\\| ${step} \\|.* ${seconds.toFixed(1)} s, ${calls || "no"} calls?`, "m"),
          );
          expect(drawing)
            .to.include(`>${step}</text>`)
            .and.to.include(`>${seconds.toFixed(1)} s, ${calls} calls</text>`);
        }
      }
    }
  });

  it("skips the official provider with one line when its plugin is not on PATH", () => {
    const lines = printed.split("\n").filter((line) => line.includes("official"));
    expect(lines).to.deep.equal([`- Not measured: official provider, as its plugin, ${plugin}, is not on PATH`]);
    expect(readFileSync(join(folder, "result-3.svg"), "utf8")).to.not.include("official");
  });

  it("finds no false difference and one extra request for each changed set of members", () => {
    // The package reads a set of members before it changes it, because the log names every removed member.
    const changedSets: Record<string, number> = { "up, one in ten changed": 1, destroy: 3 };
    const baseline = stepsOf("ordinary dynamic provider");
    for (const [index, { step, calls, falseDifferences }] of stepsOf("this package").entries()) {
      expect(falseDifferences, step).to.equal(0);
      expect(calls, step).to.be.at.most((baseline[index]?.calls ?? 0) + (changedSets[step] ?? 0));
    }
    expect(stepsOf("this package").map(({ calls }) => calls)).to.include.members([6, 0, 3]);
  });

  it("finds false differences in the ordinary provider after a refresh", () => {
    const differences = stepsOf("ordinary dynamic provider").map(({ falseDifferences }) => falseDifferences);
    expect(differences.slice(0, 2)).to.deep.equal([0, 0]);
    expect(Math.min(...differences.slice(2, 5))).to.be.above(0);
    expect(differences.slice(5)).to.deep.equal([0, 0]);
  });

  it("finds that the engine alone changes as many resources without a request", () => {
    for (const { step, calls, falseDifferences } of stepsOf("engine alone"))
      expect({ calls, falseDifferences }, step).to.deep.equal({ calls: 0, falseDifferences: 0 });
    expect(printed).to.match(/^- engine alone: /m);
  });

  it("finds a state below 40% of the ordinary provider's and above the engine's", () => {
    const [state, baseline = 0, floor = 0] = measured.map((name) => stepsOf(name)[0]?.stateBytes);
    expect(floor).to.be.above(1000);
    expect(state)
      .to.be.above(floor)
      .and.below(0.4 * baseline);
  });
});

describe("The bench's label of the official provider", () => {
  it("defaults to the version that the plugin prints", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bench-plugin-"));
    try {
      writeFileSync(join(folder, plugin), "#!/bin/sh\necho 1.2.3\n", { mode: 0o755 });
      const env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) };
      expect(await describePlugin(env)).to.equal("official provider: the plugin prints 1.2.3 as its version");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("The bench's command line", () => {
  it("rejects values that it cannot use and names the option", () => {
    for (const [args, reason] of [
      [["--groups", "300", "--groups", "none"], '--groups must be a whole number of at least 1, not "none"'],
      [["--rounds", "0"], '--rounds must be a whole number of at least 1, not "0"'],
      [["--out", "result.txt"], '--out must name a .json file, not "result.txt"'],
      [["--out", "result.json", "--readme"], "--out and --readme exclude each other"],
    ] as const)
      expect(runRejected(args)).to.include(reason);
  });

  function runRejected(args: readonly string[]): string {
    try {
      execFileSync(process.execPath, ["--import", "tsx", "bench/cli.ts", ...args], { cwd: repository, stdio: "pipe" });
    } catch (error) {
      if (error instanceof Error && "status" in error && error.status === 2 && "stderr" in error)
        return String(error.stderr);
      throw error;
    }
    throw new Error(`bench ${args.join(" ")} should have failed`);
  }
});

function pathWithout(program: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, program))).join(delimiter);
}
