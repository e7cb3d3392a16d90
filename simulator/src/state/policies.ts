import { randomUUID } from "node:crypto";
import { ApiError, createFieldError } from "../apiError";
import type { PolicyRequest } from "../seed";
import type { AccountResources } from "./accountResources";
import type { Policy } from "./apiTypes";

/** Rules for policies on which the sources about the API disagree. */
export interface PolicyRules {
  /** Whether a `PUT` rejects the ids of policies (observed) or requires them (documented). */
  policyIds: "observed" | "documented";
  /** Whether policies with `access: "deny"` are accepted. */
  accessDeny: "accepted" | "rejected";
}

export interface PolicyRecord {
  id: string;
  access: "allow" | "deny";
  permissionGroupIds: string[];
  resourceGroupIds: string[];
}

/** Throws if a policy refers to an unknown group, or if the rules reject it. */
export function checkPolicies(policies: PolicyRequest[], resources: AccountResources, rules: PolicyRules): void {
  for (const [index, policy] of policies.entries()) {
    requireKnownIds(policy.permission_groups, resources.permissionGroups, `/policies/${index}/permission_groups`);
    requireKnownIds(policy.resource_groups, resources.resourceGroups, `/policies/${index}/resource_groups`);
  }
  if (rules.accessDeny === "rejected" && policies.some(({ access }) => access === "deny")) {
    throw new ApiError(400, { code: 400, message: "Policy validation failed" });
  }
}

function requireKnownIds(references: { id: string }[], known: ReadonlyMap<string, unknown>, pointer: string): void {
  const unknown = references.findIndex(({ id }) => !known.has(id));
  if (unknown !== -1) {
    throw createFieldError(`${references[unknown]?.id} was not found in this account`, `${pointer}/${unknown}/id`);
  }
}

/** Returns the policies of a group after a request replaces them. */
export function replacePolicies(
  current: PolicyRecord[],
  requested: PolicyRequest[],
  rules: PolicyRules,
): PolicyRecord[] {
  if (rules.policyIds === "observed") rejectIds(requested);
  else requireIds(current, requested);
  const policies = requested.map((policy) => ({
    id: policy.id ?? randomUUID().replaceAll("-", ""),
    access: policy.access,
    permissionGroupIds: getUniqueIds(policy.permission_groups),
    resourceGroupIds: getUniqueIds(policy.resource_groups),
  }));
  const kept = current.flatMap(({ id }) => policies.filter((policy) => policy.id === id));
  return [...kept, ...policies.filter((policy) => !kept.includes(policy))];
}

function rejectIds(requested: PolicyRequest[]): void {
  const index = requested.findIndex(({ id }) => id !== undefined);
  if (index === -1) return;
  const source = { pointer: `/policies/${index}/id` };
  throw new ApiError(400, { code: 400, message: "Cannot re-use policy IDs", source });
}

function requireIds(current: PolicyRecord[], requested: PolicyRequest[]): void {
  const ids = requested.map(({ id }) => id);
  const foreign = ids.findIndex((id) => id !== undefined && !current.some((policy) => policy.id === id));
  if (foreign !== -1) {
    throw createFieldError("Policy id does not belong to this user group", `/policies/${foreign}/id`);
  }
  const repeated = ids.findIndex((id, index) => id !== undefined && ids.indexOf(id) !== index);
  if (repeated !== -1) throw createFieldError("Policy id is given twice", `/policies/${repeated}/id`);
  const given = ids.filter((id) => id !== undefined).length;
  if (given < Math.min(current.length, requested.length)) {
    throw createFieldError(
      "Policy id is required: every existing policy needs its id",
      `/policies/${ids.indexOf(undefined)}/id`,
    );
  }
}

export function renderPolicy(policy: PolicyRecord, resources: AccountResources): Policy {
  return {
    id: policy.id,
    access: policy.access,
    permission_groups: [...resources.permissionGroups.values()]
      .filter(({ id }) => policy.permissionGroupIds.includes(id))
      .reverse()
      .map(({ id, name, label }) => ({
        id,
        name,
        ...(label === undefined ? {} : { meta: { key: "label", value: label } }),
      })),
    resource_groups: [...resources.resourceGroups.values()]
      .filter(({ id }) => policy.resourceGroupIds.includes(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, name, scope }) => ({ id, name, scope: [structuredClone(scope)] })),
  };
}

function getUniqueIds(references: { id: string }[]): string[] {
  return [...new Set(references.map(({ id }) => id))];
}
