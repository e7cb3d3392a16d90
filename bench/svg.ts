import type { Result } from "./comparison";

const width = 760;
const left = 190;
const right = 160;
const bar = 14;
const gap = 4;
const stepGap = 18;
const top = 52;

// Readable on a light page and, where the page says so, on a dark one.
const style = `
  text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
  .figure { fill: #59636e }
  .c0 { fill: #d97706 } .c1 { fill: #64748b } .c2 { fill: #0e7490 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .figure { fill: #9198a1 }
    .c0 { fill: #f59e0b } .c1 { fill: #94a3b8 } .c2 { fill: #22d3ee }
  }`;

/** A result as a picture: a bar for the seconds of each step and contender, with the calls beside it. */
export function svgOf({ contenders, groups, machine }: Result): string {
  const present = contenders.filter((contender) => "steps" in contender);
  const steps = present[0]?.steps.map(({ step }) => step) ?? [];
  const longest = Math.max(...present.flatMap((contender) => contender.steps.map(({ seconds }) => seconds)));
  const scale = (width - left - right) / longest;
  const stepHeight = present.length * (bar + gap) + stepGap;
  const height = top + steps.length * stepHeight;
  const title = `${groups} user groups and their members: seconds and API calls`;
  const note = `Pulumi ${machine.pulumiCli}, Node ${machine.node}, ${machine.processors} processors, a simulated account`;
  const legend = present.map(({ name }, index) => {
    const x = left + index * 190;
    return `${rect(index, x, top - 28, 12, 12)}${text(x + 18, top - 18, name)}`;
  });
  const bars = steps.flatMap((step, row) => {
    const y = top + row * stepHeight;
    const label = text(left - 12, y + (present.length * (bar + gap)) / 2 + 3, step, ' text-anchor="end"');
    const rows = present.map((contender, index) => {
      const { seconds, calls } = contender.steps[row] ?? { seconds: 0, calls: 0 };
      const barTop = y + index * (bar + gap);
      const length = Math.max(1, seconds * scale);
      const figures = `${seconds.toFixed(1)} s, ${calls.toLocaleString("en-US")} calls`;
      return `${rect(index, left, barTop, length, bar)}${text(left + length + 8, barTop + 11, figures, ' class="figure"')}`;
    });
    return [label, ...rows];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title><desc>${note}</desc><style>${style}\n</style>`,
    text(0, 14, title),
    ...legend,
    ...bars,
    "</svg>\n",
  ].join("\n");
}

function rect(contender: number, x: number, y: number, breadth: number, depth: number): string {
  return `<rect class="c${contender}" x="${round(x)}" y="${y}" width="${round(breadth)}" height="${depth}" rx="2"/>`;
}

function text(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${round(x)}" y="${round(y)}"${attributes}>${content}</text>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
