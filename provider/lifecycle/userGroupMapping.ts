import type { ApiPolicy, ApiUserGroup, UserGroupBody } from "../cloudflare/schemas";
import type { UserGroupInputs, UserGroupOutputs, UserGroupPolicy } from "../resourceTypes";
import type { BodyMapping } from "./groupLifecycle";
import { sortedKeys, sortLike } from "./sets";

// How the properties of a UserGroup map to Cloudflare's user groups and back.

/** Each input's part of the request body. */
export const userGroupBody: BodyMapping<UserGroupInputs, UserGroupBody> = {
  // The path holds the account.
  accountId: () => ({}),
  name: (name) => ({ name }),
  policies: (policies) => ({ policies: policies.map(toApiPolicy) }),
};

/** Returns the outputs for a group, with lists in the program's order. */
export function toUserGroupOutputs(
  group: ApiUserGroup,
  accountId: string,
  program: Partial<UserGroupInputs> = {},
): UserGroupOutputs {
  const desired = program.policies ?? [];
  const desiredByKey = new Map(desired.map((policy) => [policyKey(policy), policy]));
  const policies = (group.policies ?? []).map((apiPolicy) => {
    const policy = fromApiPolicy(apiPolicy);
    return desiredByKey.get(policyKey(policy)) ?? policy;
  });
  return {
    accountId,
    name: group.name,
    policies: sortLike(desired, policies, policyKey),
    createdOn: group.created_on,
    modifiedOn: group.modified_on,
  };
}

/** Returns the inputs that describe these outputs. */
export function toUserGroupInputs({ accountId, name, policies }: UserGroupOutputs): UserGroupInputs {
  return { accountId, name, policies };
}

/** Returns the key by which two policies of the same meaning are equal. */
export function policyKey({ access, permissionGroups, resourceGroups }: UserGroupPolicy): string {
  const ids = sortedKeys<{ id: string }>(({ id }) => id);
  return JSON.stringify([access, ids(permissionGroups), ids(resourceGroups)]);
}

/**
 * Adds the ids that the group's policies have now.
 *
 * An unchanged policy keeps its id. A changed policy takes one that remains.
 */
export function addPolicyIds(policies: readonly ApiPolicy[], current: readonly ApiPolicy[]): ApiPolicy[] {
  const remaining = [...current];
  const takeId = (index: number) => (index < 0 ? undefined : remaining.splice(index, 1)[0]?.id);
  const keyOf = (policy: ApiPolicy) => policyKey(fromApiPolicy(policy));
  const keptIds = policies.map((policy) =>
    takeId(remaining.findIndex((candidate) => keyOf(candidate) === keyOf(policy))),
  );
  return policies.map((policy, index) => {
    const id = keptIds[index] ?? takeId(remaining.length - 1);
    return id == null ? policy : { id, ...policy };
  });
}

function toApiPolicy({ access, permissionGroups, resourceGroups }: UserGroupPolicy): ApiPolicy {
  return {
    access,
    permission_groups: permissionGroups.map(({ id }) => ({ id })),
    resource_groups: resourceGroups.map(({ id }) => ({ id })),
  };
}

function fromApiPolicy({ access, permission_groups, resource_groups }: ApiPolicy): UserGroupPolicy {
  return {
    access,
    permissionGroups: (permission_groups ?? []).map(({ id }) => ({ id })),
    resourceGroups: (resource_groups ?? []).map(({ id }) => ({ id })),
  };
}
