import { toTerminalSafe } from "../../terminalText";
import { type AccessReport, describeAccess, describeManaged, describeWay } from "../report";
import { headerLines } from "./headerLines";

/** Returns a report as Markdown with one table. */
export function toMarkdown({ header, rows }: AccessReport): string {
  const lines = rows.map((row) => {
    const { person, permission, scope, since, administrator } = row;
    const marks = [administrator ? "**administrator**" : "", describeManaged(row)].filter(Boolean).join(", ");
    const who = [person.email ?? person.id, person.name, person.status === "accepted" ? null : person.status];
    const cells = [who.filter((part) => part !== null).join(", "), permission.name, describeAccess(row), scope.words];
    return [...[...cells, describeWay(row), since ?? ""].map(toCode), marks];
  });
  return [
    "# Access report",
    "",
    ...headerLines(header).map((line) => `- ${toCode(line)}`),
    "",
    toMarkdownTable(["person", "permission", "access", "scope", "how", "since", ""], lines),
  ].join("\n");
}

/** Returns a Markdown table with its line break. The cells are Markdown already. */
export function toMarkdownTable(names: readonly string[], lines: readonly (readonly string[])[]): string {
  const toLine = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return [names, names.map(() => "---"), ...lines].map(toLine).join("");
}

/**
 * Returns a text as inline code, in which Markdown, HTML and mentions do nothing.
 *
 * Tables end at a pipe and at a line break even inside code.
 */
export function toCode(text: string): string {
  const line = toTerminalSafe(text).replace(/\s+/g, " ").trim();
  if (line === "") return "";
  const runs = line.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padding = /^`|`$/.test(line) ? " " : "";
  return `${fence}${padding}${line.replaceAll("|", "\\|")}${padding}${fence}`;
}
