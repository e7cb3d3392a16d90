import { expect } from "chai";
import { accountId, createOfflineLifecycles, formatFailures, idOf, ids, unknown } from "./offline";

// Each check starts a new run, because two resources of one run cannot set the members of the same group.
const check = (inputs: Record<string, unknown>) => createOfflineLifecycles().userGroupMembers.check({}, inputs);
const userGroupId = idOf(9);

async function failuresOf(inputs: Record<string, unknown>): Promise<string[]> {
  return formatFailures(await check(inputs));
}

describe("UserGroupMembers.check", () => {
  it("accepts members or an empty list and fills in the account", async () => {
    expect(await check({ userGroupId, members: ids(2, 1), __provider: "code" })).to.deep.equal({
      inputs: { accountId, userGroupId, members: ids(2, 1) },
      failures: [],
    });
    expect(await failuresOf({ userGroupId, members: [] })).to.deep.equal([]);
  });

  it("requires the list of members, because an omitted list would remove everybody", async () => {
    expect(await failuresOf({ userGroupId })).to.deep.equal(["members: is required"]);
    expect(await failuresOf({ userGroupId, members: null })).to.deep.equal(["members: is required"]);
    expect(await failuresOf({ userGroupId, member: ids(1) })).to.deep.equal([
      "member: is not a property of this resource: check the spelling",
      "members: is required",
    ]);
  });

  it("requires ids of 32 characters and reports each invalid one", async () => {
    const members = [...ids(1), { id: "a".repeat(33) }, { id: "" }, { id: 5 }, {}, { id: null }, idOf(2), null];
    expect(await failuresOf({ accountId: "", userGroupId: "Admins", members })).to.deep.equal([
      'accountId: must be an id of 32 characters, not ""',
      "members[1].id: must be an id of 32 characters, not of 33",
      'members[2].id: must be an id of 32 characters, not ""',
      "members[3].id: must be a string, not 5",
      "members[4]: must have an id or an email",
      "members[5].id: is required",
      "members[6]: must be an object",
      "members[7]: is required",
      'userGroupId: must be an id of 32 characters, not "Admins"',
    ]);
    expect(await failuresOf({ members: [] })).to.deep.equal(["userGroupId: is required"]);
  });

  it("requires an id or an email for each member, and no other property", async () => {
    const members = [...ids(1), { email: "ada@example.com" }, { ...ids(2)[0], emial: "b@example.com" }, { status: "" }];
    expect(await failuresOf({ userGroupId, members })).to.deep.equal([
      "members[2].emial: is not a property of this resource: check the spelling",
      "members[3].status: is not a property of this resource: check the spelling",
      "members[3]: must have an id or an email",
    ]);
  });

  it("accepts unusual email addresses and rejects other text", async () => {
    const checkEmail = (email: unknown) => failuresOf({ userGroupId, members: [{ email }] });
    for (const email of ["ada@example.com", "O'Neil+x&y=z@sub.example.com", "ä.ö@exämple.example", "a@localhost"])
      expect(await checkEmail(email), email).to.deep.equal([]);
    for (const email of ["Ada", "ada@", "@example.com", "ada @example.com", "a@b@example.com", "ada@example.com\n", ""])
      expect(await checkEmail(email), email).to.deep.equal([
        `members[0].email: must be an email address, such as ada@example.com, not ${JSON.stringify(email)}`,
      ]);
    expect(await checkEmail(5)).to.deep.equal(["members[0].email: must be a string, not 5"]);
    expect(await failuresOf({ userGroupId, members: [{ id: "ada@example.com" }] })).to.deep.equal([
      'members[0].id: must be an id; an email is written as { email: "ada@example.com" }',
    ]);
  });

  it("rejects a duplicate email in any case", async () => {
    const members = [{ email: "ada@example.com" }, ...ids(1), { email: "Ada@Example.COM" }];
    expect(await failuresOf({ userGroupId, members })).to.deep.equal([
      "members[2]: is the same person (Ada@Example.COM) as [0]: list each element once",
    ]);
  });

  it("rejects a duplicate member, also beside invalid and unknown ones", async () => {
    const members = [...ids(1), { id: unknown }, {}, ...ids(2, 1), { id: unknown }];
    expect(await failuresOf({ userGroupId, members })).to.deep.equal([
      "members[2]: must have an id or an email",
      `members[4]: is the same person (${idOf(1)}) as [0]: list each element once`,
    ]);
  });

  it("accepts unknown values at any depth during preview", async () => {
    for (const members of [
      unknown,
      [unknown],
      [unknown, unknown],
      [{ id: unknown }, { id: unknown }],
      ids(1).concat({ id: unknown }),
      [
        { email: unknown },
        { email: unknown },
        { id: unknown, email: "ada@example.com" },
        { ...ids(1)[0], email: unknown },
      ],
    ])
      expect(
        await failuresOf({ accountId: unknown, userGroupId: unknown, members }),
        JSON.stringify(members),
      ).to.deep.equal([]);
  });
});
