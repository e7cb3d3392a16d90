import { unknownValue } from "@pulumi/pulumi/runtime";
import { isUnknown } from "./engine";
import type { UncheckedInputs } from "./inputs";

// A program may write the whole account as `{ account: true }`, and a zone as `{ zone: "<id>" }`. `check` replaces both with
// their scopes. So the state, requests and comparisons contain scopes only.

/** Returns inputs whose policies have a scope in place of each short form. A wrong short form stays, and fails the check. */
export function expandShortScopes(inputs: UncheckedInputs): UncheckedInputs {
  const { accountId, policies } = inputs;
  if (!Array.isArray(policies)) return inputs;
  return { ...inputs, policies: policies.map((policy) => expandPolicy(policy, accountId)) };
}

function expandPolicy(policy: unknown, accountId: unknown): unknown {
  if (!isRecord(policy) || !Array.isArray(policy.resourceGroups)) return policy;
  return { ...policy, resourceGroups: policy.resourceGroups.map((group) => expandResourceGroup(group, accountId)) };
}

function expandResourceGroup(group: unknown, accountId: unknown): unknown {
  if (!isRecord(group)) return group;
  const [form, ...others] = Object.entries(group).filter(([, value]) => value != null);
  if (form === undefined || others.length > 0) return group;
  const [name, value] = form;
  const objectKey = toObjectKey(name, value);
  if (objectKey === undefined) return group;
  if (isUnknown(value) || isUnknown(accountId) || typeof accountId !== "string") return { scope: unknownValue };
  return { scope: { key: `com.cloudflare.api.account.${accountId}`, objects: [{ key: objectKey }] } };
}

function toObjectKey(name: string, value: unknown): string | undefined {
  if (name === "account" && (value === true || isUnknown(value))) return "*";
  if (name === "zone" && typeof value === "string" && (value.length === 32 || isUnknown(value)))
    return `com.cloudflare.api.account.zone.${value}`;
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
