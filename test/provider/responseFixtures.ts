import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { json, type ScriptedResponse, success } from "./cloudflare/scriptedServer";

// Responses as Cloudflare's documentation and others show them, with invented ids, names and emails. Each file is one
// whole body. The name says which request it belongs to and what is special about it.

const folder = join(__dirname, "../fixtures/responses");

/** Returns the names of the fixtures with this prefix, without their extension. */
export function fixtureNames(prefix: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(prefix))
    .map((file) => file.replace(/\.json$/, ""));
}

export interface Body {
  success: boolean;
  errors?: { code?: number; message: string; error_chain?: { message: string }[]; documentation_url?: string }[] | null;
  messages?: { message: string }[] | null;
  result?: unknown;
}

/** Returns the body of a fixture. */
export function fixture(name: string): Body {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
}

/** Responds to every request with this fixture. Pages after the first are empty. */
export function replay(name: string, status = 200): ScriptedResponse[] {
  const body = fixture(name);
  const respond: ScriptedResponse = (response, request) => {
    const page = new URL(request.url, "http://localhost").searchParams.get("page") ?? "1";
    json(status, page === "1" ? body : { ...body, result: [] })(response, request);
  };
  return Array.from({ length: 30 }, () => respond);
}

/** Responds to a list with this fixture, and to a request for one of its groups with that group and its policies. */
export function replayGroups(name: string): ScriptedResponse[] {
  const groups = objectsIn(fixture(name).result);
  return replay(name).map((list) => (response, request) => {
    const group = groups.find(({ id }) => request.url.endsWith(`s/${id}`));
    (group ? success({ policies: [], ...group }) : list)(response, request);
  });
}

/** Returns the objects of a result, which is a list, one object or nothing. */
export function objectsIn(result: unknown): Record<string, unknown>[] {
  return [result ?? []]
    .flat()
    .flatMap((each) => (typeof each === "object" && each !== null ? [Object.fromEntries(Object.entries(each))] : []));
}

/** Returns the values that a reader must keep: ids, names, times, versions and the keys of scopes without a name. */
export function essentialsOf(value: unknown, key = ""): string[] {
  if (typeof value === "string" && /^(id|name|key|version|target_environment|created_..|(upd|modifi)\w+)$/.test(key))
    return [value];
  if (Array.isArray(value)) return value.flatMap((each) => essentialsOf(each, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === "meta" || name === "permissions") return [];
    if (name === "scope" && "name" in value) return [];
    // A policy's id changes at every update, and the names and times of the objects that it refers to are not read.
    if (name === "policies") return essentialsOf(inner, name).filter((text) => isReference(text, inner));
    return essentialsOf(inner, name);
  });
}

/** Whether a text is the id of a permission group or of a resource group, or a key of a resource group without a name. */
function isReference(text: string, policies: unknown): boolean {
  return objectsIn(policies).some(({ permission_groups, resource_groups }) =>
    [...objectsIn(permission_groups), ...objectsIn(resource_groups)].some(
      ({ id, name, scope }) =>
        (id === text && (name !== undefined || scope === undefined)) ||
        (name === undefined && scope !== undefined && JSON.stringify(scope).includes(JSON.stringify(text))),
    ),
  );
}
