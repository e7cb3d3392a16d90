import { classNameOf } from "../resourceRegistration";
import type { ResourceTypes } from "../resourceTypes";
import type { ImportEntry } from "./importFile";
import { variableName } from "./names";
import type { ImportedKind } from "./remoteResources";

/** The text of each input, undefined when the program leaves it out. An input without an entry does not compile. */
type InputTexts<Kind extends ImportedKind> = {
  [Property in keyof Required<ResourceTypes[Kind]["inputs"]>]: string | undefined;
};

/** Returns the text of a TypeScript program that declares these resources of one account, and nothing else. */
export function programText(accountId: string, entries: readonly ImportEntry[]): string {
  const classNames = [...new Set(entries.map(({ kind }) => classNameOf(kind)))].sort();
  const groupsWithMembers = new Set(entries.flatMap(({ kind, id }) => (kind === "userGroupMembers" ? id : [])));
  const variables = new Map<string, string>();
  const taken = new Set<string>();
  for (const { kind, id, name } of entries)
    if (kind === "userGroup" && groupsWithMembers.has(id)) variables.set(id, variableName(name, taken));
  const statements = [
    `import { ${classNames.join(", ")} } from "pulumi-cloudflare-groups";`,
    `const accountId = ${textLiteral(accountId)};`,
    ...entries.map((entry) => declaration(entry, variables)),
  ];
  return `${statements.join("\n\n")}\n`;
}

function declaration(entry: ImportEntry, variables: ReadonlyMap<string, string>): string {
  const variable = entry.kind === "userGroup" ? variables.get(entry.id) : undefined;
  const texts = Object.entries(inputTexts(entry, variables)).filter(([, text]) => text !== undefined);
  const lines = texts.map(([name, text]) => `  ${name === text ? name : `${name}: ${text}`},\n`);
  return (
    `${variable === undefined ? "" : `const ${variable} = `}new ${classNameOf(entry.kind)}(${textLiteral(entry.name)}, {\n` +
    `${lines.join("")}});`
  );
}

function inputTexts(entry: ImportEntry, variables: ReadonlyMap<string, string>): Record<string, string | undefined> {
  // The program declares this variable.
  const accountId = "accountId";
  switch (entry.kind) {
    case "userGroup": {
      const { name, policies } = entry.inputs;
      return { accountId, name: literal(name), policies: optionalList(policies) } satisfies InputTexts<"userGroup">;
    }
    case "deploymentGroup": {
      const { name, versionConfigs, policyIds } = entry.inputs;
      return {
        accountId,
        name: literal(name),
        versionConfigs: literal(versionConfigs),
        policyIds: optionalList(policyIds),
      } satisfies InputTexts<"deploymentGroup">;
    }
    case "userGroupMembers": {
      const { userGroupId, members } = entry.outputs;
      const variable = variables.get(entry.id);
      const lines = members.map(({ id, email }) => {
        const comment = email === undefined ? "" : ` // ${textLiteral(email).slice(1, -1)}`;
        return `    ${literal({ id }, "")},${comment}\n`;
      });
      return {
        accountId,
        userGroupId: variable === undefined ? literal(userGroupId) : `${variable}.id`,
        members: lines.length > 0 ? `[\n${lines.join("")}  ]` : "[]",
        removeOthers: undefined,
      } satisfies InputTexts<"userGroupMembers">;
    }
  }
}

function optionalList(list: readonly unknown[]): string | undefined {
  return list.length > 0 ? literal(list) : undefined;
}

/** Returns a value as TypeScript. Lists of several elements, and objects that hold a list, take several lines. */
function literal(value: unknown, indent = "  "): string {
  if (typeof value === "string") return textLiteral(value);
  if (typeof value !== "object" || value === null) return String(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((element) => literal(element, indent)).join(", ")}]`;
    if (value.length < 2 && !line.includes("\n")) return line;
    const elements = value.map((element) => literal(element, deeper));
    return block("[", elements, indent, "]");
  }
  const parts = Object.entries(value).map(([name, content]) => `${name}: ${literal(content, deeper)}`);
  const isLong = Object.values(value).some(Array.isArray) || parts.some((part) => part.includes("\n"));
  return isLong ? block("{", parts, indent, "}") : `{ ${parts.join(", ")} }`;
}

function block(open: string, parts: readonly string[], indent: string, close: string): string {
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join("")}${indent}${close}`;
}

/** Returns a string as TypeScript. It escapes quotes and invisible characters, such as a change of direction. */
function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escapeOf(character.charCodeAt(index))).join(""),
  );
}

function escapeOf(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
