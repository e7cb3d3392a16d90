import type { Result, SizeResult, StepResult } from "./result";

/** Formats a result as Markdown: a table for each size, then a line for each candidate with a label or without a column. */
export function formatTables({ candidates, sizes }: Result): string {
  const labels = candidates.flatMap(({ label }) => (label === undefined ? [] : [`- ${label}`]));
  const gaps = candidates.flatMap(({ name, missing }) =>
    missing === undefined ? [] : [`- Not measured: ${name}, as ${missing}`],
  );
  return [...sizes.map(formatSize), [...labels, ...gaps].join("\n")].join("\n\n");
}

/** Describes in one sentence how a result was measured. */
export function describeConditions({ rounds, latencyMs, machine }: Result): string {
  const { processors, node, pulumiCli, pulumiSdk } = machine;
  return (
    `${rounds === 1 ? "One round" : `The median of ${rounds} rounds`}, on ${processors} processors with the Pulumi CLI ` +
    `${pulumiCli}, \`@pulumi/pulumi\` ${pulumiSdk} and Node ${node}, against a simulated account that answers ` +
    `${latencyMs === 0 ? "at once" : `after ${latencyMs} ms`}.`
  );
}

/** Describes the size of a stack, such as "5 user groups with 5 sets of members". */
export function describeSize({ groups }: SizeResult): string {
  return groups === 1
    ? "1 user group with 1 set of members"
    : `${formatNumber(groups)} user groups with ${formatNumber(groups)} sets of members`;
}

/** Writes a number with a comma before every three digits. */
export function formatNumber(number: number): string {
  return number.toLocaleString("en-US");
}

function formatSize(size: SizeResult): string {
  const { candidates } = size;
  const steps = candidates[0]?.steps ?? [];
  const rows = [
    [describeSize(size), ...candidates.map(({ name }) => name)],
    ["---", ...candidates.map(() => "---")],
    ...steps.map(({ step }, index) => [step, ...candidates.map((candidate) => formatCost(candidate.steps[index]))]),
    ["state after the first up", ...candidates.map((candidate) => formatStateSize(candidate.steps[0]))],
  ];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function formatCost(result: StepResult | undefined): string {
  if (result === undefined) return "";
  const { seconds, calls, falseDifferences } = result;
  const parts = [`${seconds.toFixed(1)} s`, describeCalls(calls)];
  if (falseDifferences > 0) parts.push(`**${formatNumber(falseDifferences)} false differences**`);
  return parts.join(", ");
}

function describeCalls(calls: number): string {
  if (calls === 0) return "no calls";
  return calls === 1 ? "1 call" : `${formatNumber(calls)} calls`;
}

function formatStateSize(result: StepResult | undefined): string {
  return result === undefined ? "" : `${formatNumber(Math.round(result.stateBytes / 1000))} kB`;
}
