import { expect } from "chai";
import fc from "fast-check";
import { accountId, createOfflineLifecycles, idOf, ids, unknown } from "./offline";
import { shuffle } from "./shuffled";

const { userGroupMembers } = createOfflineLifecycles();
const userGroupId = idOf(9);
const inputs = { accountId, userGroupId, members: ids(1, 2) };
const changed = { replaces: [], deleteBeforeReplace: true };

const members = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 20 });
const inTwoOrders = members.chain((list) => fc.tuple(fc.constant(list), shuffle(list)));

function diff(stored: typeof inputs, desired: typeof inputs) {
  return userGroupMembers.diff(userGroupId, stored, desired);
}

describe("UserGroupMembers.diff", () => {
  it("ignores the members' order, emails and status", async () => {
    await fc.assert(
      fc.asyncProperty(inTwoOrders, async ([stored, desired]) => {
        const detailed = ids(...stored).map((member) => ({ ...member, email: "user@example.com", status: "pending" }));
        expect(await diff({ ...inputs, members: detailed }, { ...inputs, members: ids(...desired) })).to.deep.equal({
          changes: false,
        });
      }),
    );
  });

  it("detects every difference between two sets of members", async () => {
    await fc.assert(
      fc.asyncProperty(members, members, async (stored, desired) => {
        const same = stored.length === desired.length && stored.every((number) => desired.includes(number));
        const result = await diff({ ...inputs, members: ids(...stored) }, { ...inputs, members: ids(...desired) });
        expect(result).to.deep.equal(same ? { changes: false } : changed);
      }),
    );
  });

  it("detects an added, removed or replaced member and an empty set", async () => {
    for (const desired of [ids(1, 2, 3), ids(1), ids(1, 3), []])
      expect(await diff(inputs, { ...inputs, members: desired })).to.deep.equal(changed);
  });

  it("replaces the resource when the group or account changes", async () => {
    expect(await diff(inputs, { ...inputs, userGroupId: idOf(8) })).to.deep.equal({
      ...changed,
      replaces: ["userGroupId"],
    });
    expect(await diff(inputs, { ...inputs, accountId: idOf(8) })).to.deep.equal({
      ...changed,
      replaces: ["accountId"],
    });
    expect(await diff(inputs, { accountId: idOf(8), userGroupId: idOf(8), members: [] })).to.deep.equal({
      ...changed,
      replaces: ["accountId", "userGroupId"],
    });
  });

  it("treats unknown values as possible changes, also an unknown group", async () => {
    expect(await diff(inputs, { ...inputs, members: [...ids(1), { id: unknown }] })).to.deep.equal(changed);
    expect(await diff(inputs, { ...inputs, members: JSON.parse(`"${unknown}"`) })).to.deep.equal(changed);
    expect(await diff(inputs, { ...inputs, userGroupId: unknown })).to.deep.equal({
      ...changed,
      replaces: ["userGroupId"],
    });
  });
});
