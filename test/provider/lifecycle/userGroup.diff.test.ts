import { expect } from "chai";
import fc from "fast-check";
import type { UserGroupPolicy } from "../../../provider";
import { accountId, idOf, ids, offline, unknown } from "./offline";
import { shuffled } from "./shuffled";

const { userGroup } = offline();
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
  { maxLength: 5, selector: canonical },
);

// What two policies have in common when they mean the same, put in another way than the code under test does.
function canonical({ access, permissionGroups, resourceGroups }: UserGroupPolicy): string {
  const sorted = (list: readonly { id?: string | undefined }[]) => list.map(({ id }) => id).sort();
  return `${access} ${sorted(permissionGroups)} ${sorted(resourceGroups)}`;
}

function policyInAnyOrder(policy: UserGroupPolicy): fc.Arbitrary<UserGroupPolicy> {
  return fc.record({
    access: fc.constant(policy.access),
    permissionGroups: shuffled(policy.permissionGroups),
    resourceGroups: shuffled(policy.resourceGroups),
  });
}

const inTwoOrders = policies.chain((list) =>
  fc.tuple(
    fc.constant(list),
    fc.tuple(...list.map(policyInAnyOrder)).chain((all) => shuffled(all)),
  ),
);

function diff(stored: typeof inputs, wanted: typeof inputs) {
  return userGroup.diff(idOf(9), { ...stored, ...times }, wanted);
}

const changed = { replaces: [], deleteBeforeReplace: true };

describe("diff of a UserGroup", () => {
  it("sees no difference in policies, permission groups and resource groups in another order", async () => {
    await fc.assert(
      fc.asyncProperty(inTwoOrders, async ([stored, wanted]) => {
        expect(await diff({ ...inputs, policies: stored }, { ...inputs, policies: wanted })).to.deep.equal({
          changes: false,
        });
      }),
    );
  });

  it("sees every two sets of policies that differ", async () => {
    await fc.assert(
      fc.asyncProperty(policies, policies, async (stored, wanted) => {
        const same = stored.map(canonical).sort().join() === wanted.map(canonical).sort().join();
        const result = await diff({ ...inputs, policies: stored }, { ...inputs, policies: wanted });
        expect(result).to.deep.equal(same ? { changes: false } : changed);
      }),
    );
  });

  it("sees a difference in one access, one permission group and one resource group", async () => {
    const wanted: UserGroupPolicy[][] = [
      [{ ...policy, access: "deny" }],
      [{ ...policy, permissionGroups: ids(1, 4) }],
      [{ ...policy, permissionGroups: ids(1) }],
      [{ ...policy, resourceGroups: ids(3, 4) }],
      [{ ...policy, permissionGroups: ids(3), resourceGroups: ids(1, 2) }],
      [],
      [policy, { ...policy, access: "deny" }],
    ];
    for (const list of wanted) expect(await diff(inputs, { ...inputs, policies: list })).to.deep.equal(changed);
  });

  it("sees another name and changes it in place, and replaces for another account only", async () => {
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

  it("ignores what Cloudflare alone says: the times", async () => {
    const later = { ...inputs, createdOn: "2020-01-01T00:00:00Z", modifiedOn: "2030-01-01T00:00:00Z" };
    expect(await userGroup.diff(idOf(9), later, inputs)).to.deep.equal({ changes: false });
  });

  it("holds what is unknown for a possible difference, even where the state holds the same text", async () => {
    expect(await diff({ ...inputs, name: unknown }, { ...inputs, name: unknown })).to.deep.equal(changed);
    expect(
      await diff(inputs, { ...inputs, policies: [{ ...policy, permissionGroups: [{ id: unknown }] }] }),
    ).to.deep.equal(changed);
    // The engine sends unknown lists and objects as this one string, whatever their types say.
    for (const policies of [`"${unknown}"`, `["${unknown}"]`, `[{"access":"allow","permissionGroups":"${unknown}"}]`])
      expect(await diff(inputs, { ...inputs, policies: JSON.parse(policies) }), policies).to.deep.equal(changed);
  });
});
