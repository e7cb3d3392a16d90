import { expect } from "chai";
import { accountId, callsOf, closeAccounts, members, simulated } from "./online";

const { zoe, adam, maria } = members;
const userGroupId = "a".repeat(32);
const group = { accountId, userGroupId };
const byId = (memberId: string) => ({ ...group, memberId });
const nameOf = { [zoe]: "zoe", [adam]: "adam", [maria]: "maria" };
const outsOf = (memberId: keyof typeof nameOf) => ({ ...byId(memberId), email: `${nameOf[memberId]}@example.com` });
const idOf = (memberId: string) => `${userGroupId}/${memberId}`;
const setOf = (...ids: string[]) => ({ ...group, members: ids.map((id) => ({ id })) });

async function withGroup(...present: string[]) {
  const scene = await simulated();
  scene.account.addUserGroup({ id: userGroupId, name: "Admins", members: present });
  return { ...scene, idsIn: () => scene.account.groupMembers(userGroupId).map(({ id }) => id) };
}

// As the engine does it for each resource of a program, one after the other; what is dropped is deleted last.
describe("the members of a group whose owner changes within one run", () => {
  afterEach(closeAccounts);

  it("stay when a single one is taken up by another resource, by id or by address", async () => {
    for (const person of [{ memberId: zoe }, { email: "Zoe@example.com" }]) {
      const { userGroupMember, idsIn } = await withGroup(zoe);
      const wanted = { ...group, ...person };
      await userGroupMember.check({}, wanted);
      await userGroupMember.create(wanted);
      await userGroupMember.delete(idOf(zoe), outsOf(zoe));
      expect(idsIn()).to.deep.equal([zoe]);
    }
  });

  it("stay when a single one is deleted before the resource that takes its place has run", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe);
    await userGroupMember.check({}, { ...group, email: "ZOE@example.com" });
    const { calls } = await callsOf(simulator, () => userGroupMember.delete(idOf(zoe), outsOf(zoe)));
    expect(calls).to.deep.equal([]);
    expect(idsIn()).to.deep.equal([zoe]);
  });

  it("are those of the set when single ones become a set", async () => {
    const { simulator, userGroupMember, userGroupMembers, idsIn } = await withGroup(zoe, adam);
    const wanted = setOf(zoe, adam, maria);
    await userGroupMembers.check({}, wanted);
    await userGroupMembers.create(wanted);
    await userGroupMember.delete(idOf(zoe), outsOf(zoe));
    await userGroupMember.delete(idOf(adam), outsOf(adam));
    expect(simulator.journal.count({ method: "DELETE" })).to.equal(0);
    expect(idsIn()).to.have.members([zoe, adam, maria]);
  });

  it("are the single ones alone when a set becomes single ones", async () => {
    const { simulator, userGroupMember, userGroupMembers, idsIn } = await withGroup(zoe, adam);
    for (const wanted of [byId(zoe), { ...group, email: "maria@example.com" }]) {
      await userGroupMember.check({}, wanted);
      await userGroupMember.create(wanted);
    }
    const path = `/iam/user_groups/${userGroupId}/members`;
    const { calls } = await callsOf(simulator, () => userGroupMembers.delete(userGroupId, setOf(zoe, adam)));
    expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, [{ id: maria }, { id: zoe }]]]);
    expect(idsIn()).to.have.members([zoe, maria]);
  });

  it("are nobody, and no call is made for them, when the group goes with its set of members", async () => {
    const { account, userGroupMember, userGroupMembers } = await withGroup(zoe);
    await userGroupMember.check({}, byId(zoe));
    account.deleteUserGroup(userGroupId);
    await userGroupMembers.delete(userGroupId, setOf(zoe));
    expect(account.userGroups()).to.deep.equal([]);
  });

  it("are whom the program says also when a removal and an addition are under way at once", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe);
    // The removal is slow: an addition that did not wait for it would be undone.
    simulator.faults.add({ method: "DELETE", fault: { delayMs: 200 } });
    const removal = userGroupMember.delete(idOf(zoe), outsOf(zoe));
    await Promise.resolve();
    await userGroupMember.check({}, byId(zoe));
    await Promise.all([removal, userGroupMember.create(byId(zoe))]);
    expect(simulator.journal.requests.map(({ method }) => method)).to.deep.equal(["DELETE", "POST"]);
    expect(idsIn()).to.deep.equal([zoe]);
  });
});
