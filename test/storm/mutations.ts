import {
  type Desired,
  type DesiredGroup,
  type DesiredRing,
  type Membership,
  type PermissionName,
  type ProviderName,
  people,
} from "./desired";
import type { Dice } from "./dice";
import type { OutsideGroup } from "./outsider";

// Each mutation changes the desired program and says what it did, or returns undefined when it does not fit.

/** What the plan knows while it evolves the program. */
export interface Draft {
  desired: Desired;
  /** The outsider's groups at this time. */
  outside: OutsideGroup[];
  /** The providers that the resources of this storm use. */
  providers: ProviderName[];
  /** The number of the next label or name. */
  next: number;
  /** The labels of the groups that may get another id in this step. */
  replaceable: Set<string>;
  /** Whether the step moves people between two providers, which do not know of each other. */
  crossesProviders: boolean;
}

type Mutation = (draft: Draft, dice: Dice) => string | undefined;

const kindNames = { set: "a set of", singles: "single members", none: "no people" } as const;

export const permissionNames: readonly PermissionName[] = ["zoneRead", "dnsRead", "dnsWrite"];

const addGroup: Mutation = (draft, dice) => {
  const group = newGroup(draft, dice, { name: freshName(draft, "Team"), permissions: drawPermissions(dice) });
  insert(dice, draft.desired.groups, group);
  return `add the group ${group.label} with ${describe(group.membership)}`;
};

const removeGroup: Mutation = ({ desired }, dice) => {
  const group = pickGroup(desired, dice);
  if (!group || desired.groups.length < 3) return undefined;
  desired.groups = desired.groups.filter((each) => each !== group);
  return `remove the group ${group.label}`;
};

const takeOverGroup: Mutation = (draft, dice) => {
  const [outside] = dice.for("outside").some(1, draft.outside);
  if (!outside) return undefined;
  draft.outside = draft.outside.filter((each) => each !== outside);
  const { name, permissions } = outside;
  const isGiven = dice.for("is given").happens(0.6);
  const group: DesiredGroup = {
    ...newGroup(draft, dice, { name, permissions: [...permissions] }),
    takesOver: { name, isGiven },
  };
  if (dice.for("same people").happens(0.5)) group.membership.people = [...outside.people];
  insert(dice, draft.desired.groups, group);
  return `take over ${name} as ${group.label} with${isGiven ? "" : "out"} import, ${describe(group.membership)}`;
};

const changeName: Mutation = (draft, dice) => {
  const group = pickGroup(draft.desired, dice);
  if (!group || group.takesOver) return undefined;
  group.name = freshName(draft, "Team");
  return `name ${group.label} ${group.name}`;
};

const changePermissions: Mutation = ({ desired }, dice) => {
  const group = pickGroup(desired, dice);
  if (!group || group.takesOver) return undefined;
  group.permissions = drawPermissions(dice);
  return `give ${group.label} the permissions ${group.permissions.join(", ") || "none"}`;
};

const renameGroupResource: Mutation = ({ desired }, dice) => {
  const group = pickGroup(desired, dice);
  return group && rename(group, group.label, dice);
};

const renameMembershipResources: Mutation = (draft, dice) => {
  const group = pickGroup(draft.desired, dice);
  if (!group || group.membership.kind === "none") return undefined;
  return rename(group.membership, `the people of ${group.label}`, dice);
};

const changePeople: Mutation = ({ desired }, dice) => {
  const group = pickGroup(desired, dice);
  if (!group || group.membership.kind === "none") return undefined;
  group.membership.people = drawPeople(dice);
  return `list ${describe(group.membership)} in ${group.label}`;
};

const convertMembership: Mutation = (draft, dice) => {
  const group = pickGroup(draft.desired, dice);
  if (!group) return undefined;
  const { membership } = group;
  const from = membership.kind;
  const others = (["set", "set", "singles", "singles", "none"] as const).filter((kind) => kind !== from);
  membership.kind = dice.for("kind").one(others);
  if (dice.for("changes too").happens(0.5)) membership.people = drawPeople(dice.for("changed"));
  membership.isByEmail = dice.for("by email").happens(0.3);
  const provider = dice.for("another provider").happens(0.15)
    ? dice.for("provider").one(draft.providers)
    : membership.provider;
  if (provider !== membership.provider) draft.crossesProviders = true;
  membership.provider = provider;
  return `convert the people of ${group.label} to ${describe(membership)}`;
};

const changeProvider: Mutation = (draft, dice) => {
  const group = pickGroup(draft.desired, dice);
  if (!group || group.takesOver || draft.providers.length < 2) return undefined;
  const provider = draft.providers.find((each) => each !== group.membership.provider) ?? "default";
  group.membership.provider = provider;
  draft.crossesProviders = true;
  if (dice.for("only the people").happens(0.5)) return `move the people of ${group.label} to the provider ${provider}`;
  group.provider = provider;
  draft.replaceable.add(group.label);
  return `move ${group.label} and its people to the provider ${provider}`;
};

const addRing: Mutation = (draft, dice) => {
  const label = freshLabel(draft, "ring");
  const ring: DesiredRing = {
    label,
    revision: 0,
    hasAliases: false,
    name: freshName(draft, "Ring"),
    version: `1.${draft.next}`,
    policyIds: Array.from({ length: dice.for("policies").between(0, 2) }, (_, index) => `${label}-policy-${index}`),
  };
  insert(dice, draft.desired.rings, ring);
  return `add ${label} with ${ring.policyIds.length} policies`;
};

