import { availableParallelism } from "node:os";
import { join } from "node:path";
import { findEngine } from "../test/e2e/pulumiProject";
import { run } from "../tools/childProcess";
import { Contender, type Way, ways } from "./contender";
import { groupsOf } from "./groups";
import { type Cost, measure, steps } from "./steps";

/** What is compared, and how thoroughly. */
export interface Options {
  /** How many user groups there are; each has a set of members beside it. */
  groups: number;
  /** How often the whole life of the stacks is run. */
  rounds: number;
  /** For how long the simulated API thinks about each call. */
  latencyMs: number;
}

/** What a contender's step has cost: the seconds are the median of all rounds, the rest is the last round's. */
export interface StepResult extends Cost {
  step: string;
  /** The seconds of each round. */
  rounds: number[];
}

/** A contender's steps, or why it has none. */
export type ContenderResult = { name: string; steps: StepResult[] } | { name: string; missing: string };

/** What a run of the bench has found, as it is saved. */
export interface Result extends Options {
  machine: { processors: number; node: string; pulumiCli: string; pulumiSdk: string };
  contenders: ContenderResult[];
}

/**
 * Runs every step with every contender that this machine has, in turn, so that a machine whose speed drifts is as slow for one
 * as for the other.
 *
 * @param say Is told what is going on, a line at a time.
 * @throws An error when a command of Pulumi's fails.
 */
export async function compare(options: Options, say: (line: string) => void): Promise<Result> {
  const machine = await machineAsItIs();
  const present = ways.filter((way) => way.missing?.() === undefined);
  const costs = new Map(present.map(({ name }) => [name, steps.map((): Cost[] => [])]));
  for (let round = 1; round <= options.rounds; round++) await runRound(present, options, costs, round, say);
  return {
    ...options,
    machine,
    contenders: ways.map((way) => resultOf(way, costs.get(way.name))),
  };
}

async function machineAsItIs(): Promise<Result["machine"]> {
  const [{ version }, { nodeModules, env }] = await findEngine();
  const node = await run("node", ["--version"], { env: env(process.env), timeLimitMinutes: 1 });
  return {
    processors: availableParallelism(),
    node: node.trim().slice(1),
    pulumiCli: version,
    pulumiSdk: require(join(nodeModules, "@pulumi/pulumi/package.json")).version,
  };
}

async function runRound(
  present: Way[],
  { groups: count, latencyMs }: Options,
  costs: Map<string, Cost[][]>,
  round: number,
  say: (line: string) => void,
): Promise<void> {
  const groups = groupsOf(count);
  const contenders: Contender[] = [];
  try {
    for (const way of present) contenders.push(await Contender.start(way, latencyMs));
    for (const contender of contenders) await contender.declare(groups);
    for (const [index, step] of steps.entries())
      for (const contender of contenders) {
        const cost = await measure(step, contender, groups);
        costs.get(contender.name)?.[index]?.push(cost);
        say(`Round ${round}, ${step.name}, ${contender.name}: ${cost.seconds} s, ${cost.calls} calls`);
      }
  } finally {
    for (const contender of contenders) await contender.stop();
  }
}

function resultOf({ name, missing }: Way, costs: Cost[][] | undefined): ContenderResult {
  if (costs === undefined) return { name, missing: missing?.() ?? "it did not run" };
  return {
    name,
    steps: steps.map((step, index) => {
      const rounds = costs[index] ?? [];
      const last = rounds.at(-1);
      if (last === undefined) throw new Error(`${name} did not run the step ${step.name}.`);
      const seconds = rounds.map((cost) => cost.seconds);
      return { step: step.name, ...last, seconds: median(seconds), rounds: seconds };
    }),
  };
}

/** The middle of some numbers. */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((left, right) => left - right);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
