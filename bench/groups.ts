import { createHash } from "node:crypto";
import { DEFAULTS, type Seed } from "cloudflare-groups-simulator";

/** One user group and its members, as every candidate's program declares them. */
export interface Group {
  name: string;
  policies: { access: "allow"; permissionGroups: { id: string }[]; resourceGroups: { id: string }[] }[];
  members: { id: string }[];
}

const { accountId, apiToken } = DEFAULTS;
const people = range(100).map((index) => ({ id: hashId(`person ${index}`), email: `person${index}@example.com` }));
const permissionGroups = range(20).map((index) => ({ id: hashId(`permission ${index}`), name: `Permission ${index}` }));
const resourceGroup = {
  id: hashId("resource group"),
  name: "Everything",
  scope: { key: `com.cloudflare.api.account.${accountId}`, objects: [{ key: "*" }] },
};

/** The account that every candidate starts with: it has people and permissions, and no group. */
export const account: Seed = {
  accounts: [{ id: accountId, members: people, permission_groups: permissionGroups, resource_groups: [resourceGroup] }],
  credentials: [{ token: apiToken }],
};

/** Makes this many groups, each with five people and one policy of three permissions, in an order unlike the API's. */
export function makeGroups(count: number): Group[] {
  return range(count).map((index) => ({
    name: `group-${index}`,
    policies: [
      {
        access: "allow",
        permissionGroups: sample(permissionGroups, 3, index),
        resourceGroups: [{ id: resourceGroup.id }],
      },
    ],
    members: sample(people, 5, index),
  }));
}

/** Returns the same groups, but the first of every ten has one permission and one person fewer. */
export function changeOneInTen(groups: Group[]): Group[] {
  return groups.map((group, index) => {
    if (index % 10 > 0) return group;
    const policies = group.policies.map((policy) => ({
      ...policy,
      permissionGroups: policy.permissionGroups.slice(1),
    }));
    return { ...group, policies, members: group.members.slice(1) };
  });
}

/** Picks this many ids. The same seed picks the same ids in the same order at every run. */
function sample(from: { id: string }[], count: number, seed: number): { id: string }[] {
  const ranked = from.map(({ id }) => ({ id, rank: hashId(`${seed} ${id}`) }));
  return ranked
    .sort((left, right) => left.rank.localeCompare(right.rank))
    .slice(0, count)
    .map(({ id }) => ({ id }));
}

function hashId(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
