import type { ApiPolicy, ApiScope, ApiUserGroup, PolicyBody, UserGroupBody } from "../cloudflare/schemas";
import type {
  PolicyInput,
  ResolvedUserGroupInputs,
  UserGroupInputs,
  UserGroupOutputs,
  UserGroupPolicy,
} from "../resourceTypes";
import type { BodyMapping } from "./groupSpec";
import { addNamesOfProgram, refKey, toPolicyInputs } from "./policyRefs";
import { fromApiResourceGroup, resourceGroupKey, toApiResourceGroup } from "./resourceGroupRefs";
import { sortedKeys } from "./sets";
import { keepOrder } from "./stableOrder";

// How the properties of a UserGroup map to Cloudflare's user groups and back.

/** Each input's part of the request body. */
export const userGroupBody: BodyMapping<ResolvedUserGroupInputs, UserGroupBody> = {
  // The path holds the account.
  accountId: () => ({}),
  name: (name) => ({ name }),
  policies: toPoliciesBody,
};

/** Returns the outputs for a group, with lists in the program's order. */
export function toUserGroupOutputs(
  group: ApiUserGroup,
  accountId: string,
  program: Partial<ResolvedUserGroupInputs> = {},
): UserGroupOutputs {
  return {
    accountId,
    name: group.name,
    policies: toPolicies(group, program.policies),
    createdOn: group.created_on,
    modifiedOn: group.modified_on,
  };
}

/** Returns the policies of a group, in the program's order and form. */
export function toPolicies(group: ApiUserGroup, program: readonly UserGroupPolicy[] = []): UserGroupPolicy[] {
  const programByKey = new Map(program.map((policy) => [policyKey(policy), policy]));
  const policies = (group.policies ?? []).map((apiPolicy) => {
    const policy = fromApiPolicy(apiPolicy);
    const same = (candidate: UserGroupPolicy) => isSamePolicy(apiPolicy, candidate);
    const programPolicy =
      programByKey.get(policyKey(policy)) ?? (isAmbiguous(apiPolicy) ? program.find(same) : undefined);
    return programPolicy ?? addNamesOfProgram(policy, program, apiPolicy);
  });
  return keepPolicyOrder(program, policies);
}

/** Returns the policies of a group that the program does not list. */
export function unlistedPolicies(group: ApiUserGroup, program: readonly UserGroupPolicy[]): ApiPolicy[] {
  return (group.policies ?? []).filter((apiPolicy) => !program.some((policy) => isSamePolicy(apiPolicy, policy)));
}

/** Returns a policy in words: `allow DNS Read (its id) on example.com (…)`. */
export function describePolicy({ access, permission_groups, resource_groups }: ApiPolicy): string {
  const describe = ({ id, name }: { id?: string | null | undefined; name?: string | null | undefined }) =>
    name && id ? `${name} (${id})` : (id ?? "");
  const permissions = (permission_groups ?? []).map(describe);
  const resources = (resource_groups ?? []).map((group) =>
    group.id ? describe(group) : (group.scope ?? []).map(describeScope).join(", "),
  );
  return `${access ?? "allow"} ${permissions.join(", ")} on ${resources.join(", ")}`;
}

function describeScope({ key, objects }: ApiScope): string {
  return `${objects.map((object) => object.key).join(", ")} in ${key}`;
}

/** Returns the request body that replaces all policies of a group. */
export function toPoliciesBody(policies: readonly UserGroupPolicy[]): Pick<UserGroupBody, "policies"> {
  return { policies: policies.map(toApiPolicy) };
}

/** Returns the inputs that describe these outputs, in the program's words. */
export function toUserGroupInputs({ accountId, name, policies }: UserGroupOutputs): UserGroupInputs {
  return { accountId, name, policies: toPolicyInputs(policies) };
}

/** Returns the key by which two policies of the same meaning are equal. A name and an id of the same object differ. */
export function policyKey({ access, permissionGroups, resourceGroups }: PolicyInput): string {
  return JSON.stringify([access, sortedKeys(refKey)(permissionGroups), sortedKeys(resourceGroupKey)(resourceGroups)]);
}

