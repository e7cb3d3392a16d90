import type { IdsByName } from "../../idsByName";
import type { Policy, PolicyResources } from "../account";

// The values of a preview. A secret is a text in a plain preview, and an object with this key in other output.
const secretKey = "4dabf18193072939515e22adb298388d";
const secretText = "[secret]";

/** What the engine writes for values that are unknown before the update: a text, a list and an object. */
const unknownTexts = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether a value, or something in it, is secret or not known before the update. */
export function isHidden(value: unknown): boolean {
  if (typeof value === "string") return value === secretText || unknownTexts.has(value);
  if (typeof value !== "object" || value === null) return false;
  return secretKey in value || Object.values(value).some(isHidden);
}

/** Returns a text, or undefined when it is hidden or no text. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" && !isHidden(value) ? value : undefined;
}

/** The ids of the permission groups and resource groups of an account. */
export interface AccountIds {
  permissionGroups: IdsByName;
  resourceGroups: IdsByName;
}

/**
 * Returns the policies of a user group. An omitted list is empty.
 *
 * Returns undefined when a part of them is hidden, or is a name that does not match exactly one object of the account.
 */
export function readPolicies(value: unknown, ids: AccountIds): Policy[] | undefined {
  if (isHidden(value)) return undefined;
  let isComplete = true;
  const readId = (ref: unknown, idsOfKind: IdsByName): string | undefined => {
    const id = readText(readField(ref, "id")) ?? idsOfKind.get(readText(readField(ref, "name")) ?? "");
    isComplete &&= id !== undefined;
    return id;
  };
  const readResources = (ref: unknown): PolicyResources => {
    const scope = readField(ref, "scope");
    if (scope === undefined || scope === null) return { id: readId(ref, ids.resourceGroups) };
    const objects = readList(readField(scope, "objects")).map((object) => ({ key: String(readField(object, "key")) }));
    return { id: readText(readField(ref, "id")), scopes: [{ key: String(readField(scope, "key")), objects }] };
  };
  const policies = readList(value).map(
    (policy): Policy => ({
      access: readField(policy, "access") === "deny" ? "deny" : "allow",
      permissionIds: readList(readField(policy, "permissionGroups")).flatMap(
        (ref) => readId(ref, ids.permissionGroups) ?? [],
      ),
      resources: readList(readField(policy, "resourceGroups")).map(readResources),
    }),
  );
  return isComplete ? policies : undefined;
}

/** Returns what a set of members names each of them by, or undefined when a part of it is hidden. */
export function readMembers(value: unknown): { id: string | undefined; email: string | undefined }[] | undefined {
  if (isHidden(value)) return undefined;
  return readList(value).map((member) => ({
    id: readText(readField(member, "id")),
    email: readText(readField(member, "email")),
  }));
}

function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function readField(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
