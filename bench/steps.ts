import type { Candidate } from "./candidate";
import { changeOneInTen, type Group } from "./groups";

/** One command in the life of a stack. */
export interface Step {
  name: string;
  args: readonly string[];
  /** Returns how many resources the step must change. Every further change is a false difference. */
  countRequired(groups: Group[]): number;
  /** Returns what the program declares from this step on. Default: the same as before. */
  edit?(groups: Group[]): Group[];
}

/** The cost of a step. */
export interface Cost {
  seconds: number;
  /** The number of API calls. */
  calls: number;
  /** The size of the stack's state after the step. */
  stateBytes: number;
  falseDifferences: number;
}

// The engine counts the stack as a resource.
const countAll = (groups: Group[]) => 2 * groups.length + 1;
const countNone = () => 0;
const unattended = ["--yes", "--skip-preview"];

export const steps: Step[] = [
  { name: "first up", args: ["up", ...unattended], countRequired: countAll },
  { name: "preview", args: ["preview"], countRequired: countNone },
  { name: "refresh", args: ["refresh", ...unattended], countRequired: countNone },
  { name: "preview after refresh", args: ["preview"], countRequired: countNone },
  { name: "up --refresh", args: ["up", "--refresh", ...unattended], countRequired: countNone },
  {
    name: "up, one in ten changed",
    args: ["up", ...unattended],
    countRequired: (groups) => 2 * Math.ceil(groups.length / 10),
    edit: changeOneInTen,
  },
  { name: "destroy", args: ["destroy", ...unattended], countRequired: countAll },
];

/** Runs a step and measures it from the start of the CLI to its end. */
export async function measure(step: Step, candidate: Candidate, groups: Group[]): Promise<Cost> {
  if (step.edit) await candidate.declare(step.edit(groups));
  candidate.simulator.journal.clear();
  const start = process.hrtime.bigint();
  const output = await candidate.pulumi(step.args);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return {
    seconds: Math.round(seconds * 100) / 100,
    calls: candidate.simulator.journal.count(),
    stateBytes: await candidate.stateBytes(),
    falseDifferences: countChanges(output) - step.countRequired(groups),
  };
}

/** Counts the resources that a command changed or would change, from the summary at the end of its output. */
function countChanges(output: string): number {
  const [, summary] = /^Resources:\n((?: +\S.*\n)+)/m.exec(output) ?? [];
  if (summary === undefined) throw new Error(`The command printed no summary of the resources:\n${output}`);
  const lines = summary.trimEnd().split("\n");
  return lines.reduce((sum, line) => (/unchanged/.test(line) ? sum : sum + Number(/\d+/.exec(line)?.[0])), 0);
}
