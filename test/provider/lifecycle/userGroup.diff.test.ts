import { expect } from "chai";
import fc from "fast-check";
import type { UserGroupPolicy } from "../../../provider";
import { accountId, createOfflineLifecycles, idOf, ids, unknown } from "./offline";
import { shuffle } from "./shuffled";

const { userGroup } = createOfflineLifecycles();
const times = { createdOn: "2026-01-01T00:00:00Z", modifiedOn: "2026-01-02T00:00:00Z" };
const policy: UserGroupPolicy = { access: "allow", permissionGroups: ids(1, 2), resourceGroups: ids(3) };
const inputs = { accountId, name: "Admins", policies: [policy] };

const idSet = fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 4 }).map((all) => ids(...all));
const policies = fc.uniqueArray(
  fc.record({
    access: fc.constantFrom("allow" as const, "deny" as const),
    permissionGroups: idSet,
    resourceGroups: idSet,
  }),
  { maxLength: 5, selector: canonicalize },
);

// Two policies with the same meaning have the same text. The code under test compares them in another way.
function canonicalize({ access, permissionGroups, resourceGroups }: UserGroupPolicy): string {
  const sorted = (list: readonly { id?: string | undefined }[]) => list.map(({ id }) => id).sort();
  return `${access} ${sorted(permissionGroups)} ${sorted(resourceGroups)}`;
}

function shufflePolicy(policy: UserGroupPolicy): fc.Arbitrary<UserGroupPolicy> {
  return fc.record({
    access: fc.constant(policy.access),
    permissionGroups: shuffle(policy.permissionGroups),
    resourceGroups: shuffle(policy.resourceGroups),
  });
}

const inTwoOrders = policies.chain((list) =>
  fc.tuple(
    fc.constant(list),
    fc.tuple(...list.map(shufflePolicy)).chain((all) => shuffle(all)),
  ),
);

function diff(stored: typeof inputs, desired: typeof inputs) {
  return userGroup.diff(idOf(9), { ...stored, ...times }, desired);
}

const changed = { replaces: [], deleteBeforeReplace: true };

describe("UserGroup.diff", () => {
  it("ignores the order of policies, permission groups and resource groups", async () => {
    await fc.assert(
      fc.asyncProperty(inTwoOrders, async ([stored, desired]) => {
        expect(await diff({ ...inputs, policies: stored }, { ...inputs, policies: desired })).to.deep.equal({
          changes: false,
        });
      }),
    );
  });

  it("detects every difference between two sets of policies", async () => {
    await fc.assert(
      fc.asyncProperty(policies, policies, async (stored, desired) => {
        const same = stored.map(canonicalize).sort().join() === desired.map(canonicalize).sort().join();
        const result = await diff({ ...inputs, policies: stored }, { ...inputs, policies: desired });
        expect(result).to.deep.equal(same ? { changes: false } : changed);
      }),
    );
  });

  it("detects one changed access, permission group or resource group", async () => {
    const desired: UserGroupPolicy[][] = [
      [{ ...policy, access: "deny" }],
      [{ ...policy, permissionGroups: ids(1, 4) }],
      [{ ...policy, permissionGroups: ids(1) }],
      [{ ...policy, resourceGroups: ids(3, 4) }],
      [{ ...policy, permissionGroups: ids(3), resourceGroups: ids(1, 2) }],
      [],
      [policy, { ...policy, access: "deny" }],
    ];
    for (const list of desired) expect(await diff(inputs, { ...inputs, policies: list })).to.deep.equal(changed);
  });

  it("updates a name in place, and replaces the group for another account", async () => {
    expect(await diff(inputs, { ...inputs, name: "admins" })).to.deep.equal(changed);
    expect(await diff(inputs, { ...inputs, accountId: idOf(5) })).to.deep.equal({
      ...changed,
      replaces: ["accountId"],
    });
    expect(await diff(inputs, { accountId: idOf(5), name: "x", policies: [] })).to.deep.equal({
      ...changed,
      replaces: ["accountId"],
    });
  });

  it("ignores the times that Cloudflare sets", async () => {
    const later = { ...inputs, createdOn: "2020-01-01T00:00:00Z", modifiedOn: "2030-01-01T00:00:00Z" };
    expect(await userGroup.diff(idOf(9), later, inputs)).to.deep.equal({ changes: false });
  });

  it("treats an unknown value as a possible change", async () => {
    expect(await diff({ ...inputs, name: unknown }, { ...inputs, name: unknown })).to.deep.equal(changed);
    expect(
      await diff(inputs, { ...inputs, policies: [{ ...policy, permissionGroups: [{ id: unknown }] }] }),
    ).to.deep.equal(changed);
    // The engine sends unknown lists and objects as this string too, despite their types.
    for (const policies of [`"${unknown}"`, `["${unknown}"]`, `[{"access":"allow","permissionGroups":"${unknown}"}]`])
      expect(await diff(inputs, { ...inputs, policies: JSON.parse(policies) }), policies).to.deep.equal(changed);
  });
});
