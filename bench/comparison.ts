import { availableParallelism } from "node:os";
import { join } from "node:path";
import { findEngine } from "../test/e2e/pulumiProject";
import { run } from "../tools/childProcess";
import { Candidate, type CandidateSpec } from "./candidate";
import { listCandidates } from "./candidateSpecs";
import { makeGroups } from "./groups";
import { median } from "./median";
import type { CandidateInfo, Result, StepResult } from "./result";
import { type Cost, measure, steps } from "./steps";

/** What to compare, and how often. */
export interface Options {
  /** The sizes. Each is a number of user groups, with one set of members for each group. */
  groups: number[];
  /** How often each size is measured. */
  rounds: number;
  /** The milliseconds that the simulated API waits before each response. */
  latencyMs: number;
  /** The sentence about the official provider's plugin. Default: the version that the plugin prints. */
  officialLabel?: string | undefined;
}

/** The costs of every candidate at one size: a list of rounds for each step. */
type SizeCosts = Map<string, Cost[][]>;

/**
 * Runs every step with every candidate that this machine can run.
 *
 * The candidates take turns at each step, so that a machine that slows down is slow for all of them.
 *
 * @param log Receives a line about each step.
 * @param save Receives the result after each round, so that an interrupted run keeps the rounds that it has finished.
 * @throws An error if a Pulumi command fails.
 */
export async function compare(
  options: Options,
  log: (line: string) => void,
  save: (result: Result) => Promise<void>,
): Promise<void> {
  const { groups: sizes, rounds, latencyMs } = options;
  const machine = await describeMachine();
  const specs = listCandidates(options.officialLabel);
  const candidates = await Promise.all(specs.map(describeCandidate));
  const runnable = specs.filter((_, index) => candidates[index]?.missing === undefined);
  const costs = sizes.map((): SizeCosts => new Map(runnable.map(({ name }) => [name, steps.map(() => [])])));
  for (let round = 1; round <= rounds; round++) {
    for (const [index, count] of sizes.entries())
      await runRound(runnable, count, latencyMs, (name, step, cost) => {
        costs[index]?.get(name)?.[step]?.push(cost);
        log(`Round ${round}, size ${count}, ${steps[step]?.name}, ${name}: ${cost.seconds} s, ${cost.calls} calls`);
      });
    const measured = sizes.map((count, index) => summarize(count, costs[index]));
    await save({ rounds: round, latencyMs, machine, candidates, sizes: measured });
  }
}

async function describeMachine(): Promise<Result["machine"]> {
  const [{ version }, { nodeModules, env }] = await findEngine();
  const node = await run("node", ["--version"], { env: env(process.env), timeLimitMinutes: 1 });
  return {
    processors: availableParallelism(),
    node: node.trim().slice(1),
    pulumiCli: version,
    pulumiSdk: require(join(nodeModules, "@pulumi/pulumi/package.json")).version,
  };
}

async function describeCandidate(spec: CandidateSpec): Promise<CandidateInfo> {
  const missing = spec.findObstacle?.();
  if (missing !== undefined) return { name: spec.name, missing };
  const label = await spec.describe?.();
  return label === undefined ? { name: spec.name } : { name: spec.name, label };
}

async function runRound(
  specs: CandidateSpec[],
  count: number,
  latencyMs: number,
  record: (name: string, step: number, cost: Cost) => void,
): Promise<void> {
  const groups = makeGroups(count);
  const candidates: Candidate[] = [];
  try {
    for (const spec of specs) candidates.push(await Candidate.start(spec, latencyMs));
    for (const candidate of candidates) await candidate.declare(groups);
    for (const [index, step] of steps.entries())
      for (const candidate of candidates) record(candidate.name, index, await measure(step, candidate, groups));
  } finally {
    for (const candidate of candidates) await candidate.stop();
  }
}

function summarize(groups: number, costs: SizeCosts = new Map()): Result["sizes"][number] {
  const candidates = [...costs].map(([name, ofSteps]) => ({
    name,
    steps: steps.map(({ name: step }, index) => summarizeStep(step, ofSteps[index])),
  }));
  return { groups, candidates };
}

function summarizeStep(step: string, costs: Cost[] = []): StepResult {
  const last = costs.at(-1);
  if (last === undefined) throw new Error(`The step "${step}" was not measured.`);
  const rounds = costs.map(({ seconds }) => seconds);
  return { step, ...last, seconds: median(rounds), rounds };
}
