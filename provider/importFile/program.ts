import { classes, type Placed } from "./importFile";
import { variableName } from "./names";

/** The text of a TypeScript program that declares these resources, all of one account, and nothing else. */
export function programText(accountId: string, resources: readonly Placed[]): string {
  const imported = [...new Set(resources.map(({ kind }) => classes[kind]))].sort();
  const groupsWithMembers = new Set(resources.flatMap(({ kind, id }) => (kind === "userGroupMembers" ? id : [])));
  const variables = new Map<string, string>();
  const taken = new Set<string>();
  for (const { kind, id, name } of resources)
    if (kind === "userGroup" && groupsWithMembers.has(id)) variables.set(id, variableName(name, taken));
  const statements = [
    `import { ${imported.join(", ")} } from "pulumi-cloudflare-groups";`,
    `const accountId = ${textLiteral(accountId)};`,
    ...resources.map((resource) => declaration(resource, variables)),
  ];
  return `${statements.join("\n\n")}\n`;
}

function declaration(resource: Placed, variables: ReadonlyMap<string, string>): string {
  const variable = resource.kind === "userGroup" ? variables.get(resource.id) : undefined;
  const lines = propertiesOf(resource, variables).map((property) => `  ${property},\n`);
  return (
    `${variable === undefined ? "" : `const ${variable} = `}new ${classes[resource.kind]}(${textLiteral(resource.name)}, {\n` +
    `  accountId,\n${lines.join("")}});`
  );
}

function propertiesOf(resource: Placed, variables: ReadonlyMap<string, string>): string[] {
  if (resource.kind === "userGroup") {
    const { name, policies } = resource.inputs;
    return [property("name", name), ...(policies.length > 0 ? [property("policies", policies)] : [])];
  }
  if (resource.kind === "deploymentGroup") {
    const { name, versionConfigs, policyIds } = resource.inputs;
    const required = [property("name", name), property("versionConfigs", versionConfigs)];
    return [...required, ...(policyIds.length > 0 ? [property("policyIds", policyIds)] : [])];
  }
  const group = variables.get(resource.id);
  const { userGroupId, members } = resource.props;
  const lines = members.map(({ id, email }) => {
    return `    ${literal({ id }, "")},${email === undefined ? "" : ` // ${textLiteral(email).slice(1, -1)}`}\n`;
  });
  return [
    group === undefined ? property("userGroupId", userGroupId) : `userGroupId: ${group}.id`,
    lines.length > 0 ? `members: [\n${lines.join("")}  ]` : "members: []",
  ];
}

function property(name: string, value: unknown): string {
  return `${name}: ${literal(value, "  ")}`;
}

/** A value as TypeScript: on a line of its own each element of a list that has several, and what holds a list. */
function literal(value: unknown, indent: string): string {
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
  return Object.values(value).some(Array.isArray) ? block("{", parts, indent, "}") : `{ ${parts.join(", ")} }`;
}

function block(open: string, parts: readonly string[], indent: string, close: string): string {
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join("")}${indent}${close}`;
}

/** A string as TypeScript: nothing in it can end it, and nothing invisible stays so, such as a change of direction. */
function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escapeOf(character.charCodeAt(index))).join(""),
  );
}

function escapeOf(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
