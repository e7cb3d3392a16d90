import fc from "fast-check";
import type { AccountAccess, Group, Policy } from "../../../provider/access/account";
import { type PreviewStep, toPreviewSteps } from "../../../provider/access/diff/preview";
import { accountId, policy, randomAccount } from "./randomAccounts";

// Small random programs, and what a preview and an update of them do.

export const unknownId = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const groupType = "pulumi-nodejs:dynamic/cloudflare:UserGroup";
const policiesType = `${groupType}Policies`;

/** Returns the URN of a resource. */
export const urnOf = (type: string, name: string) => `urn:pulumi:dev::project::${type}::${name}`;

/** Returns a policy as the inputs of a resource. */
export const toInputs = ({ access, permissionIds = [], resources = [] }: Policy) => ({
  access,
  permissionGroups: permissionIds.map((id) => ({ id })),
  resourceGroups: resources.map(({ id, scopes }) => (id === undefined ? { scope: scopes?.[0] } : { id })),
});

/** A policy of a preview has one scope in each resource group. */
const splitScopes = (account: AccountAccess): AccountAccess => ({
  ...account,
  groups: account.groups.map((group) => ({
    ...group,
    policies: group.policies.map((each) => ({
      ...each,
      resources: each.resources?.map(({ id, scopes }) => (id === undefined ? { scopes } : { id })),
    })),
  })),
});

/** Generates an account whose policies a program can have. */
export const accountOfPrograms: fc.Arbitrary<AccountAccess> = randomAccount.map(splitScopes);

/** A program, and how its stack manages the policies of the existing group g2 before. */
export interface Program {
  /** The groups by their names: policies, and members if the program has a set of them. */
  groups: Record<string, { policies: Policy[]; members: string[] | undefined }>;
  /** The `UserGroupPolicies` by their names. Each has a group that no other resource of the program has. */
  policySets: Record<string, { groupId: string; policies: Policy[] }>;
  /** Whether the stack has a `UserGroupPolicies` named p0 for g2, also one with `retainOnDelete`. */
  stored: "none" | "managed" | "retained";
  /** Whether a `UserGroup` of the program imports g2. */
  importsGroup: boolean;
}

const policies = fc.array(policy, { maxLength: 2 });

/** Generates a program. */
export const program: fc.Arbitrary<Program> = fc
  .record({
    groups: fc.dictionary(
      fc.constantFrom("g0", "g1", "new-0", "new-1"),
      fc.record({
        policies,
        members: fc.option(fc.subarray(["m0", "m1", "m2", "m3"]), { nil: undefined }),
      }),
    ),
    policySets: fc.dictionary(
      fc.constantFrom("p0", "p1"),
      fc.record({ groupId: fc.constantFrom("g0", "g1", "g2"), policies }),
    ),
    stored: fc.constantFrom("none" as const, "managed" as const, "retained" as const),
    importsGroup: fc.boolean(),
  })
  .map(({ groups, policySets, stored, importsGroup }) => {
    const taken = new Set([...Object.keys(groups), ...(importsGroup ? ["g2"] : [])]);
    const allowed = Object.entries(policySets).filter(
      ([, { groupId }]) => !taken.has(groupId) && taken.add(groupId) !== undefined,
    );
    return { groups, policySets: Object.fromEntries(allowed), stored, importsGroup };
  });

/** Returns the steps that the engine shows when a program replaces what a stack has: the groups g0 and g1 with members. */
export function stepsOf(account: AccountAccess, next: Program): PreviewStep[] {
  const steps = [...stepsOfGroups(account, next), ...stepsOfNewGroups(next), ...stepsOfPolicies(account, next)];
  return steps.flatMap((step) => toPreviewSteps(step as Parameters<typeof toPreviewSteps>[0]));
}

function stepsOfGroups(account: AccountAccess, next: Program): object[] {
  const steps: object[] = [];
  for (const { id, policies, memberIds } of account.groups.filter((group) => group.id !== "g2")) {
    const desired = next.groups[id];
    const state = { type: groupType, id, outputs: { accountId, name: id, policies: policies.map(toInputs) } };
    const urn = urnOf(groupType, id);
    if (!desired) steps.push({ op: "delete", urn, oldState: state });
    else if (JSON.stringify(desired.policies) !== JSON.stringify(policies)) {
      const inputs = { accountId, name: id, policies: desired.policies.map(toInputs) };
      steps.push({ op: "update", urn, oldState: state, newState: { ...state, inputs }, diffReasons: ["policies"] });
    }
    const setType = `${groupType}Members`;
    const set = {
      type: setType,
      id,
      outputs: { accountId, userGroupId: id, members: memberIds.map((id) => ({ id })) },
    };
    const setUrn = urnOf(setType, id);
    if (!desired?.members) steps.push({ op: "delete", urn: setUrn, oldState: set });
    else {
      const inputs = { accountId, userGroupId: id, members: toRefs(desired.members) };
      steps.push({ op: "update", urn: setUrn, oldState: set, newState: { ...set, inputs } });
    }
  }
  return steps;
}

