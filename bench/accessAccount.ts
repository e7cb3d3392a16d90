import { createHash } from "node:crypto";
import type { Seed } from "cloudflare-groups-simulator";

export const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
export const apiToken = "bench-token-for-the-simulated-account";

/** Everybody is in this many groups. */
export const groupsOfPerson = 5;
/** Every group has one policy with this many permissions on one zone. */
export const permissionsOfGroup = 2;

/** A size of the account. */
export interface AccountSize {
  members: number;
  groups: number;
}

/** Returns the seed of an account whose members share its groups evenly. */
export function largeAccount({ members, groups }: AccountSize): Seed {
  const permissions = Array.from({ length: 20 }, (_, index) => ({
    id: id32(`permission ${index}`),
    name: `Permission ${index}`,
    label: `permission_${index}`,
    scopes: "com.cloudflare.api.account.zone",
  }));
  const zones = Array.from({ length: 50 }, (_, index) => ({
    id: id32(`zone ${index}`),
    name: `zone-${index}.example.com`,
    scope: {
      key: `com.cloudflare.api.account.${accountId}`,
      objects: [{ key: `com.cloudflare.api.account.zone.${id32(`the id of zone ${index}`)}` }],
    },
  }));
  const people = Array.from({ length: members }, (_, index) => ({
    id: id32(`member ${index}`),
    email: `person-${index}@example.com`,
  }));
  const distance = Math.max(1, Math.floor(groups / groupsOfPerson));
  const idsOfGroup = Array.from({ length: groups }, (): string[] => []);
  for (const [index, { id }] of people.entries())
    for (let turn = 0; turn < groupsOfPerson; turn++) idsOfGroup[(index + turn * distance) % groups]?.push(id);
  return {
    credentials: [{ token: apiToken }],
    accounts: [
      {
        id: accountId,
        members: people,
        permission_groups: permissions,
        resource_groups: zones,
        user_groups: idsOfGroup.map((ids, index) => ({
          id: id32(`group ${index}`),
          name: `Group ${index}`,
          policies: [
            {
              access: "allow",
              permission_groups: Array.from({ length: permissionsOfGroup }, (_, turn) => ({
                id: id32(`permission ${(index + turn) % permissions.length}`),
              })),
              resource_groups: [{ id: id32(`zone ${index % zones.length}`) }],
            },
          ],
          members: ids,
        })),
      },
    ],
  };
}

function id32(name: string): string {
  return createHash("md5").update(name).digest("hex");
}
