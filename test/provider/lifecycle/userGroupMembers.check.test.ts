import { expect } from "chai";
import { accountId, idOf, ids, linesOf, offline, unknown } from "./offline";

const { userGroupMembers } = offline();
const userGroupId = idOf(9);

async function complaintsAbout(inputs: Record<string, unknown>): Promise<string[]> {
  return linesOf(await userGroupMembers.check({}, inputs));
}

describe("check of UserGroupMembers", () => {
  it("passes members and an empty list, and completes the account", async () => {
    expect(await userGroupMembers.check({}, { userGroupId, members: ids(2, 1), __provider: "code" })).to.deep.equal({
      inputs: { accountId, userGroupId, members: ids(2, 1) },
      failures: [],
    });
    expect(await complaintsAbout({ userGroupId, members: [] })).to.deep.equal([]);
  });

  it("wants the list of members to be written: without it, everybody would be removed", async () => {
    expect(await complaintsAbout({ userGroupId })).to.deep.equal(["members: is required"]);
    expect(await complaintsAbout({ userGroupId, members: null })).to.deep.equal(["members: is required"]);
    expect(await complaintsAbout({ userGroupId, member: ids(1) })).to.deep.equal([
      "member: is not a property of this resource: look for a typing error",
      "members: is required",
    ]);
  });

  it("wants ids of 32 characters everywhere and names each one that is not", async () => {
    const members = [...ids(1), { id: "a".repeat(33) }, { id: "" }, { id: 5 }, {}, { id: null }, idOf(2), null];
    expect(await complaintsAbout({ accountId: "", userGroupId: "Admins", members })).to.deep.equal([
      "accountId: must be an id of 32 characters, not of 0",
      "members[1].id: must be an id of 32 characters, not of 33",
      "members[2].id: must be an id of 32 characters, not of 0",
      "members[3].id: must be a string",
      "members[4].id: is required",
      "members[5].id: is required",
      "members[6]: must be an object",
      "members[7]: is required",
      "userGroupId: must be an id of 32 characters, not of 6",
    ]);
    expect(await complaintsAbout({ members: [] })).to.deep.equal(["userGroupId: is required"]);
  });

  it("refuses what only Cloudflare says of a member: e-mail and status", async () => {
    const members = [{ id: idOf(1), email: "user@example.com", status: "accepted" }];
    expect(await complaintsAbout({ userGroupId, members })).to.deep.equal([
      "members[0].email: is not a property of this resource: look for a typing error",
      "members[0].status: is not a property of this resource: look for a typing error",
    ]);
  });

  it("finds the same member twice, also among broken and unknown ones", async () => {
    const members = [...ids(1), { id: unknown }, {}, ...ids(2, 1), { id: unknown }];
    expect(await complaintsAbout({ userGroupId, members })).to.deep.equal([
      "members[2].id: is required",
      "members[4]: is the same as [0]: a set holds each once",
    ]);
  });

  it("passes what is unknown during preview wherever it stands", async () => {
    for (const members of [
      unknown,
      [unknown],
      [unknown, unknown],
      [{ id: unknown }, { id: unknown }],
      ids(1).concat({ id: unknown }),
    ])
      expect(
        await complaintsAbout({ accountId: unknown, userGroupId: unknown, members }),
        JSON.stringify(members),
      ).to.deep.equal([]);
  });
});
