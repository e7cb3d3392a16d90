import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import type { Result, StepResult } from "../../bench/comparison";
import { run } from "../../tools/childProcess";
import { repository } from "../documentation";

// Three groups: what is looked at are calls, bytes and differences, never the time, which is the machine's.
describe("the bench", () => {
  let folder: string;
  let printed: string;
  let result: Result;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bench-test-"));
    const out = join(folder, "result.json");
    printed = await run(process.execPath, ["--import", "tsx", "bench/cli.ts", "--groups", "3", "--out", out], {
      cwd: repository,
      env: { ...process.env, PATH: pathWithout("pulumi-resource-cloudflare") },
      timeLimitMinutes: 10,
    });
    result = JSON.parse(readFileSync(out, "utf8"));
  }).timeout(600_000);
  after(() => rmSync(folder, { recursive: true }));

  const names = () => result.contenders.map(({ name }) => name);
  function stepsOf(name: string): StepResult[] {
    const contender = result.contenders.find((each) => each.name === name);
    return contender && "steps" in contender ? contender.steps : [];
  }

  it("saves, prints and draws every step of every contender that the machine has, and says which it has not", () => {
    expect(names()).to.deep.equal(["this package", "ordinary dynamic provider", "official provider"]);
    const drawing = readFileSync(join(folder, "result.svg"), "utf8");
    for (const name of ["this package", "ordinary dynamic provider"]) {
      expect(printed).to.include(name);
      expect(drawing).to.include(`>${name}</text>`);
      expect(stepsOf(name).map(({ step }) => step)).to.deep.equal([
        "first up",
        "preview",
        "refresh",
        "preview after it",
        "up --refresh",
        "up, one in ten changed",
        "destroy",
      ]);
      for (const { step, seconds, calls } of stepsOf(name)) {
        expect(printed).to.match(new RegExp(`^\\| ${step} \\|.* ${seconds.toFixed(1)} s, ${calls || "no"} calls`, "m"));
        expect(drawing)
          .to.include(`>${step}</text>`)
          .and.to.include(`>${seconds.toFixed(1)} s, ${calls} calls</text>`);
      }
    }
    expect(printed).to.include(
      "Not measured: official provider, as its plugin, pulumi-resource-cloudflare, is not on PATH.",
    );
    expect(drawing).to.not.include("official");
  });

  it("finds that this package asks for no more than an ordinary provider and reports no false difference", () => {
    const ordinary = stepsOf("ordinary dynamic provider");
    for (const [index, { step, calls, falseDifferences }] of stepsOf("this package").entries()) {
      expect(falseDifferences, step).to.equal(0);
      expect(calls, step).to.be.at.most(ordinary[index]?.calls ?? 0);
    }
    expect(stepsOf("this package").map(({ calls }) => calls)).to.include.members([6, 0, 2]);
  });

  it("finds the ordinary provider's false differences, once it has read the API's order", () => {
    const differences = stepsOf("ordinary dynamic provider").map(({ falseDifferences }) => falseDifferences);
    expect(differences.slice(0, 2)).to.deep.equal([0, 0]);
    expect(Math.min(...differences.slice(2, 5))).to.be.above(0);
    expect(differences.slice(5)).to.deep.equal([0, 0]);
  });

  it("finds a state of less than two fifths of the ordinary provider's", () => {
    const [ours, ordinary] = ["this package", "ordinary dynamic provider"].map((name) => stepsOf(name)[0]?.stateBytes);
    expect(ours)
      .to.be.above(1000)
      .and.below(0.4 * (ordinary ?? 0));
  });
});

describe("the bench's command line", () => {
  it("refuses what it cannot use, with the option's name", () => {
    for (const [args, reason] of [
      [["--groups", "none"], '--groups must be a whole number from 1 on, not "none"'],
      [["--rounds", "0"], '--rounds must be a whole number from 1 on, not "0"'],
      [["--out", "result.txt"], '--out must name a .json file, not "result.txt"'],
      [["--out", "result.json", "--readme"], "--out and --readme exclude each other"],
    ] as const)
      expect(refusalOf(args)).to.include(reason);
  });

  function refusalOf(args: readonly string[]): string {
    try {
      execFileSync(process.execPath, ["--import", "tsx", "bench/cli.ts", ...args], { cwd: repository, stdio: "pipe" });
    } catch (error) {
      if (error instanceof Error && "status" in error && error.status === 2 && "stderr" in error)
        return String(error.stderr);
      throw error;
    }
    throw new Error(`bench ${args.join(" ")} should have been refused`);
  }
});

function pathWithout(program: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, program))).join(delimiter);
}
