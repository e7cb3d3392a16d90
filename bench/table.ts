import type { Result, StepResult } from "./comparison";

/** A result as Markdown: a row for each step, a column for each contender, and a line for each that was not there. */
export function tableOf({ contenders }: Result): string {
  const present = contenders.filter((contender) => "steps" in contender);
  const steps = present[0]?.steps ?? [];
  const rows = [
    ["", ...present.map(({ name }) => name)],
    ["---", ...present.map(() => "---")],
    ...steps.map(({ step }, index) => [step, ...present.map((contender) => costOf(contender.steps[index]))]),
    ["state after the first up", ...present.map((contender) => stateOf(contender.steps[0]))],
  ];
  const absent = contenders.flatMap((each) =>
    "missing" in each ? [`Not measured: ${each.name}, as ${each.missing}.`] : [],
  );
  return [rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n"), ...absent].join("\n\n");
}

/** What a result was measured with, in one sentence. */
export function circumstancesOf({ groups, rounds, latencyMs, machine }: Result): string {
  const { processors, node, pulumiCli, pulumiSdk } = machine;
  return (
    `${groups} user groups with ${groups} sets of members, ${rounds === 1 ? "one round" : `the median of ${rounds} rounds`}, ` +
    `on ${processors} processors with the Pulumi CLI ${pulumiCli}, \`@pulumi/pulumi\` ${pulumiSdk} and Node ${node}, ` +
    `against a simulated account that answers ${latencyMs === 0 ? "at once" : `after ${latencyMs} ms`}.`
  );
}

function costOf(result: StepResult | undefined): string {
  if (result === undefined) return "";
  const { seconds, calls, falseDifferences } = result;
  const parts = [`${seconds.toFixed(1)} s`, calls === 0 ? "no calls" : `${grouped(calls)} calls`];
  if (falseDifferences > 0) parts.push(`**${grouped(falseDifferences)} false differences**`);
  return parts.join(", ");
}

function stateOf(result: StepResult | undefined): string {
  return result === undefined ? "" : `${grouped(Math.round(result.stateBytes / 1000))} kB`;
}

function grouped(number: number): string {
  return number.toLocaleString("en-US");
}
