import { DEFAULTS } from "../../simulator/src";
import type { ProviderSettings, Resources } from "../e2e/ownership/program";

// The desired program of a storm, and how it becomes a Pulumi program. A label names a thing for the whole storm. A resource's
// name in the Pulumi program is the label with a revision, because mutations rename resources.

/** A resource's name in the Pulumi program. */
export interface Naming {
  label: string;
  /** How often a mutation has renamed the resource. */
  revision: number;
  /** Whether the program lists the earlier names in `aliases`. */
  hasAliases: boolean;
}

/** The provider of a resource: the default one, or an explicit one. */
export type ProviderName = "default" | "first" | "second";

export type PermissionName = keyof typeof DEFAULTS.permissionGroups;

/** A user group and its members. */
export interface DesiredGroup extends Naming {
  name: string;
  permissions: PermissionName[];
  provider: ProviderName;
  membership: Membership;
  /** The outsider's group that this resource takes over. `isGiven`: the program has the option `import` from the start. */
  takesOver?: { name: string; isGiven: boolean };
}

/** Who is in a group, and which kind of resource says so. With `none` the program does not care. */
export interface Membership {
  kind: "set" | "singles" | "none";
  people: string[];
  isByEmail: boolean;
  provider: ProviderName;
  revision: number;
  hasAliases: boolean;
}

/** A deployment group. */
export interface DesiredRing extends Naming {
  name: string;
  version: string;
  policyIds: string[];
}

/** What the program asks for. */
export interface Desired {
  groups: DesiredGroup[];
  rings: DesiredRing[];
}

/** A resource of the Pulumi program. */
export interface DesiredResource extends Naming {
  kind: "group" | "set" | "member" | "ring";
  /** The label of the user group. */
  group?: string;
}

/** What the operator adds to the program because an error message asked for it. */
export interface Additions {
  /** The ids in the option `import`, by the label of the group. */
  importIds: ReadonlyMap<string, string>;
  /** The labels of the resources that get `aliases`. */
  aliased: ReadonlySet<string>;
}

/** The people of the account. */
export const people = Array.from({ length: 8 }, (_, index) => `person-${index + 1}`);

export function memberIdOf(person: string): string {
  return person.slice("person-".length).padStart(32, "e");
}

export function emailOf(person: string): string {
  return `${person}@example.com`;
}

/** Returns the resource's name in the Pulumi program. */
export function keyOf({ label, revision }: Pick<Naming, "label" | "revision">): string {
  return `${label}-r${revision}`;
}

/** Returns the label of the resource with this name in the Pulumi program. */
export function labelOf(key: string): string {
  return key.replace(/-r\d+$/, "");
}

/** Returns every resource of the program. */
export function resourcesOf({ groups, rings }: Desired): DesiredResource[] {
  return [
    ...groups.map((group): DesiredResource => ({ ...naming(group), kind: "group" })),
    ...groups.flatMap(membershipResources),
    ...rings.map((ring): DesiredResource => ({ ...naming(ring), kind: "ring" })),
  ];
}

function membershipResources({ label: group, membership }: DesiredGroup): DesiredResource[] {
  const { kind, people, revision, hasAliases } = membership;
  if (kind === "set") return [{ kind, label: `${group}-people`, revision, hasAliases, group }];
  if (kind === "none") return [];
  return people.map((person) => ({ kind: "member", label: `${group}-${person}`, revision, hasAliases, group }));
}

/** Returns the values of the Pulumi program. */
export function toResources(
  desired: Desired,
  settings: ProviderSettings,
  { importIds, aliased }: Additions,
): Resources {
  const used = new Set(desired.groups.flatMap(({ provider, membership }) => [provider, membership.provider]));
  const optionsOf = (resource: Naming, provider: ProviderName = "default") => ({
    ...(resource.revision > 0 && (resource.hasAliases || aliased.has(resource.label))
      ? {
          aliases: Array.from({ length: resource.revision }, (_, revision) => ({
            name: keyOf({ ...resource, revision }),
          })),
        }
      : {}),
    ...(provider === "default" ? {} : { provider }),
    ...(importIds.has(resource.label) ? { import: importIds.get(resource.label) ?? "" } : {}),
  });
  const resources: Required<Resources> = {
    providers: Object.fromEntries([...used].filter((name) => name !== "default").map((name) => [name, settings])),
    groups: {},
    sets: {},
    members: {},
    rings: {},
  };
  for (const group of desired.groups) {
    const { name, permissions, membership, provider } = group;
    resources.groups[keyOf(group)] = { name, policies: toPolicies(permissions), ...optionsOf(group, provider) };
    const refOf = (person: string) => (membership.isByEmail ? { email: emailOf(person) } : { id: memberIdOf(person) });
    for (const resource of membershipResources(group)) {
      const options = { group: keyOf(group), ...optionsOf(resource, membership.provider) };
      const person = resource.label.slice(group.label.length + 1);
      if (resource.kind === "set")
        // A set may follow single members, of which the program drops some at the same time.
        resources.sets[keyOf(resource)] = { ...options, members: membership.people.map(refOf), removeOthers: true };
      else
        resources.members[keyOf(resource)] = {
          ...options,
          ...(membership.isByEmail ? { email: emailOf(person) } : { memberId: memberIdOf(person) }),
        };
    }
  }
  for (const ring of desired.rings) {
    const { name, version, policyIds } = ring;
    resources.rings[keyOf(ring)] = { name, version, policyIds, ...optionsOf(ring) };
  }
  return resources;
}

/** Returns policies as the program and the outsider write them. */
export function toPolicies(permissions: readonly PermissionName[]) {
  if (permissions.length === 0) return [];
  return [
    {
      access: "allow" as const,
      permissionGroups: permissions.map((name) => ({ id: DEFAULTS.permissionGroups[name] })),
      resourceGroups: [{ id: DEFAULTS.resourceGroups.account }],
    },
  ];
}

function naming({ label, revision, hasAliases }: Naming): Naming {
  return { label, revision, hasAliases };
}
