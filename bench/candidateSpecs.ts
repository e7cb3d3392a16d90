import type { CandidateSpec } from "./candidate";
import { makeOfficialSpec } from "./officialProvider";

/**
 * Lists the candidates in the order of the tables' columns.
 *
 * @param officialLabel The sentence about the official provider's plugin. Default: the version that the plugin prints.
 */
export function listCandidates(officialLabel?: string): CandidateSpec[] {
  return [
    { name: "this package", program: "thisPackage.ts" },
    { name: "ordinary dynamic provider", program: "baseline.ts" },
    makeOfficialSpec(officialLabel),
    {
      name: "engine alone",
      program: "engineAlone.ts",
      modules: ["noop.ts"],
      describe: async () =>
        "engine alone: the same number of dynamic resources with an almost empty state, and a lifecycle that does nothing",
    },
  ];
}
