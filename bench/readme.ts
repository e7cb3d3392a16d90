import type { Result } from "./result";
import { describeConditions, formatTables } from "./table";

const begin = "<!-- Written by `npm run bench -- --readme`. -->";
const end = "<!-- The end of what the bench writes. -->";

/**
 * Returns the README with the figures of this result in place of the old ones.
 *
 * @throws An error if the README lacks one of the two comments around the figures.
 */
export function insertFigures(result: Result, readme: string): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no lines "${begin}" and "${end}".`);
  const figures = `${formatTables(result)}\n\n${describeConditions(result)}`;
  return `${before}${begin}\n\n${figures.split("\n").map(wrapLine).join("\n")}\n\n${end}${after}`;
}

// A table's row cannot be wrapped, and a label stays word for word on one line.
function wrapLine(line: string): string {
  if (/^[|-]/.test(line)) return line;
  return (line.match(/.{1,120}(?:\s|$)/g) ?? []).map((part) => part.trimEnd()).join("\n");
}
