import { toTerminalSafe } from "../../terminalText";
import type { AccessReport, ReportHeader, ReportRow } from "../report";

type Cell = string | null | boolean;

/** The columns by their names, in the order of the file. */
const columns: Readonly<Record<string, (row: ReportRow, header: ReportHeader) => Cell>> = {
  email: ({ person }) => person.email,
  name: ({ person }) => person.name,
  status: ({ person }) => person.status,
  permission: ({ permission }) => permission.name,
  access: ({ access }) => access,
  overridden: ({ overridden }) => overridden,
  scope: ({ scope }) => scope.words,
  way: ({ way }) => way.kind,
  "group or role": ({ way }) => way.name,
  since: ({ since }) => since,
  administrator: ({ administrator }) => administrator,
  managed: ({ managed }) => managed,
  // A reviewer fills these in.
  reviewer: () => null,
  decision: () => null,
  date: () => null,
  "member id": ({ person }) => person.id,
  "permission id": ({ permission }) => permission.id,
  "scope key": ({ scope }) => scope.key,
  "group or role id": ({ way }) => way.id,
  account: (_row, { accountId }) => accountId,
  "report created": (_row, { createdAt }) => createdAt,
  "tool version": (_row, { toolVersion }) => toolVersion,
  "rows sha256": (_row, { rowsSha256 }) => rowsSha256,
};

// Spreadsheets take these first characters for a formula, some of them after white space or in their full-width forms.
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/**
 * Returns a report as CSV by RFC 4180: a line with the names of the columns, and a line for each row.
 *
 * No cell is a formula. A cell that begins like one gets an apostrophe before it. Control characters are visible escapes.
 */
export function toCsv({ header, rows }: AccessReport): string {
  const lines = rows.map((row) => Object.values(columns).map((toValue) => toValue(row, header)));
  return [Object.keys(columns), ...lines].map((cells) => `${cells.map(toCell).join(",")}\r\n`).join("");
}

function toCell(value: Cell): string {
  const text = toTerminalSafe(String(value ?? ""));
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
