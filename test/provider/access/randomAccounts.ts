import fc from "fast-check";
import type { AccountAccess, Group, Person, Policy, PolicyResources } from "../../../provider/access/account";

// Small random accounts, in which grants and denials of the same permission in the same scope are frequent.

export const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
export const zones = ["zone-a", "zone-b", "zone-c"];
export const permissionIds = ["read", "write", "admin"];
const accountKey = `com.cloudflare.api.account.${accountId}`;
const zoneKey = (zone: string) => `com.cloudflare.api.account.zone.${zone}`;

const resourceGroups: PolicyResources[] = [
  { id: "everything", name: accountKey, scopes: [{ key: accountKey, objects: [{ key: "*" }] }] },
  { id: "a", name: "a.example", scopes: [{ key: accountKey, objects: [{ key: zoneKey("zone-a") }] }] },
  {
    id: "a-and-b",
    name: "Both",
    scopes: [{ key: accountKey, objects: [{ key: zoneKey("zone-a") }, { key: zoneKey("zone-b") }] }],
  },
];

const resources: fc.Arbitrary<PolicyResources> = fc.oneof(
  fc.constantFrom(...resourceGroups),
  fc.constantFrom(...resourceGroups).map(({ id }) => ({ id })),
  fc.constantFrom(...zones).map((zone) => ({ scopes: [{ key: zoneKey(zone), objects: [{ key: "*" }] }] })),
  fc.subarray(zones, { minLength: 1 }).map((some) => ({
    scopes: [{ key: accountKey, objects: some.map((zone) => ({ key: zoneKey(zone) })) }],
  })),
);

export const policy: fc.Arbitrary<Policy> = fc.record({
  access: fc.oneof({ arbitrary: fc.constant("allow" as const), weight: 3 }, fc.constant("deny" as const)),
  permissionIds: fc.subarray(permissionIds),
  resources: fc.array(resources, { maxLength: 2 }),
});

const policies = fc.array(policy, { maxLength: 3 });

const person = (id: string): fc.Arbitrary<Person> =>
  fc.record({
    id: fc.constant(id),
    email: fc.constant(`${id}@example.com`),
    policies: fc.oneof(fc.constant([]), policies),
    roles: fc.subarray([
      { id: "role-1", name: "Administrator" },
      { id: "role-2", name: "Billing" },
    ]),
  });

const memberIds = ["m0", "m1", "m2", "m3"];

const group = (id: string): fc.Arbitrary<Group> =>
  fc.record({ id: fc.constant(id), name: fc.string(), policies, memberIds: fc.subarray(memberIds) });

/** Generates an account with four members and three groups. */
export const randomAccount: fc.Arbitrary<AccountAccess> = fc
  .tuple(fc.tuple(...memberIds.map(person)), fc.tuple(...["g0", "g1", "g2"].map(group)))
  .map(([people, groups]) => ({
    accountId,
    people,
    groups,
    permissions: [
      { id: "read", name: "DNS Read" },
      { id: "write", name: "DNS Write" },
      { id: "admin", name: "Administrator" },
    ],
    resourceGroups,
  }));
