import { expect } from "chai";
import { path, userGroupId, withGroup } from "./groupWithMembers";
import { accountId, catchError, closeAccounts, declare, logDuring, members, recordRequests } from "./online";

const { zoe, adam, maria, ben } = members;
const group = { accountId, userGroupId };
const byId = (memberId: string) => ({ ...group, memberId });
const byEmail = (email: string) => ({ ...group, email });
const nameOf = { [zoe]: "zoe", [adam]: "adam", [maria]: "maria" };
const outsOf = (memberId: keyof typeof nameOf) => ({ ...byId(memberId), email: `${nameOf[memberId]}@example.com` });
const idOf = (memberId: string) => `${userGroupId}/${memberId}`;
const setOf = (...ids: string[]) => ({ ...group, members: ids.map((id) => ({ id })) });

const writesOf = (calls: unknown[]) => calls.filter((call) => !String(call).startsWith("GET "));

// These tests call the lifecycles in the engine's order: every resource in turn, and the deletions last.
describe("Members that move between resources in one run", () => {
  afterEach(closeAccounts);

  it("stay in the group when another UserGroupMember takes over, by id or email", async () => {
    for (const person of [{ memberId: zoe }, { email: "Zoe@example.com" }]) {
      const { userGroupMember, idsIn } = await withGroup(zoe);
      const desired = { ...group, ...person };
      await userGroupMember.check({}, desired);
      await userGroupMember.create(desired);
      const lines = await logDuring(() => userGroupMember.delete(idOf(zoe), outsOf(zoe)));
      expect(lines).to.deep.equal([]);
      expect(idsIn()).to.deep.equal([zoe]);
    }
  });

  it("stay in the group when the old resource is deleted before the new create", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe);
    await userGroupMember.check({}, byEmail("ZOE@example.com"));
    const { calls } = await recordRequests(simulator, () => userGroupMember.delete(idOf(zoe), outsOf(zoe)));
    expect(writesOf(calls)).to.deep.equal([]);
    expect(idsIn()).to.deep.equal([zoe]);
  });

  it("stay in the group when a forced replacement skips the diff", async () => {
    const { simulator, userGroupMember, userGroupMembers, idsIn } = await withGroup(zoe);
    await userGroupMember.check({}, byId(zoe));
    const single = await recordRequests(simulator, () => userGroupMember.delete(idOf(zoe), outsOf(zoe)));
    expect(single.calls).to.deep.equal([]);
    const nextRun = await withGroup(zoe, adam);
    await nextRun.userGroupMembers.check({}, setOf(zoe, adam));
    const set = await recordRequests(nextRun.simulator, () =>
      nextRun.userGroupMembers.delete(userGroupId, setOf(zoe, adam)),
    );
    expect(set.calls).to.deep.equal([]);
    expect(idsIn()).to.deep.equal([zoe]);
    expect(userGroupMembers).to.not.equal(undefined);
  });

  it("stay in the group when UserGroupMembers replaces several UserGroupMember resources", async () => {
    const { simulator, userGroupMember, userGroupMembers, idsIn } = await withGroup(zoe, adam);
    const desired = setOf(zoe, adam, maria);
    await userGroupMembers.check({}, desired);
    await userGroupMembers.create(desired);
    await userGroupMember.delete(idOf(zoe), outsOf(zoe));
    await userGroupMember.delete(idOf(adam), outsOf(adam));
    expect(simulator.journal.count({ method: "DELETE" })).to.equal(0);
    expect(idsIn()).to.have.members([zoe, adam, maria]);
  });

  it("are only the declared ones when UserGroupMember resources replace UserGroupMembers", async () => {
    const { simulator, userGroupMember, userGroupMembers, idsIn } = await withGroup(zoe, adam);
    for (const desired of [byId(zoe), byEmail("maria@example.com")]) {
      await userGroupMember.check({}, desired);
      await userGroupMember.create(desired);
    }
    const lines = await logDuring(async () => {
      const { calls } = await recordRequests(simulator, () => userGroupMembers.delete(userGroupId, setOf(zoe, adam)));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, [{ id: maria }, { id: zoe }]]]);
    });
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: adam@example.com.`]);
    expect(idsIn()).to.have.members([zoe, maria]);
  });

  it("need no write when their group is deleted together with its UserGroupMembers", async () => {
    const { simulator, account, userGroupMember, userGroupMembers } = await withGroup(zoe);
    await userGroupMember.check({}, byId(zoe));
    account.deleteUserGroup(userGroupId);
    const { calls } = await recordRequests(simulator, () => userGroupMembers.delete(userGroupId, setOf(zoe)));
    expect(writesOf(calls)).to.deep.equal([]);
    expect(account.userGroups()).to.deep.equal([]);
  });

  it("match the program when a removal and an addition overlap", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe);
    // The removal is slow. It would undo an addition that did not wait for it.
    simulator.faults.add({ method: "DELETE", fault: { delayMs: 200 } });
    const removal = userGroupMember.delete(idOf(zoe), outsOf(zoe));
    await Promise.resolve();
    await userGroupMember.check({}, byId(zoe));
    await Promise.all([removal, userGroupMember.create(byId(zoe))]);
    expect(simulator.journal.requests.map(({ method }) => method)).to.deep.equal(["DELETE", "POST"]);
    expect(idsIn()).to.deep.equal([zoe]);
  });
});

describe("The members of a group after emails moved between people", () => {
  afterEach(closeAccounts);

  it("include the current owner of an email and exclude the former owner", async () => {
    const { account, userGroupMember, idsIn } = await withGroup(zoe, adam);
    // The state contains zoe with an email that now belongs to adam, and the program names that email.
    await userGroupMember.check({}, byEmail("adam@example.com"));
    const stored = { ...byId(zoe), email: "adam@example.com" };
    await logDuring(() => userGroupMember.delete(idOf(zoe), stored));
    expect(idsIn()).to.deep.equal([adam]);
    expect(account.members().length).to.be.greaterThan(1);
  });

  it("include a person whose new email the program names", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe);
    const stored = { ...byId(zoe), email: "zoe.before@example.com" };
    const result = await declare(userGroupMember, idOf(zoe), stored, byEmail("zoe@example.com"));
    expect(result.replaces).to.deep.equal(["email"]);
    const { calls } = await recordRequests(simulator, () => userGroupMember.delete(idOf(zoe), stored));
    expect(writesOf(calls)).to.deep.equal([]);
    expect(idsIn()).to.deep.equal([zoe]);
  });

  it("exclude an unlisted person when an email of the program belongs to nobody", async () => {
    const { userGroupMember, idsIn } = await withGroup(zoe, adam);
    await userGroupMember.check({}, byEmail("nobody@example.com"));
    await logDuring(() => userGroupMember.delete(idOf(zoe), outsOf(zoe)));
    expect(idsIn()).to.deep.equal([adam]);
  });

  it("are matched through the account's members when the group's list has no emails", async () => {
    for (const [kept, email] of [
      [zoe, "zoe@example.com"],
      [adam, "adam@example.com"],
    ] as const) {
      const scene = await withGroup(zoe, adam);
      const members = [{ id: zoe }, { id: adam }];
      const json = { success: true, errors: [], messages: [], result: members };
      scene.simulator.faults.add({ method: "GET", path: "/user_groups", fault: { json } });
      await scene.userGroupMember.check({}, byEmail(email));
      await logDuring(() => scene.userGroupMember.delete(idOf(zoe), byId(zoe)));
      expect(scene.idsIn().includes(zoe), email).to.equal(kept === zoe);
    }
  });
});

describe("Two UserGroupMembers of the same group", () => {
  afterEach(closeAccounts);

  it("fail at the create of one when the other exists and changes", async () => {
    const { userGroupMembers, idsIn } = await withGroup(zoe);
    await declare(userGroupMembers, userGroupId, setOf(zoe), setOf(zoe, adam));
    const { inputs } = await userGroupMembers.check({}, setOf(ben));
    const { message } = await catchError(userGroupMembers.create(inputs));
    expect(message).to.contain("is the group of two UserGroupMembers of this program");
    expect(idsIn()).to.deep.equal([zoe]);
  });

  it("fail at the import of one when the other exists and changes", async () => {
    const { userGroupMembers } = await withGroup(zoe);
    await declare(userGroupMembers, userGroupId, setOf(zoe), setOf(zoe, adam));
    const { inputs } = await userGroupMembers.check({}, { ...setOf(zoe), importId: userGroupId });
    const { message } = await catchError(userGroupMembers.create(inputs));
    expect(message).to.contain("is the group of two UserGroupMembers of this program");
  });

  it("fail at the existing one's diff when the new one came first", async () => {
    const { userGroupMembers, idsIn } = await withGroup(zoe);
    const { inputs } = await userGroupMembers.check({}, { ...setOf(maria), removeOthers: true });
    await logDuring(() => userGroupMembers.create(inputs));
    const { message } = await catchError(declare(userGroupMembers, userGroupId, setOf(zoe), setOf(zoe, adam)));
    expect(message).to.contain("is the group of two UserGroupMembers of this program");
    expect(idsIn()).to.deep.equal([maria]);
  });

  it("are accepted when one is the replacement of the other", async () => {
    const { userGroupMembers, idsIn } = await withGroup(zoe);
    const news = setOf(adam);
    await declare(userGroupMembers, userGroupId, setOf(zoe), news);
    // replaceOnChanges turns the update into a replacement.
    await userGroupMembers.check({}, news);
    await logDuring(async () => {
      await userGroupMembers.delete(userGroupId, setOf(zoe));
      await userGroupMembers.create(news);
    });
    expect(idsIn()).to.deep.equal([adam]);
  });

  it("keep the members of the declared one when the other is dropped", async () => {
    const { userGroupMembers, idsIn } = await withGroup(zoe, adam, maria);
    await declare(userGroupMembers, userGroupId, setOf(zoe, adam), setOf(zoe, adam));
    const lines = await logDuring(() => userGroupMembers.delete(userGroupId, setOf(zoe, maria)));
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: maria@example.com.`]);
    expect(idsIn()).to.have.members([zoe, adam]);
  });

  it("empty the group in a destroy, which declares nothing", async () => {
    const { userGroupMembers, idsIn } = await withGroup(zoe, adam);
    await logDuring(() => userGroupMembers.delete(userGroupId, setOf(zoe)));
    expect(idsIn()).to.deep.equal([]);
  });
});
