import { ApiError, createFieldError } from "../apiError";
import { createId32 } from "../ids";
import type { InlineResourceGroup, PolicyRequest, ResourceGroupReference } from "../seed";
import type { ApiVariants } from "../variants";
import type { AccountResources } from "./accountResources";
import type { Policy } from "./apiTypes";

/** The variants that decide which policies the API accepts. */
export type PolicyRules = Pick<ApiVariants, "policyIds" | "accessDeny" | "inlineScopes">;

export interface PolicyRecord {
  id: string;
  access: "allow" | "deny";
  permissionGroupIds: string[];
  /** Includes the ids of anonymous resource groups. */
  resourceGroupIds: string[];
}

/** Throws if a policy refers to an unknown group, or if the rules reject it. */
export function checkPolicies(
  policies: PolicyRequest[],
  current: PolicyRecord[],
  resources: AccountResources,
  rules: PolicyRules,
): void {
  const ownGroupIds = new Set(current.flatMap(({ resourceGroupIds }) => resourceGroupIds));
  for (const [index, policy] of policies.entries()) {
    const permissionGroupsPointer = `/policies/${index}/permission_groups`;
    for (const [position, { id }] of policy.permission_groups.entries()) {
      if (!resources.permissionGroups.has(id)) throw createUnknownIdError(id, `${permissionGroupsPointer}/${position}`);
    }
    for (const [position, group] of policy.resource_groups.entries()) {
      const pointer = `/policies/${index}/resource_groups/${position}`;
      if (isInline(group)) {
        if (rules.inlineScopes === "rejected") throw createFieldError(`${pointer}/id is required`, `${pointer}/id`);
        if (group.id !== undefined && resources.hasResourceGroup(group.id)) {
          throw createFieldError(`Resource group ${group.id} already exists`, `${pointer}/id`);
        }
      } else if (!resources.resourceGroups.has(group.id) && !ownGroupIds.has(group.id)) {
        throw createUnknownIdError(group.id, pointer);
      }
    }
  }
  if (rules.accessDeny === "rejected" && policies.some(({ access }) => access === "deny")) {
    throw new ApiError(400, { code: 400, message: "Policy validation failed" });
  }
}

function createUnknownIdError(id: string, pointer: string): ApiError {
  return createFieldError(`${id} was not found in this account`, `${pointer}/id`);
}

/** Creates policies. Inline scopes create anonymous resource groups. */
export function createPolicies(requested: PolicyRequest[], resources: AccountResources): PolicyRecord[] {
  return requested.map((policy) => ({
    id: policy.id ?? createId32(),
    access: policy.access,
    permissionGroupIds: [...new Set(policy.permission_groups.map(({ id }) => id))],
    resourceGroupIds: [
      ...new Set(
        policy.resource_groups.map((group) =>
          isInline(group) ? resources.addAnonymousResourceGroup(group) : group.id,
        ),
      ),
    ],
  }));
}

/** Returns the policies of a group after a request replaces them. */
export function replacePolicies(
  current: PolicyRecord[],
  requested: PolicyRequest[],
  resources: AccountResources,
  rules: PolicyRules,
): PolicyRecord[] {
  if (rules.policyIds === "observed") rejectIds(requested);
  else requireIds(current, requested);
  const policies = createPolicies(requested, resources);
  releasePolicies(current, policies, resources);
  const kept = current.flatMap(({ id }) => policies.filter((policy) => policy.id === id));
  return [...kept, ...policies.filter((policy) => !kept.includes(policy))];
}

/** Deletes the anonymous resource groups that `current` uses and `next` does not. */
export function releasePolicies(current: PolicyRecord[], next: PolicyRecord[], resources: AccountResources): void {
  const used = new Set(next.flatMap(({ resourceGroupIds }) => resourceGroupIds));
  for (const { resourceGroupIds } of current) {
    for (const id of resourceGroupIds) if (!used.has(id)) resources.anonymousResourceGroups.delete(id);
  }
}

function isInline(group: ResourceGroupReference | InlineResourceGroup): group is InlineResourceGroup {
  return "scope" in group;
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
    resource_groups: [...resources.resourceGroups.values(), ...resources.anonymousResourceGroups.values()]
      .filter(({ id }) => policy.resourceGroupIds.includes(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, name, scope }) => ({
        id,
        ...(name === undefined ? {} : { name }),
        scope: [structuredClone(scope)],
      })),
  };
}
