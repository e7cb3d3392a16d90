import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../documentation";

const readme = readFileSync(join(repository, "README.md"), "utf8").replace(/^```.*?^```$/gms, "");

/** The text below a heading of README.md, up to the next heading of its level or a higher one; empty where there is no such heading. */
export function section(heading: string): string {
  const [level] = heading.split(" ");
  const after = readme.split(`\n${heading}\n`)[1] ?? "";
  return after.split(new RegExp(`^#{1,${level?.length}} `, "m"))[0] ?? "";
}

/** The headings of a level, such as `###`, in a text, without that mark. */
export function headings(level: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`^${level} (.+)$`, "gm"))].map(([, heading = ""]) => heading);
}

/** The cells of the first table in a text, row by row, without the row of headings. */
export function firstTable(text: string): string[][] {
  const [table = ""] = /^\|.*\n(?:\|.*\n)+/m.exec(text) ?? [];
  const rows = table.trimEnd().split("\n").slice(2);
  // A bar inside a cell is written `\|`.
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

/** Every name in a text that stands between backticks. */
export function codeNames(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}
