import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { RunError } from "@pulumi/pulumi";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { type Team, teamsFile } from "./teams";

/**
 * Reads the teams of a YAML file.
 *
 * @throws RunError that lists every mistake in the file with its line and its team.
 */
export function readTeams(path: string): Team[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter, prettyErrors: false });
  const content = teamsFile.safeParse(document.toJS());
  if (document.errors.length === 0 && content.success) return content.data.teams;

  // A mistake in the YAML makes all later lines look wrong, so only YAML errors are reported then.
  const problems =
    document.errors.length > 0
      ? document.errors.map(({ pos, message }) => ({ position: pos[0], message: `: ${message}` }))
      : (content.error?.issues ?? []).flatMap((issue) => toProblems(issue, document));
  throw new RunError(
    problems
      .sort((left, right) => left.position - right.position)
      .map(({ position, message }) => `${basename(path)}, line ${lineCounter.linePos(position).line}${message}`)
      .join("\n"),
  );
}

function toProblems(issue: z.core.$ZodIssue, document: Document) {
  const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => {
    const team = document.getIn(["teams", path[1], "name"]);
    const key = path.filter((part) => typeof part === "string").at(-1) ?? "teams";
    const message = `${typeof team === "string" ? `, team "${team}"` : ""}: "${key}" ${issue.message}`;
    return { position: findPosition(path, document), message };
  });
}

/** Returns where the key or the value at a path begins in the text. A missing value has the position of its parent. */
function findPosition(path: readonly PropertyKey[], document: Document): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  const node = pair ? pair.key : document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return path.length > 0 ? findPosition(path.slice(0, -1), document) : 0;
}
