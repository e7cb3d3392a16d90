import { join, parse } from "node:path";
import type { Result, SizeResult } from "./result";
import { describeSize, formatNumber } from "./table";

const width = 760;
const left = 160;
const right = 150;
const bar = 14;
const gap = 4;
const stepGap = 18;
const top = 52;
const legendSpacing = 190;

// The colours are readable on a light page, and on a dark page that sets the colour scheme.
const style = `
  text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
  .figure { fill: #59636e }
  .c0 { fill: #d97706 } .c1 { fill: #64748b } .c2 { fill: #0e7490 } .c3 { fill: #c4c9d0 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .figure { fill: #9198a1 }
    .c0 { fill: #f59e0b } .c1 { fill: #94a3b8 } .c2 { fill: #22d3ee } .c3 { fill: #4b5563 }
  }`;

/** Returns the path of a size's drawing, beside the JSON file: `results/latest-300.svg` for `results/latest.json`. */
export function drawingPath(jsonFile: string, { groups }: SizeResult): string {
  const { dir, name } = parse(jsonFile);
  return join(dir, `${name}-${groups}.svg`);
}

/** Draws one size of a result: a bar for the seconds of each step and candidate, and the number of calls as text. */
export function drawSvg({ candidates: columns, machine }: Result, size: SizeResult): string {
  const { candidates } = size;
  const steps = candidates[0]?.steps.map(({ step }) => step) ?? [];
  const longest = Math.max(...candidates.flatMap((candidate) => candidate.steps.map(({ seconds }) => seconds)));
  const scale = (width - left - right) / longest;
  const stepHeight = candidates.length * (bar + gap) + stepGap;
  const height = top + steps.length * stepHeight;
  const title = `${describeSize(size)}: seconds and API calls`;
  const note = `Pulumi ${machine.pulumiCli}, Node ${machine.node}, ${machine.processors} processors, a simulated account`;
  // A candidate keeps its colour when another one is left out.
  const colors = candidates.map((candidate) => columns.findIndex(({ name }) => name === candidate.name));
  const legend = candidates.map(({ name }, index) => {
    const x = index * legendSpacing;
    return `${drawBar(colors[index], x, top - 28, 12, 12)}${drawText(x + 18, top - 18, name)}`;
  });
  const bars = steps.flatMap((step, row) => {
    const y = top + row * stepHeight;
    const label = drawText(left - 12, y + (candidates.length * (bar + gap)) / 2 + 3, step, ' text-anchor="end"');
    const rows = candidates.map((candidate, index) => {
      const { seconds, calls } = candidate.steps[row] ?? { seconds: 0, calls: 0 };
      const barTop = y + index * (bar + gap);
      const length = Math.max(1, seconds * scale);
      const figures = `${seconds.toFixed(1)} s, ${formatNumber(calls)} calls`;
      const text = drawText(left + length + 8, barTop + 11, figures, ' class="figure"');
      return `${drawBar(colors[index], left, barTop, length, bar)}${text}`;
    });
    return [label, ...rows];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title><desc>${note}</desc><style>${style}\n</style>`,
    drawText(0, 14, title),
    ...legend,
    ...bars,
    "</svg>\n",
  ].join("\n");
}

function drawBar(color: number | undefined, x: number, y: number, breadth: number, depth: number): string {
  return `<rect class="c${color}" x="${round(x)}" y="${y}" width="${round(breadth)}" height="${depth}" rx="2"/>`;
}

function drawText(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${round(x)}" y="${round(y)}"${attributes}>${content}</text>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
