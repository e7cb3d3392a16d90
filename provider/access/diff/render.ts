import { toTerminalSafe, toTerminalSafeJson } from "../../terminalText";
import { toCode, toMarkdownTable } from "../formats/markdown";
import { padText, type TextWidth, wrapText } from "../formats/textWidth";
import type { AccessChange } from "./diffAccess";

/** What an update changes. */
export interface AccessDiff {
  accountId: string;
  changes: readonly AccessChange[];
  /** Changes that the preview does not show, in words. */
  uncounted: readonly string[];
}

/** Longer lists are summed up, because nobody reads them and a comment of a pull request has a limit. */
const maxListedChanges = 200;

/** Finds the comment of an earlier run, so that a pipeline updates it. */
const commentMark = "<!-- pulumi-cloudflare-groups access-diff -->";

/** Returns the diff as Markdown for a comment. */
export function toMarkdown(diff: AccessDiff): string {
  const lines = toLines(diff);
  return [
    `${commentMark}\n## Who gains and who loses access\n`,
    `${summarize(diff)}\n`,
    ...diff.uncounted.map((what) => `- **Not counted**, because it is secret or not known yet: ${toCode(what)}\n`),
    ...(lines.length > 0
      ? [
          toMarkdownTable(
            lineNames,
            lines.map(([mark, ...cells]) => [mark ?? "", ...cells.map(toCode)]),
          ),
        ]
      : []),
  ].join("\n");
}

/** Returns the diff for a terminal, at most 100 columns wide. */
export function toTable(diff: AccessDiff, widthOf: TextWidth): string {
  const widths = [9, 28, 24, 20, 15];
  const wrap = (text: string, width: number) => wrapText(toTerminalSafe(text.replaceAll("*", "")), width, widthOf);
  const lines = toLines(diff).flatMap((texts) => {
    const cells = texts.map((text, index) => wrap(text, widths[index] ?? 10));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, number) =>
      cells
        .map((cell, index) => padText(cell[number] ?? "", widths[index] ?? 10, widthOf))
        .join(" ")
        .trimEnd(),
    );
  });
  const notes = diff.uncounted.flatMap((what) =>
    wrap(`Not counted, because it is secret or not known yet: ${what}`, 100),
  );
  return `${[...wrap(summarize(diff), 100), ...notes, ...lines].join("\n")}\n`;
}

/** Returns the diff as JSON with every change. */
export function toJson({ accountId, changes, uncounted }: AccessDiff): string {
  return `${toTerminalSafeJson(JSON.stringify({ formatVersion: 1, accountId, uncounted, changes }, undefined, 2))}\n`;
}

const lineNames = ["", "person", "permission", "scope", "how"];

/** Returns a line for each change, or for each kind of change when there are many. Administrators are always listed. */
function toLines({ changes }: AccessDiff): string[][] {
  if (changes.length <= maxListedChanges) return changes.map(toLine);
  const administrators = changes.filter(({ administrator }) => administrator).slice(0, maxListedChanges);
  const sums = new Map<string, { people: Set<string>; first: AccessChange }>();
  for (const change of changes) {
    if (administrators.includes(change)) continue;
    const key = JSON.stringify([describeChange(change), change.permission.id, change.scope.key]);
    const sum = sums.get(key) ?? { people: new Set(), first: change };
    sum.people.add(change.person.id);
    sums.set(key, sum);
  }
  const summed = [...sums.values()]
    .sort((left, right) => right.people.size - left.people.size)
    .slice(0, maxListedChanges)
    .map(({ people, first }) => [
      describeChange(first),
      `${people.size} people`,
      first.permission.name,
      first.scope.words,
      "",
    ]);
  return [...administrators.map(toLine), ...summed];
}

function toLine(change: AccessChange): string[] {
  const { person, permission, scope, ways } = change;
  return [describeChange(change), person.email ?? person.id, permission.name, scope.words, ways.join(", ")];
}

function describeChange({ change, access, administrator }: AccessChange): string {
  const mark = administrator ? ` **administrator**` : "";
  if (access === "deny") return change === "loses" ? "is denied" : "is no longer denied";
  return `${change}${mark}`;
}

function summarize({ accountId, changes, uncounted }: AccessDiff): string {
  const count = (change: AccessChange["change"], isShown = (_change: AccessChange) => true) =>
    changes.filter((each) => each.change === change && isShown(each)).length;
  if (changes.length === 0 && uncounted.length === 0)
    return `Nobody gains or loses access in the account ${accountId}.`;
  const administrators = count("gains", ({ administrator }) => administrator);
  return (
    `Account ${accountId}: permissions gained: ${count("gains")}, of administrators: ${administrators}, ` +
    `lost: ${count("loses")}.${changes.length > maxListedChanges ? " Summed up, because there are many." : ""}`
  );
}