const removeRing: Mutation = ({ desired }, dice) => {
  const ring = pickRing(desired, dice);
  if (!ring || desired.rings.length < 2) return undefined;
  desired.rings = desired.rings.filter((each) => each !== ring);
  return `remove ${ring.label}`;
};

const renameRingResource: Mutation = ({ desired, replaceable }, dice) => {
  const ring = pickRing(desired, dice);
  if (!ring) return undefined;
  // Names of deployment groups are not unique. So without aliases an old ring is created again.
  replaceable.add(ring.label);
  return rename(ring, ring.label, dice);
};

const changeVersion: Mutation = (draft, dice) => {
  const ring = pickRing(draft.desired, dice);
  if (!ring) return undefined;
  draft.next += 1;
  if (dice.for("name too").happens(0.3)) ring.name = freshName(draft, "Ring");
  ring.version = `1.${draft.next}`;
  return `give ${ring.label} the version ${ring.version} and the name ${ring.name}`;
};

const movePolicies: Mutation = ({ desired }, dice) => {
  const [from, to] = dice.for("between").some(2, desired.rings);
  const [given] = from?.policyIds ?? [];
  if (!from || !to || given === undefined) return undefined;
  const taken = dice.for("swap").happens(0.5) ? to.policyIds.slice(0, 1) : [];
  from.policyIds = [...from.policyIds.filter((id) => id !== given), ...taken];
  to.policyIds = [...to.policyIds.filter((id) => !taken.includes(id)), given];
  return `move ${given} from ${from.label} to ${to.label}${taken.length > 0 ? ` and ${taken} back` : ""}`;
};

/** Every mutation. One that is listed twice is twice as likely. */
export const mutations: readonly Mutation[] = [
  addGroup,
  addGroup,
  removeGroup,
  takeOverGroup,
  changeName,
  changePermissions,
  renameGroupResource,
  renameGroupResource,
  renameMembershipResources,
  renameMembershipResources,
  changePeople,
  changePeople,
  convertMembership,
  convertMembership,
  convertMembership,
  changeProvider,
  addRing,
  removeRing,
  renameRingResource,
  changeVersion,
  movePolicies,
  movePolicies,
];

/** Mutates the draft once, and returns what it did. */
export function mutate(draft: Draft, dice: Dice): string {
  for (const [attempt, mutation] of dice.some(mutations.length, mutations).entries()) {
    const done = mutation(draft, dice.for("mutation", attempt));
    if (done !== undefined) return done;
  }
  return "nothing";
}

/** Fills an empty program with groups of both kinds. */
export function fill(draft: Draft, dice: Dice, size: number): string[] {
  const ringCount = Math.max(2, Math.round(size / 5));
  const groupCount = Math.max(2, Math.round((size - ringCount) / 2.2));
  return [
    ...Array.from({ length: groupCount }, (_, index) => addGroup(draft, dice.for("group", index)) ?? ""),
    ...Array.from({ length: ringCount }, (_, index) => addRing(draft, dice.for("ring", index)) ?? ""),
  ];
}

/** Returns some people, at times nobody. */
export function drawPeople(dice: Dice): string[] {
  return dice.for("people").some(dice.for("number of people").between(0, 4), people);
}

export function drawPermissions(dice: Dice): PermissionName[] {
  return dice.for("permissions").some(dice.for("number of permissions").between(0, 2), permissionNames);
}

function newGroup(draft: Draft, dice: Dice, content: Pick<DesiredGroup, "name" | "permissions">): DesiredGroup {
  const provider = dice.for("group's provider").one(draft.providers);
  const membership: Membership = {
    kind: dice.for("kind").one(["set", "set", "singles", "singles", "none"]),
    people: drawPeople(dice),
    isByEmail: dice.for("by email").happens(0.3),
    provider: dice.for("another provider").happens(0.2) ? dice.for("people's provider").one(draft.providers) : provider,
    revision: 0,
    hasAliases: false,
  };
  return { label: freshLabel(draft, "group"), revision: 0, hasAliases: false, ...content, provider, membership };
}

function rename(resource: { revision: number; hasAliases: boolean }, what: string, dice: Dice): string {
  resource.revision += 1;
  resource.hasAliases = dice.for("aliases").happens(0.5);
  return `rename the resource of ${what} with${resource.hasAliases ? "" : "out"} aliases`;
}

/** The order in the program is the order in which the engine starts, so a new resource gets any place. */
function insert<T>(dice: Dice, list: T[], element: T): void {
  list.splice(dice.for("place").between(0, list.length), 0, element);
}

function pickGroup({ groups }: Desired, dice: Dice): DesiredGroup | undefined {
  return dice.for("which group").some(1, groups)[0];
}

function pickRing({ rings }: Desired, dice: Dice): DesiredRing | undefined {
  return dice.for("which ring").some(1, rings)[0];
}

function describe({ kind, people: listed, isByEmail, provider }: Membership): string {
  if (kind === "none") return kindNames.none;
  return `${kindNames[kind]} ${listed.join(", ") || "nobody"}${isByEmail ? " by email" : ""} (provider ${provider})`;
}

function freshLabel(draft: Draft, kind: string): string {
  draft.next += 1;
  return `${kind}-${draft.next}`;
}

export function freshName(draft: Draft, kind: string): string {
  draft.next += 1;
  return `${kind} ${draft.next}`;
}
