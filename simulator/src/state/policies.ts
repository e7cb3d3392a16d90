import { randomUUID } from "node:crypto";
import { ApiError, invalid } from "../envelope";
import type { PolicyBody } from "../seed";
import type { Directory } from "./directory";
import type { Policy } from "./records";

/** In which of the ways that are known of it the API treats policies. */
export interface PolicyRules {
  /** Whether a `PUT` refuses the ids of policies, or asks for them. */
  policyIds: "observed" | "documented";
  /** Whether a policy with `access: "deny"` is taken. */
  accessDeny: "accepted" | "refused";
}

export interface PolicyRecord {
  id: string;
  access: "allow" | "deny";
  permissionGroups: string[];
  resourceGroups: string[];
}

/** Refuses policies that point at nothing, or that the rules do not take. */
export function checkPolicies(policies: PolicyBody[], directory: Directory, rules: PolicyRules): void {
  for (const [at, policy] of policies.entries()) {
    refuseUnknown(policy.permission_groups, directory.permissionGroups, `/policies/${at}/permission_groups`);
    refuseUnknown(policy.resource_groups, directory.resourceGroups, `/policies/${at}/resource_groups`);
  }
  if (rules.accessDeny === "refused" && policies.some(({ access }) => access === "deny")) {
    throw new ApiError(400, { code: 400, message: "Policy validation failed" });
  }
}

function refuseUnknown(references: { id: string }[], known: ReadonlyMap<string, unknown>, pointer: string): void {
  const at = references.findIndex(({ id }) => !known.has(id));
  if (at !== -1) throw invalid(`${references[at]?.id} was not found in this account`, `${pointer}/${at}/id`);
}

/** What a group's policies become when a request replaces them. */
export function nextPolicies(present: PolicyRecord[], wanted: PolicyBody[], rules: PolicyRules): PolicyRecord[] {
  if (rules.policyIds === "observed") refuseIds(wanted);
  else requireIds(present, wanted);
  const next = wanted.map((policy) => ({
    id: policy.id ?? randomUUID().replaceAll("-", ""),
    access: policy.access,
    permissionGroups: idsOnce(policy.permission_groups),
    resourceGroups: idsOnce(policy.resource_groups),
  }));
  const kept = present.flatMap(({ id }) => next.filter((policy) => policy.id === id));
  return [...kept, ...next.filter((policy) => !kept.includes(policy))];
}

function refuseIds(wanted: PolicyBody[]): void {
  const at = wanted.findIndex(({ id }) => id !== undefined);
  if (at === -1) return;
  const source = { pointer: `/policies/${at}/id` };
  throw new ApiError(400, { code: 400, message: "Cannot re-use policy IDs", source });
}

function requireIds(present: PolicyRecord[], wanted: PolicyBody[]): void {
  const ids = wanted.map(({ id }) => id);
  const stray = ids.findIndex((id) => id !== undefined && !present.some((policy) => policy.id === id));
  if (stray !== -1) throw invalid("Policy id is not one of this user group's", `/policies/${stray}/id`);
  const repeated = ids.findIndex((id, at) => id !== undefined && ids.indexOf(id) !== at);
  if (repeated !== -1) throw invalid("Policy id is given twice", `/policies/${repeated}/id`);
  const given = ids.filter((id) => id !== undefined).length;
  if (given < Math.min(present.length, wanted.length)) {
    throw invalid(
      "Policy id is required: every existing policy needs its id",
      `/policies/${ids.indexOf(undefined)}/id`,
    );
  }
}

export function renderPolicy(policy: PolicyRecord, directory: Directory): Policy {
  return {
    id: policy.id,
    access: policy.access,
    permission_groups: [...directory.permissionGroups.values()]
      .filter(({ id }) => policy.permissionGroups.includes(id))
      .reverse()
      .map(({ id, name, label }) => ({
        id,
        name,
        ...(label === undefined ? {} : { meta: { key: "label", value: label } }),
      })),
    resource_groups: [...directory.resourceGroups.values()]
      .filter(({ id }) => policy.resourceGroups.includes(id))
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ id, name, scope }) => ({ id, name, scope: [structuredClone(scope)] })),
  };
}

function idsOnce(references: { id: string }[]): string[] {
  return [...new Set(references.map(({ id }) => id))];
}
