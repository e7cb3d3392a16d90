import { expect } from "chai";
import fc from "fast-check";
import { accountId, idOf, ids, offline, unknown } from "./offline";
import { shuffled } from "./shuffled";

const { userGroupMembers } = offline();
const userGroupId = idOf(9);
const inputs = { accountId, userGroupId, members: ids(1, 2) };
const changed = { replaces: [], deleteBeforeReplace: true };

const members = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 20 });
const inTwoOrders = members.chain((list) => fc.tuple(fc.constant(list), shuffled(list)));

function diff(stored: typeof inputs, wanted: typeof inputs) {
  return userGroupMembers.diff(userGroupId, stored, wanted);
}

describe("Diff of UserGroupMembers", () => {
  it("ignores the members' order, emails and status", async () => {
    await fc.assert(
      fc.asyncProperty(inTwoOrders, async ([stored, wanted]) => {
        const told = ids(...stored).map((member) => ({ ...member, email: "user@example.com", status: "pending" }));
        expect(await diff({ ...inputs, members: told }, { ...inputs, members: ids(...wanted) })).to.deep.equal({
          changes: false,
        });
      }),
    );
  });

  it("detects every difference between two sets of members", async () => {
    await fc.assert(
      fc.asyncProperty(members, members, async (stored, wanted) => {
        const same = stored.length === wanted.length && stored.every((number) => wanted.includes(number));
        const result = await diff({ ...inputs, members: ids(...stored) }, { ...inputs, members: ids(...wanted) });
        expect(result).to.deep.equal(same ? { changes: false } : changed);
      }),
    );
  });

  it("detects an added, removed or replaced member and an empty set", async () => {
    for (const wanted of [ids(1, 2, 3), ids(1), ids(1, 3), []])
      expect(await diff(inputs, { ...inputs, members: wanted })).to.deep.equal(changed);
  });

  it("replaces for another group or account", async () => {
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
