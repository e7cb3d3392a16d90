import { expect } from "chai";
import { accountId, createOfflineLifecycles, formatFailures, idOf, ids, unknown } from "./offline";

const { userGroupMember } = createOfflineLifecycles();
const userGroupId = idOf(9);
const memberId = idOf(1);

async function failuresOf(inputs: Record<string, unknown>): Promise<string[]> {
  return formatFailures(await userGroupMember.check({}, inputs));
}

describe("UserGroupMember.check", () => {
  it("accepts a person by id or email and fills in the account", async () => {
    expect(await userGroupMember.check({}, { userGroupId, memberId, __provider: "code" })).to.deep.equal({
      inputs: { accountId, userGroupId, memberId },
      failures: [],
    });
    expect(await failuresOf({ userGroupId, email: "ada@example.com" })).to.deep.equal([]);
  });

  it("requires either memberId or email, also beside other errors", async () => {
    expect(await failuresOf({ userGroupId })).to.deep.equal(["memberId: is required unless email is set"]);
    expect(await failuresOf({ userGroupId, memberId, email: "ada@example.com" })).to.deep.equal([
      "email: is set beside memberId: give one of the two",
    ]);
    expect(await failuresOf({ userGroupId: "Admins", member: memberId })).to.deep.equal([
      "member: is not a property of this resource: check the spelling",
      "memberId: is required unless email is set",
      'userGroupId: must be an id of 32 characters, not "Admins"',
    ]);
  });

  it("rejects invalid ids and emails", async () => {
    expect(await failuresOf({ accountId: "", userGroupId: 5, memberId: "zoe" })).to.deep.equal([
      'accountId: must be an id of 32 characters, not ""',
      'memberId: must be an id of 32 characters, not "zoe"',
      "userGroupId: must be a string, not 5",
    ]);
    expect(await failuresOf({ email: "zoe" })).to.deep.equal([
      'email: must be an email address, such as ada@example.com, not "zoe"',
      "userGroupId: is required",
    ]);
  });

  it("accepts unknown values at any depth during preview", async () => {
    for (const person of [{ memberId: unknown }, { email: unknown }, { memberId: unknown, email: unknown }])
      expect(await failuresOf({ accountId: unknown, userGroupId: unknown, ...person })).to.deep.equal([]);
    expect(await failuresOf({ userGroupId, memberId, email: unknown })).to.deep.equal([]);
  });

  it("requires an import id with the ids of the group and the member", async () => {
    const importing = (importId: string) => failuresOf({ userGroupId, memberId, importId });
    expect(await importing(`${userGroupId}/${memberId}`)).to.deep.equal([]);
    for (const id of [memberId, `${userGroupId}/`, `${userGroupId}/${memberId}/x`, `${userGroupId}/../x`])
      expect(await importing(id), id).to.deep.equal(["import: must be <id of the user group>/<id of the member>"]);
  });
});

