import type { Result } from "./result";
import { describeConditions, formatTables } from "./table";

const begin = "<!-- Written by `npm run bench -- --readme`. -->";
const end = "<!-- The end of what the bench writes. -->";

/** The files that hold figures, with those of the sizes that each holds: the README's readers want the largest only. */
export const figureFiles: { path: string; select(result: Result): Result }[] = [
  { path: "README.md", select: (result) => ({ ...result, sizes: result.sizes.slice(0, 1) }) },
  { path: "bench/README.md", select: (result) => ({ ...result, sizes: result.sizes.slice(1) }) },
];

/**
 * Returns a Markdown file with the figures of this result in place of the old ones.
 *
 * @throws An error if the file lacks one of the two comments around the figures.
 */
export function insertFigures(result: Result, markdown: string): string {
  return replaceFigures(markdown, { begin, end }, `${formatTables(result)}\n\n${describeConditions(result)}`);
}

/**
 * Returns a Markdown file with these figures between two comments.
 *
 * @throws An error if the file lacks one of the two.
 */
export function replaceFigures(
  markdown: string,
  { begin, end }: { begin: string; end: string },
  figures: string,
): string {
  const [before, rest] = markdown.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`The file has no lines "${begin}" and "${end}".`);
  return `${before}${begin}\n\n${figures.split("\n").map(wrapLine).join("\n")}\n\n${end}${after}`;
}

// A table's row cannot be wrapped, and a label stays word for word on one line.
function wrapLine(line: string): string {
  if (/^[|-]/.test(line)) return line;
  return (line.match(/.{1,120}(?:\s|$)/g) ?? []).map((part) => part.trimEnd()).join("\n");
}
