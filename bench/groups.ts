import { createHash } from "node:crypto";
import { DEFAULTS, type Seed } from "cloudflare-groups-simulator";

/** One user group and its members, as every contender's program declares them. */
export interface Group {
  name: string;
  policies: { access: "allow"; permissionGroups: { id: string }[]; resourceGroups: { id: string }[] }[];
  members: { id: string }[];
}

const { accountId, apiToken } = DEFAULTS;
const people = range(100).map((index) => ({ id: idOf(`person ${index}`), email: `person${index}@example.com` }));
const permissionGroups = range(20).map((index) => ({ id: idOf(`permission ${index}`), name: `Permission ${index}` }));
const resourceGroup = {
  id: idOf("resource group"),
  name: "Everything",
  scope: { key: `com.cloudflare.api.account.${accountId}`, objects: [{ key: "*" }] },
};

/** The account that the contenders work on: nobody has made a group there yet. */
export const account: Seed = {
  accounts: [{ id: accountId, members: people, permission_groups: permissionGroups, resource_groups: [resourceGroup] }],
  credentials: [{ token: apiToken }],
};

/** So many groups, each of five people and with one policy of three permissions, listed in an order that is nobody's. */
export function groupsOf(count: number): Group[] {
  return range(count).map((index) => ({
    name: `group-${index}`,
    policies: [
      {
        access: "allow",
        permissionGroups: drawn(permissionGroups, 3, index),
        resourceGroups: [{ id: resourceGroup.id }],
      },
    ],
    members: drawn(people, 5, index),
  }));
}

/** The same groups, where the first of every ten has lost a permission and a person. */
export function withChanges(groups: Group[]): Group[] {
  return groups.map((group, index) => {
    if (index % 10 > 0) return group;
    const policies = group.policies.map((policy) => ({
      ...policy,
      permissionGroups: policy.permissionGroups.slice(1),
    }));
    return { ...group, policies, members: group.members.slice(1) };
  });
}

/** As many of them as asked for, the same ones in the same order at every run. */
function drawn(from: { id: string }[], count: number, seed: number): { id: string }[] {
  const ranked = from.map(({ id }) => ({ id, rank: idOf(`${seed} ${id}`) }));
  return ranked
    .sort((left, right) => left.rank.localeCompare(right.rank))
    .slice(0, count)
    .map(({ id }) => ({ id }));
}

function idOf(what: string): string {
  return createHash("sha256").update(what).digest("hex").slice(0, 32);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
