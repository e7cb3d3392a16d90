import { expect } from "chai";
import { accountId, createOfflineLifecycles, formatFailures, idOf, ids, unknown } from "./offline";

const { userGroupMembers } = createOfflineLifecycles();
const userGroupId = idOf(9);

async function listFailures(inputs: Record<string, unknown>): Promise<string[]> {
  return formatFailures(await userGroupMembers.check({}, inputs));
}

describe("Check of UserGroupMembers", () => {
  it("accepts members and an empty list and fills in the account", async () => {
    expect(await userGroupMembers.check({}, { userGroupId, members: ids(2, 1), __provider: "code" })).to.deep.equal({
      inputs: { accountId, userGroupId, members: ids(2, 1) },
      failures: [],
    });
    expect(await listFailures({ userGroupId, members: [] })).to.deep.equal([]);
  });

  it("requires the list of members, because omitting it would remove everyone", async () => {
    expect(await listFailures({ userGroupId })).to.deep.equal(["members: is required"]);
    expect(await listFailures({ userGroupId, members: null })).to.deep.equal(["members: is required"]);
    expect(await listFailures({ userGroupId, member: ids(1) })).to.deep.equal([
      "member: is not a property of this resource: check the spelling",
      "members: is required",
    ]);
  });

  it("requires ids of 32 characters and reports each invalid one", async () => {
    const members = [...ids(1), { id: "a".repeat(33) }, { id: "" }, { id: 5 }, {}, { id: null }, idOf(2), null];
    expect(await listFailures({ accountId: "", userGroupId: "Admins", members })).to.deep.equal([
      "accountId: must be an id of 32 characters, not of 0",
      "members[1].id: must be an id of 32 characters, not of 33",
      "members[2].id: must be an id of 32 characters, not of 0",
      "members[3].id: must be a string",
      "members[4]: must have an id or an email",
      "members[5].id: is required",
      "members[6]: must be an object",
      "members[7]: is required",
      "userGroupId: must be an id of 32 characters, not of 6",
    ]);
    expect(await listFailures({ members: [] })).to.deep.equal(["userGroupId: is required"]);
  });

  it("requires an id or an email for each member, not both", async () => {
    const members = [...ids(1), { email: "ada@example.com" }, { ...ids(2)[0], email: "b@example.com" }, { status: "" }];
    expect(await listFailures({ userGroupId, members })).to.deep.equal([
      "members[2]: must have an id or an email, not both",
      "members[3].status: is not a property of this resource: check the spelling",
      "members[3]: must have an id or an email",
    ]);
  });

  it("accepts every plausible email address", async () => {
    const check = (email: unknown) => listFailures({ userGroupId, members: [{ email }] });
    for (const email of ["ada@example.com", "O'Neil+x&y=z@sub.example.com", "ä.ö@exämple.example", "a@localhost"])
      expect(await check(email), email).to.deep.equal([]);
    for (const email of ["Ada", "ada@", "@example.com", "ada @example.com", "a@b@example.com", "ada@example.com\n", ""])
      expect(await check(email), email).to.deep.equal([
        "members[0].email: must be an email address, such as ada@example.com",
      ]);
    expect(await check(5)).to.deep.equal(["members[0].email: must be a string"]);
  });

  it("rejects a duplicate address in any case", async () => {
    const members = [{ email: "ada@example.com" }, ...ids(1), { email: "Ada@Example.COM" }];
    expect(await listFailures({ userGroupId, members })).to.deep.equal([
      "members[2]: is the same as [0]: list each element once",
    ]);
  });

  it("rejects a duplicate member, also beside invalid and unknown ones", async () => {
    const members = [...ids(1), { id: unknown }, {}, ...ids(2, 1), { id: unknown }];
    expect(await listFailures({ userGroupId, members })).to.deep.equal([
      "members[2]: must have an id or an email",
      "members[4]: is the same as [0]: list each element once",
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
        await listFailures({ accountId: unknown, userGroupId: unknown, members }),
        JSON.stringify(members),
      ).to.deep.equal([]);
  });
});
