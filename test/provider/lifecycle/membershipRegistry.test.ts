import { expect } from "chai";
import { accountId, closeAccounts, members, recordRequests, simulateAccount } from "./online";

const { zoe, adam, maria } = members;
const userGroupId = "a".repeat(32);
const group = { accountId, userGroupId };
const byId = (memberId: string) => ({ ...group, memberId });
const nameOf = { [zoe]: "zoe", [adam]: "adam", [maria]: "maria" };
const outsOf = (memberId: keyof typeof nameOf) => ({ ...byId(memberId), email: `${nameOf[memberId]}@example.com` });
const idOf = (memberId: string) => `${userGroupId}/${memberId}`;
const setOf = (...ids: string[]) => ({ ...group, members: ids.map((id) => ({ id })) });

async function setUpGroup(...memberIds: string[]) {
  const simulated = await simulateAccount();
  simulated.account.addUserGroup({ id: userGroupId, name: "Admins", members: memberIds });
  return { ...simulated, listMemberIds: () => simulated.account.groupMembers(userGroupId).map(({ id }) => id) };
}

// The tests call the operations in the engine's order: checks and creates first, deletes of removed resources last.
describe("Members that change resources within one run", () => {
  afterEach(closeAccounts);

  it("keeps a member that another resource adds, by id or email", async () => {
    for (const person of [{ memberId: zoe }, { email: "Zoe@example.com" }]) {
      const { userGroupMember, listMemberIds } = await setUpGroup(zoe);
      const desired = { ...group, ...person };
      await userGroupMember.check({}, desired);
      await userGroupMember.create(desired);
      await userGroupMember.delete(idOf(zoe), outsOf(zoe));
      expect(listMemberIds()).to.deep.equal([zoe]);
    }
  });

  it("keeps a member when its new resource has not run yet", async () => {
    const { simulator, userGroupMember, listMemberIds } = await setUpGroup(zoe);
    await userGroupMember.check({}, { ...group, email: "ZOE@example.com" });
    const { calls } = await recordRequests(simulator, () => userGroupMember.delete(idOf(zoe), outsOf(zoe)));
    expect(calls).to.deep.equal([]);
    expect(listMemberIds()).to.deep.equal([zoe]);
  });

  it("keeps the set when single members become a set", async () => {
    const { simulator, userGroupMember, userGroupMembers, listMemberIds } = await setUpGroup(zoe, adam);
    const desired = setOf(zoe, adam, maria);
    await userGroupMembers.check({}, desired);
    await userGroupMembers.create(desired);
    await userGroupMember.delete(idOf(zoe), outsOf(zoe));
    await userGroupMember.delete(idOf(adam), outsOf(adam));
    expect(simulator.journal.count({ method: "DELETE" })).to.equal(0);
    expect(listMemberIds()).to.have.members([zoe, adam, maria]);
  });

  it("keeps only the single members when a set becomes single members", async () => {
    const { simulator, userGroupMember, userGroupMembers, listMemberIds } = await setUpGroup(zoe, adam);
    for (const desired of [byId(zoe), { ...group, email: "maria@example.com" }]) {
      await userGroupMember.check({}, desired);
      await userGroupMember.create(desired);
    }
    const path = `/iam/user_groups/${userGroupId}/members`;
    const { calls } = await recordRequests(simulator, () => userGroupMembers.delete(userGroupId, setOf(zoe, adam)));
    expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, [{ id: maria }, { id: zoe }]]]);
    expect(listMemberIds()).to.have.members([zoe, maria]);
  });

  it("sends no request when the group is deleted with its members", async () => {
    const { account, userGroupMember, userGroupMembers } = await setUpGroup(zoe);
    await userGroupMember.check({}, byId(zoe));
    account.deleteUserGroup(userGroupId);
    await userGroupMembers.delete(userGroupId, setOf(zoe));
    expect(account.userGroups()).to.deep.equal([]);
  });

  it("keeps a member when its removal and addition run at once", async () => {
    const { simulator, userGroupMember, listMemberIds } = await setUpGroup(zoe);
    // The removal is slow. It would undo an addition that does not wait for it.
    simulator.faults.add({ method: "DELETE", fault: { delayMs: 200 } });
    const removal = userGroupMember.delete(idOf(zoe), outsOf(zoe));
    await Promise.resolve();
    await userGroupMember.check({}, byId(zoe));
    await Promise.all([removal, userGroupMember.create(byId(zoe))]);
    expect(simulator.journal.requests.map(({ method }) => method)).to.deep.equal(["DELETE", "POST"]);
    expect(listMemberIds()).to.deep.equal([zoe]);
  });
});
