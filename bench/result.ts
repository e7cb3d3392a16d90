import type { Cost } from "./steps";

/** What a run of the bench measured. This is the content of the JSON file. */
export interface Result {
  /** How often each size was measured. */
  rounds: number;
  /** The milliseconds that the simulated API waited before each response. */
  latencyMs: number;
  machine: { processors: number; node: string; pulumiCli: string; pulumiSdk: string };
  candidates: CandidateInfo[];
  sizes: SizeResult[];
}

/** A column of the tables, or the reason why it is left out. */
export interface CandidateInfo {
  name: string;
  /** The sentence about the candidate below the tables. */
  label?: string;
  /** Why the candidate was not measured. */
  missing?: string;
}

/** The results of all candidates for one number of groups. */
export interface SizeResult {
  /** The number of user groups. There is one set of members for each. */
  groups: number;
  candidates: { name: string; steps: StepResult[] }[];
}

/** The cost of a candidate's step: the median of the seconds, and everything else from the last round. */
export interface StepResult extends Cost {
  step: string;
  /** The seconds of each round. */
  rounds: number[];
}