/** Returns policies in the order of others. A changed policy takes the position of the one that it resembles most. */
export function keepPolicyOrder(
  stored: readonly UserGroupPolicy[],
  desired: readonly UserGroupPolicy[],
): UserGroupPolicy[];
export function keepPolicyOrder(stored: readonly PolicyInput[], desired: readonly PolicyInput[]): PolicyInput[];
export function keepPolicyOrder(stored: readonly PolicyInput[], desired: readonly PolicyInput[]): PolicyInput[] {
  return keepOrder(stored, desired, {
    keyOf: policyKey,
    keep: (policy) => policy,
    similarity: (removed, added) =>
      countShared(removed.permissionGroups, added.permissionGroups, refKey) +
      countShared(removed.resourceGroups, added.resourceGroups, resourceGroupKey),
    follow: (removed, added) => ({
      ...added,
      permissionGroups: keepOrder(removed.permissionGroups, added.permissionGroups, {
        keyOf: refKey,
        keep: (group) => group,
      }),
      resourceGroups: keepOrder(removed.resourceGroups, added.resourceGroups, {
        keyOf: resourceGroupKey,
        keep: (group) => group,
      }),
    }),
  });
}

function countShared<T>(left: readonly T[], right: readonly T[], keyOf: (element: T) => string): number {
  const keys = new Set(left.map(keyOf));
  return right.filter((element) => keys.has(keyOf(element))).length;
}

/** Whether one of Cloudflare's policies is the same as one of the program's. */
function isSamePolicy(apiPolicy: ApiPolicy, policy: UserGroupPolicy): boolean {
  return policyKey(fromApiPolicy(apiPolicy, policy)) === policyKey(policy);
}

/** Whether the form of a policy depends on the program. */
function isAmbiguous({ access, resource_groups }: ApiPolicy): boolean {
  return access == null || (resource_groups ?? []).some(({ id, scope }) => id && scope?.length);
}

/**
 * Adds the ids that the group's policies have now.
 *
 * An unchanged policy keeps its id. A changed policy takes one that remains.
 */
export function addPolicyIds(policies: readonly PolicyBody[], current: readonly ApiPolicy[]): PolicyBody[] {
  const remaining = [...current];
  const takeId = (index: number) => (index < 0 ? undefined : remaining.splice(index, 1)[0]?.id);
  const keptIds = policies.map((body) => {
    const policy = fromPolicyBody(body);
    return takeId(remaining.findIndex((candidate) => isSamePolicy(candidate, policy)));
  });
  return policies.map((policy, index) => {
    const id = keptIds[index] ?? takeId(remaining.length - 1);
    return id == null ? policy : { id, ...policy };
  });
}

function toApiPolicy({ access, permissionGroups, resourceGroups }: UserGroupPolicy): PolicyBody {
  return {
    access,
    permission_groups: permissionGroups.map(({ id }) => ({ id })),
    resource_groups: resourceGroups.map(toApiResourceGroup),
  };
}

function fromPolicyBody({ access, permission_groups, resource_groups }: PolicyBody): UserGroupPolicy {
  return { access, permissionGroups: permission_groups, resourceGroups: resource_groups };
}

/** @param program The program's policy that may be the same. It decides when Cloudflare's response is ambiguous. */
function fromApiPolicy(
  { access, permission_groups, resource_groups }: ApiPolicy,
  program?: UserGroupPolicy,
): UserGroupPolicy {
  return {
    // The reference calls `access` optional in responses. Only `"allow"` is assumed, never `"deny"`.
    access: access ?? program?.access ?? "allow",
    permissionGroups: (permission_groups ?? []).map(({ id }) => ({ id })),
    resourceGroups: (resource_groups ?? []).flatMap((group) => fromApiResourceGroup(group, program?.resourceGroups)),
  };
}
