import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../documentation";

const readme = readFileSync(join(repository, "README.md"), "utf8").replace(/^```.*?^```$/gms, "");

/** Returns the text of a section of README.md with its subsections, without code blocks; empty when there is no such section. */
export function readSection(heading: string): string {
  const [level] = heading.split(" ");
  const after = readme.split(`\n${heading}\n`)[1] ?? "";
  return after.split(new RegExp(`^#{1,${level?.length}} `, "m"))[0] ?? "";
}

/** Returns the headings of one level, such as `###`, without the mark. */
export function findHeadings(level: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`^${level} (.+)$`, "gm"))].map(([, heading = ""]) => heading);
}

/** Returns the cells of the first table in a text, row by row, without the header. */
export function parseFirstTable(text: string): string[][] {
  const [table = ""] = /^\|.*\n(?:\|.*\n)+/m.exec(text) ?? [];
  const rows = table.trimEnd().split("\n").slice(2);
  // A cell contains a bar as `\|`.
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

/** Returns every name in backticks. */
export function findCodeNames(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}
