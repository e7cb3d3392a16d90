import type { Contender } from "./contender";
import { type Group, withChanges } from "./groups";

/** One command in the life of a stack. */
export interface Step {
  name: string;
  args: readonly string[];
  /** How many resources it has to change; whatever it changes beyond them, or says it would, is a false difference. */
  changes(groups: Group[]): number;
  /** What the program declares from this step on, where that is not what it was. */
  program?(groups: Group[]): Group[];
}

/** What a step has cost. */
export interface Cost {
  seconds: number;
  /** Calls of Cloudflare's API. */
  calls: number;
  /** The size of the stack's state after it. */
  stateBytes: number;
  falseDifferences: number;
}

// The stack itself is a resource too.
const everything = (groups: Group[]) => 2 * groups.length + 1;
const nothing = () => 0;
const unattended = ["--yes", "--skip-preview"];

export const steps: Step[] = [
  { name: "first up", args: ["up", ...unattended], changes: everything },
  { name: "preview", args: ["preview"], changes: nothing },
  { name: "refresh", args: ["refresh", ...unattended], changes: nothing },
  { name: "preview after it", args: ["preview"], changes: nothing },
  { name: "up --refresh", args: ["up", "--refresh", ...unattended], changes: nothing },
  {
    name: "up, one in ten changed",
    args: ["up", ...unattended],
    changes: (groups) => 2 * Math.ceil(groups.length / 10),
    program: withChanges,
  },
  { name: "destroy", args: ["destroy", ...unattended], changes: everything },
];

/** Runs a step as a pipeline does, from the start of the CLI to its end. */
export async function measure(step: Step, contender: Contender, groups: Group[]): Promise<Cost> {
  if (step.program) await contender.declare(step.program(groups));
  contender.simulator.journal.clear();
  const start = process.hrtime.bigint();
  const output = await contender.pulumi(step.args);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return {
    seconds: Math.round(seconds * 10) / 10,
    calls: contender.simulator.journal.count(),
    stateBytes: await contender.stateBytes(),
    falseDifferences: changesIn(output) - step.changes(groups),
  };
}

/** How many resources a command's closing lines say that it changed, or would change. */
export function changesIn(output: string): number {
  const [, summary] = /^Resources:\n((?: +\S.*\n)+)/m.exec(output) ?? [];
  if (summary === undefined) throw new Error(`The command did not say what it did with the resources:\n${output}`);
  const lines = summary.trimEnd().split("\n");
  return lines.reduce((sum, line) => (/unchanged/.test(line) ? sum : sum + Number(/\d+/.exec(line)?.[0])), 0);
}
