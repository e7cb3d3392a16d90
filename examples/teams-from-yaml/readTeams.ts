import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { RunError } from "@pulumi/pulumi";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { type Team, teamsFile } from "./teams";

/**
 * The teams of a YAML file.
 *
 * @throws RunError that names everything that is wrong with the file, each with its line and its team.
 */
export function readTeams(path: string): Team[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter, prettyErrors: false });
  const content = teamsFile.safeParse(document.toJS());
  if (document.errors.length === 0 && content.success) return content.data.teams;

  // What is no YAML makes all that follows look wrong.
  const problems =
    document.errors.length > 0
      ? document.errors.map(({ pos, message }) => ({ position: pos[0], message: `: ${message}` }))
      : (content.error?.issues ?? []).flatMap((issue) => problemsOf(issue, document));
  throw new RunError(
    problems
      .sort((left, right) => left.position - right.position)
      .map(({ position, message }) => `${basename(path)}, line ${lineCounter.linePos(position).line}${message}`)
      .join("\n"),
  );
}

function problemsOf(issue: z.core.$ZodIssue, document: Document) {
  const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => {
    const team = document.getIn(["teams", path[1], "name"]);
    const key = path.filter((part) => typeof part === "string").at(-1) ?? "teams";
    const message = `${typeof team === "string" ? `, team "${team}"` : ""}: "${key}" ${issue.message}`;
    return { position: positionOf(path, document), message };
  });
}

/** Where in the text the value at a path begins, or its key where it has one; for what is missing, what it is missing from. */
function positionOf(path: readonly PropertyKey[], document: Document): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  const node = pair ? pair.key : document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return path.length > 0 ? positionOf(path.slice(0, -1), document) : 0;
}
