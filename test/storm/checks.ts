import type { AccountView } from "../../simulator/src";
import { DEFAULTS } from "../../simulator/src";
import { urnOf } from "../e2e/ownership/program";
import { type Desired, type DesiredGroup, type DesiredRing, keyOf, resourcesOf } from "./desired";
import type { Expectations } from "./expectations";
import type { StateView } from "./stateView";

/** What a check compares. */
export interface Scene {
  desired: Desired;
  state: StateView;
  account: AccountView;
  expectations: Expectations;
  /** Whether a group belongs to the outsider. */
  isOutside: (id: string) => boolean;
  /** Whether a command has named this id. */
  isNamed: (id: string) => boolean;
}

/** Returns a line for each difference between the program, the state and the account after an `up` that must leave none. */
export function findDifferences(scene: Scene): string[] {
  const { desired } = scene;
  return [
    ...findStateDifferences(scene),
    ...desired.groups.flatMap((group) => findGroupDifferences(scene, group)),
    ...desired.rings.flatMap((ring) => findRingDifferences(scene, ring)),
    ...findOrphans(scene),
  ];
}

/** The state has each resource of the program, and nothing else. */
function findStateDifferences({ desired, state }: Scene): string[] {
  const urns = resourcesOf(desired).map((resource) => urnOf(resource.kind, keyOf(resource)));
  const stored = state.resources.map(({ urn }) => urn);
  const owned = state.resources.map(({ type, id }) => `${type} ${id}`);
  return [
    ...urns.filter((urn) => !stored.includes(urn)).map((urn) => `the state lacks ${urn}`),
    ...stored.filter((urn) => !urns.includes(urn)).map((urn) => `the state still has ${urn}`),
    ...state.resources.filter((resource) => resource.delete).map(({ urn }) => `the state is still to delete ${urn}`),
    ...state.resources.flatMap(({ urn, initErrors = [] }) => initErrors.map((error) => `half-made: ${urn}: ${error}`)),
    ...owned.filter((each, index) => owned.indexOf(each) !== index).map((each) => `two resources have the ${each}`),
  ];
}

function findGroupDifferences({ account, state, expectations }: Scene, desired: DesiredGroup): string[] {
  const id = state.idOf(desired.label) ?? "";
  const group = account.userGroups().find((each) => each.id === id);
  if (!group) return [`the account lacks the user group ${desired.label} (${id})`];
  const permissions = group.policies.flatMap(({ permission_groups }) => permission_groups.map((each) => each.id));
  const memberIds = account.groupMembers(id).map((member) => member.id);
  const stored = state.ownerOf(id)?.outputs ?? {};
  return [
    ...compare(`the name of ${desired.label}`, [desired.name, stored.name], group.name),
    ...compare(
      `the permissions of ${desired.label}`,
      [sort(desired.permissions.map((each) => DEFAULTS.permissionGroups[each]))],
      sort(permissions),
    ),
    ...expectations.findUnmet(desired, id, memberIds),
    ...findStoredSetDifferences(state, desired, memberIds),
  ];
}

/** The state of a set has exactly the people of the group. */
function findStoredSetDifferences(
  state: StateView,
  { label, membership }: DesiredGroup,
  memberIds: string[],
): string[] {
  if (membership.kind !== "set") return [];
  const urn = urnOf("set", keyOf({ label: `${label}-people`, revision: membership.revision }));
  const stored: unknown = state.resources.find((resource) => resource.urn === urn)?.outputs?.members;
  const ids = Array.isArray(stored) ? stored.map((member: { id: string }) => member.id) : [];
  return compare(`the people of ${label} in the state`, [sort(ids)], sort(memberIds));
}

function findRingDifferences({ account, state, expectations }: Scene, desired: DesiredRing): string[] {
  const id = state.idOf(desired.label) ?? "";
  const ring = account.deploymentGroups().find((each) => each.id === id);
  if (!ring) return [`the account lacks the deployment group ${desired.label} (${id})`];
  const stored = state.ownerOf(id)?.outputs ?? {};
  return [
    ...compare(`the id of ${desired.label}`, [expectations.idOf(desired.label) ?? id], id),
    ...compare(`the name of ${desired.label}`, [desired.name, stored.name], ring.name),
    ...compare(`the version of ${desired.label}`, [desired.version], ring.version_config[0]?.version),
    ...compare(`the policies of ${desired.label}`, [sort(desired.policyIds)], sort(ring.policy_ids ?? [])),
  ];
}

/** Every group is in the state, or the outsider's, or was named by a command. */
function findOrphans({ account, state, isOutside, isNamed }: Scene): string[] {
  return [...account.userGroups(), ...account.deploymentGroups()]
    .filter(({ id }) => state.ownerOf(id) === undefined && !isOutside(id) && !isNamed(id))
    .map(({ id, name }) => `the group ${JSON.stringify(name)} (${id}) is unmanaged, and no message named it`);
}

function compare(what: string, expected: readonly unknown[], actual: unknown): string[] {
  return expected
    .filter((each) => JSON.stringify(each) !== JSON.stringify(actual))
    .map((each) => `${what} must be ${JSON.stringify(each)} and is ${JSON.stringify(actual)}`);
}

function sort(list: readonly string[]): string[] {
  return [...list].sort();
}