describe("Two resources that manage the members of one group", () => {
  const asMembers = { userGroupId, members: ids(1) };
  const asMember = { userGroupId, memberId };
  const ofMembers = "is also the group of a UserGroupMember, and the two undo each other";
  const ofMember = "is also the group of a UserGroupMembers, and the two undo each other";

  it("are rejected at preview, whichever comes first", async () => {
    const setFirst = createOfflineLifecycles();
    expect(formatFailures(await setFirst.userGroupMembers.check({}, asMembers))).to.deep.equal([]);
    expect(formatFailures(await setFirst.userGroupMember.check({}, asMember)).join()).to.contain(
      `userGroupId: ${ofMember}`,
    );
    const singleFirst = createOfflineLifecycles();
    expect(formatFailures(await singleFirst.userGroupMember.check({}, asMember))).to.deep.equal([]);
    expect(formatFailures(await singleFirst.userGroupMembers.check({}, asMembers)).join()).to.contain(
      `userGroupId: ${ofMembers}`,
    );
  });

  it("are accepted when their groups or accounts differ, or both are UserGroupMember", async () => {
    const { userGroupMember, userGroupMembers } = createOfflineLifecycles();
    const checks = [
      userGroupMembers.check({}, asMembers),
      userGroupMember.check({}, { ...asMember, userGroupId: idOf(8) }),
      userGroupMember.check({}, { ...asMember, userGroupId: idOf(8), memberId: idOf(2) }),
      userGroupMember.check({}, { ...asMember, accountId: idOf(7) }),
    ];
    expect((await Promise.all(checks)).flatMap(formatFailures)).to.deep.equal([]);
  });

  it("are rejected when both are UserGroupMembers, unless one replaces the other", async () => {
    const twice = "is the group of two UserGroupMembers of this program, and the two undo each other";
    const two = createOfflineLifecycles();
    expect(formatFailures(await two.userGroupMembers.check({}, asMembers))).to.deep.equal([]);
    expect(formatFailures(await two.userGroupMembers.check({}, asMembers)).join()).to.contain(`userGroupId: ${twice}`);
    const replaced = createOfflineLifecycles();
    const stored = { accountId, ...asMembers };
    const news = { ...stored, members: ids(1, 2) };
    for (const olds of [stored, {}])
      expect(formatFailures(await replaced.userGroupMembers.check(olds, news))).to.deep.equal([]);
  });

  it("are rejected in the diff of the unchanged one when the other is new", async () => {
    const stored = { accountId, ...asMembers };
    const newFirst = createOfflineLifecycles();
    await newFirst.userGroupMembers.check({}, { accountId, userGroupId, members: ids(2) });
    expect(formatFailures(await newFirst.userGroupMembers.check(stored, stored))).to.deep.equal([]);
    const failure = await newFirst.userGroupMembers.diff(userGroupId, stored, stored).catch(String);
    expect(failure).to.contain(
      `Could not set the members of the user group ${userGroupId}: the group is the group of two`,
    );
    const newLast = createOfflineLifecycles();
    await newLast.userGroupMembers.check(stored, stored);
    await newLast.userGroupMembers.diff(userGroupId, stored, stored);
    const other = { ...asMembers, members: ids(2) };
    expect(formatFailures(await newLast.userGroupMembers.check({}, other))).to.have.length(1);
  });

  it("are accepted in a refresh, which calls diff without check", async () => {
    const { userGroupMembers } = createOfflineLifecycles();
    const stored = { accountId, ...asMembers };
    expect(await userGroupMembers.diff(userGroupId, stored, stored)).to.deep.equal({ changes: false });
    expect(formatFailures(await userGroupMembers.check(stored, stored))).to.deep.equal([]);
    expect(await userGroupMembers.diff(userGroupId, stored, stored)).to.deep.equal({ changes: false });
  });

  it("are accepted while the group is unknown and rejected when it is known", async () => {
    const { userGroupMember, userGroupMembers } = createOfflineLifecycles();
    expect(formatFailures(await userGroupMembers.check({}, { ...asMembers, userGroupId: unknown }))).to.deep.equal([]);
    expect(formatFailures(await userGroupMember.check({}, { ...asMember, userGroupId: unknown }))).to.deep.equal([]);
    await userGroupMembers.check({}, asMembers);
    expect(formatFailures(await userGroupMember.check({}, asMember))).to.have.length(1);
  });
});

describe("UserGroupMember.diff", () => {
  const email = "zoe@example.com";
  const stored = { accountId, userGroupId, memberId, email, status: "accepted" };
  const diff = (news: { accountId?: string; userGroupId?: string; memberId?: string; email?: string }) =>
    userGroupMember.diff(`${userGroupId}/${memberId}`, stored, { accountId, userGroupId, ...news });
  const replaced = (...replaces: string[]) => ({ replaces, deleteBeforeReplace: true });

  it("treats an id and an email in any case as the same person", async () => {
    for (const person of [{ memberId }, { email }, { email: "Zoe@Example.com" }])
      expect(await diff(person)).to.deep.equal({ changes: false });
  });

  it("replaces the resource when the person, group or account changes", async () => {
    expect(await diff({ memberId: idOf(2) })).to.deep.equal(replaced("memberId"));
    expect(await diff({ email: "adam@example.com" })).to.deep.equal(replaced("email"));
    expect(await diff({ email: unknown })).to.deep.equal(replaced("email"));
    expect(await diff({ memberId, userGroupId: idOf(8) })).to.deep.equal(replaced("userGroupId"));
    expect(await diff({ memberId, accountId: idOf(8) })).to.deep.equal(replaced("accountId"));
  });

  it("rejects a replacement while the import option is set", async () => {
    const news = { accountId, userGroupId, memberId: idOf(2), importId: `${userGroupId}/${memberId}` };
    const failure = await userGroupMember.diff(news.importId, stored, news).catch(String);
    expect(failure).to.contain("Could not replace this resource: a change of memberId replaces it");
  });
});
