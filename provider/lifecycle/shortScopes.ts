import { isKnownText, isUnknown, unknownValue } from "./engine";
import type { UncheckedInputs } from "./inputs";
import { replaceInList } from "./uncheckedLists";

// A program may write the whole account as `{ account: true }`, and a zone as `{ zone: "<id>" }`. `check` replaces both with
// their scopes. So the state, requests and comparisons contain scopes only.

/** Returns inputs whose policies have a scope in place of each short form. A wrong short form stays, and fails the check. */
export function expandShortScopes(inputs: UncheckedInputs): UncheckedInputs {
  const { accountId } = inputs;
  return replaceInList(inputs, "policies", (policy) =>
    replaceInList(policy, "resourceGroups", (group) => expandResourceGroup(group, accountId)),
  );
}

function expandResourceGroup(group: Readonly<Record<string, unknown>>, accountId: unknown): unknown {
  const [form, ...others] = Object.entries(group).filter(([, value]) => value != null);
  if (form === undefined || others.length > 0) return group;
  const [name, value] = form;
  const objectKey = toObjectKey(name, value);
  if (objectKey === undefined) return group;
  if (isUnknown(value) || !isKnownText(accountId)) return { scope: unknownValue };
  return { scope: { key: `com.cloudflare.api.account.${accountId}`, objects: [{ key: objectKey }] } };
}

function toObjectKey(name: string, value: unknown): string | undefined {
  if (name === "account" && (value === true || isUnknown(value))) return "*";
  if (name === "zone" && typeof value === "string" && (value.length === 32 || isUnknown(value)))
    return `com.cloudflare.api.account.zone.${value}`;
  return undefined;
}
