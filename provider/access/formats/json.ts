import { toTerminalSafeJson } from "../../terminalText";
import type { AccessReport } from "../report";

/** The version of the form of the JSON. It changes when a program that reads the JSON must change. */
const formatVersion = 1;

/** Returns a report as JSON. Its rows are in an order that depends on their content only. */
export function toJson({ header, rows }: AccessReport): string {
  return `${toTerminalSafeJson(JSON.stringify({ formatVersion, ...header, rows }, undefined, 2))}\n`;
}