function stepsOfNewGroups({ groups }: Program): object[] {
  const steps: object[] = [];
  for (const [name, { policies, members }] of Object.entries(groups)) {
    if (!name.startsWith("new-")) continue;
    const urn = urnOf(groupType, name);
    const inputs = { accountId, name, policies: policies.map(toInputs) };
    steps.push({ op: "create", urn, newState: { type: groupType, inputs } });
    const dependency = { userGroupId: [urn] };
    for (const member of members ?? []) {
      const memberInputs = { accountId, userGroupId: unknownId, email: `${member.toUpperCase()}@example.com` };
      const state = { type: `${groupType}Member`, inputs: memberInputs, propertyDependencies: dependency };
      steps.push({ op: "create", urn: urnOf(state.type, `${name}-${member}`), newState: state });
    }
  }
  return steps;
}

function stepsOfPolicies(account: AccountAccess, { policySets, stored, importsGroup }: Program): object[] {
  const steps: object[] = [];
  const current = account.groups.find(({ id }) => id === "g2")?.policies.map(toInputs);
  const outputs = { accountId, userGroupId: "g2", policies: current };
  const oldState = { type: policiesType, id: "g2", outputs, retainOnDelete: stored === "retained" };
  const isStored = stored !== "none";
  for (const [name, { groupId, policies }] of Object.entries(policySets)) {
    const urn = urnOf(policiesType, name);
    const inputs = { accountId, userGroupId: groupId, policies: policies.map(toNamedInputs) };
    const newState = { type: policiesType, inputs };
    if (!isStored || name !== "p0") steps.push({ op: "create", urn, newState });
    else if (groupId === "g2") steps.push({ op: "update", urn, oldState, newState: { ...newState, id: "g2" } });
    else steps.push({ op: "replace", urn, oldState, newState });
  }
  if (importsGroup) {
    const inputs = { accountId, name: "g2", policies: current, importId: "g2" };
    steps.push({ op: "create", urn: urnOf(groupType, "g2"), newState: { type: groupType, inputs } });
  }
  if (isStored && !policySets.p0) steps.push({ op: "delete", urn: urnOf(policiesType, "p0"), oldState });
  return steps;
}

/** A set names people by id or by email. */
const toRefs = (members: string[]) => members.map((id, index) => (index % 2 ? { id } : { email: `${id}@example.com` }));

const names: Readonly<Record<string, string>> = { read: "DNS Read", "a-and-b": "Both", a: "a.example" };

/** Some permission groups and resource groups have a name instead of an id. */
function toNamedInputs(policy: Policy) {
  const toNamed = <Ref extends { id?: string }>(ref: Ref) => {
    const name = names[ref.id ?? ""];
    return name === undefined ? ref : { name };
  };
  const { access, permissionGroups, resourceGroups } = toInputs(policy);
  return {
    access,
    permissionGroups: permissionGroups.map(toNamed),
    resourceGroups: resourceGroups.map((ref) => ("id" in ref ? toNamed(ref) : ref)),
  };
}

/** Returns the account after the update, made from the program and not from the steps. */
export function accountAfter(account: AccountAccess, next: Program): AccountAccess {
  const setOf = (groupId: string) => Object.values(next.policySets).find((set) => set.groupId === groupId);
  const groups = Object.entries(next.groups).map(
    ([id, { policies, members }]): Group => ({ id, name: id, policies, memberIds: members ?? [] }),
  );
  for (const group of account.groups) {
    const set = setOf(group.id);
    if (group.id === "g2") {
      const isCleared = next.stored === "managed" && !next.importsGroup;
      groups.push({ ...group, policies: set?.policies ?? (isCleared ? [] : group.policies) });
    } else if (set) groups.push({ ...group, policies: set.policies, memberIds: [] });
  }
  return { ...account, groups };
}
