import { expect } from "chai";
import { accountId, createOfflineLifecycles, formatFailures, idOf, ids, unknown } from "./offline";

const { userGroupMember } = createOfflineLifecycles();
const userGroupId = idOf(9);
const memberId = idOf(1);

async function listFailures(inputs: Record<string, unknown>): Promise<string[]> {
  return formatFailures(await userGroupMember.check({}, inputs));
}

describe("Check of UserGroupMember", () => {
  it("accepts a person by id or email and fills in the account", async () => {
    expect(await userGroupMember.check({}, { userGroupId, memberId, __provider: "code" })).to.deep.equal({
      inputs: { accountId, userGroupId, memberId },
      failures: [],
    });
    expect(await listFailures({ userGroupId, email: "ada@example.com" })).to.deep.equal([]);
  });

  it("requires exactly one of memberId and email, also beside other errors", async () => {
    expect(await listFailures({ userGroupId })).to.deep.equal(["memberId: is required unless email is set"]);
    expect(await listFailures({ userGroupId, memberId, email: "ada@example.com" })).to.deep.equal([
      "email: is set beside memberId: give one of the two",
    ]);
    expect(await listFailures({ userGroupId: "Admins", member: memberId })).to.deep.equal([
      "member: is not a property of this resource: check the spelling",
      "memberId: is required unless email is set",
      "userGroupId: must be an id of 32 characters, not of 6",
    ]);
  });

  it("rejects invalid ids and emails", async () => {
    expect(await listFailures({ accountId: "", userGroupId: 5, memberId: "zoe" })).to.deep.equal([
      "accountId: must be an id of 32 characters, not of 0",
      "memberId: must be an id of 32 characters, not of 3",
      "userGroupId: must be a string",
    ]);
    expect(await listFailures({ email: "zoe" })).to.deep.equal([
      "email: must be an email address, such as ada@example.com",
      "userGroupId: is required",
    ]);
  });

  it("accepts unknown values during preview", async () => {
    for (const person of [{ memberId: unknown }, { email: unknown }, { memberId: unknown, email: unknown }])
      expect(await listFailures({ accountId: unknown, userGroupId: unknown, ...person })).to.deep.equal([]);
    expect(await listFailures({ userGroupId, memberId, email: unknown })).to.deep.equal([]);
  });

  it("requires an import id that names the group and the member", async () => {
    const importing = (importId: string) => listFailures({ userGroupId, memberId, importId });
    expect(await importing(`${userGroupId}/${memberId}`)).to.deep.equal([]);
    for (const id of [memberId, `${userGroupId}/`, `${userGroupId}/${memberId}/x`, `${userGroupId}/../x`])
      expect(await importing(id), id).to.deep.equal(["import: must be <id of the user group>/<id of the member>"]);
  });
});

describe("Conflicting resources for one group's members", () => {
  const asMembers = { userGroupId, members: ids(1) };
  const asMember = { userGroupId, memberId };
  const ofMembers = "is also the group of a UserGroupMember, and the two undo each other";
  const ofMember = "is also the group of a UserGroupMembers, and the two undo each other";

  it("rejects both resources on one group at preview, in either order", async () => {
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

  it("accepts different groups, different accounts and several single members of a group", async () => {
    const { userGroupMember, userGroupMembers } = createOfflineLifecycles();
    const checks = [
      userGroupMembers.check({}, asMembers),
      userGroupMembers.check({}, asMembers),
      userGroupMember.check({}, { ...asMember, userGroupId: idOf(8) }),
      userGroupMember.check({}, { ...asMember, userGroupId: idOf(8), memberId: idOf(2) }),
      userGroupMember.check({}, { ...asMember, accountId: idOf(7) }),
    ];
    expect((await Promise.all(checks)).flatMap(formatFailures)).to.deep.equal([]);
  });

  it("accepts an unknown group and rejects the conflict when it is known", async () => {
    const { userGroupMember, userGroupMembers } = createOfflineLifecycles();
    expect(formatFailures(await userGroupMembers.check({}, { ...asMembers, userGroupId: unknown }))).to.deep.equal([]);
    expect(formatFailures(await userGroupMember.check({}, { ...asMember, userGroupId: unknown }))).to.deep.equal([]);
    await userGroupMembers.check({}, asMembers);
    expect(formatFailures(await userGroupMember.check({}, asMember))).to.have.length(1);
  });
});

describe("Diff of UserGroupMember", () => {
  const email = "zoe@example.com";
  const stored = { accountId, userGroupId, memberId, email, status: "accepted" };
  const diff = (news: { accountId?: string; userGroupId?: string; memberId?: string; email?: string }) =>
    userGroupMember.diff(`${userGroupId}/${memberId}`, stored, { accountId, userGroupId, ...news });
  const replaced = (...replaces: string[]) => ({ replaces, deleteBeforeReplace: true });

  it("treats id, email and another case of one person alike", async () => {
    for (const person of [{ memberId }, { email }, { email: "Zoe@Example.com" }])
      expect(await diff(person)).to.deep.equal({ changes: false });
  });

  it("replaces for another person, group or account", async () => {
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
