import { toTerminalSafe } from "../../terminalText";
import {
  type AccessReport,
  describeAccess,
  describeManaged,
  describeWay,
  isUnmanaged,
  type ReportRow,
} from "../report";
import { headerLines } from "./headerLines";
import { padText, type TextWidth, wrapText } from "./textWidth";

/** Marks a text for the terminal. */
export type Paint = (style: "bold" | "red" | "yellow" | "dim", text: string) => string;

/** No line is wider, so that the table fits most terminals and a printed page. */
const tableWidth = 100;

const columnWidths = [10, 26, 24, 22, 11];

/** Returns a report for a terminal, with the rows of each person together. */
export function toTable({ header, rows }: AccessReport, widthOf: TextWidth, paint: Paint): string {
  const lines = headerLines(header).flatMap((line) => wrapText(toTerminalSafe(line), tableWidth, widthOf));
  const byPerson = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const known = byPerson.get(row.person.id);
    if (known) known.push(row);
    else byPerson.set(row.person.id, [row]);
  }
  for (const ofPerson of byPerson.values()) {
    lines.push("", ...personLines(ofPerson, widthOf, paint));
    for (const row of ofPerson) lines.push(...rowLines(row, widthOf, paint));
  }
  return `${lines.join("\n")}\n`;
}

function personLines(rows: readonly ReportRow[], widthOf: TextWidth, paint: Paint): string[] {
  const [first] = rows;
  if (!first) return [];
  const { email, id, name, status } = first.person;
  const isAdministrator = rows.some(({ administrator }) => administrator);
  const parts = [email ?? id, name, status === "accepted" ? null : status, isAdministrator ? "ADMINISTRATOR" : null];
  const text = toTerminalSafe(parts.filter((part) => part !== null).join(", "));
  return wrapText(text, tableWidth, widthOf).map((line) => paint(isAdministrator ? "red" : "bold", line));
}

function rowLines(row: ReportRow, widthOf: TextWidth, paint: Paint): string[] {
  const { permission, scope, since } = row;
  const managed = describeManaged(row);
  const texts = [
    describeAccess(row),
    permission.name,
    scope.words,
    describeWay(row) + (since === null ? "" : ` since ${since.slice(0, 10)}`),
    managed,
  ];
  const cells = texts.map((text, index) => wrapText(toTerminalSafe(text), columnWidths[index] ?? 10, widthOf));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, number) => {
    const columns = cells.map((lines, index) => padText(lines[number] ?? "", columnWidths[index] ?? 10, widthOf));
    const line = `  ${columns.join(" ")}`.trimEnd();
    if (row.administrator) return paint("red", line);
    if (row.overridden) return paint("dim", line);
    return isUnmanaged(row) ? paint("yellow", line) : line;
  });
}
