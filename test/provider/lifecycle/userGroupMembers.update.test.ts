import { expect } from "chai";
import { success } from "../cloudflare/scriptedServer";
import { accountId, callsOf, closeAccounts, errorOf, expectNoUndefined, members, scripted, simulated } from "./online";

const ids = (...all: string[]) => all.map((id) => ({ id }));
const { zoe, adam, maria, ben } = members;
const userGroupId = "a".repeat(32);
const inputs = { accountId, userGroupId, members: ids(zoe, adam) };

async function withGroup(...present: string[]) {
  const scene = await simulated();
  scene.account.addUserGroup({ id: userGroupId, name: "Admins", members: present });
  return { ...scene, path: `/iam/user_groups/${userGroupId}/members` };
}

describe("update of UserGroupMembers", () => {
  afterEach(closeAccounts);

  it("replaces the whole set with one call, a bare list of ids, and returns the program's order", async () => {
    const { simulator, account, userGroupMembers, path } = await withGroup(zoe, adam, maria);
    const news = { ...inputs, members: ids(zoe, ben, adam) };
    const { result, calls } = await callsOf(simulator, () => userGroupMembers.update(userGroupId, inputs, news));
    expect(calls).to.deep.equal([[`PUT ${path}`, ids(zoe, ben, adam)]]);
    expect(account.groupMembers(userGroupId).map(({ id }) => id)).to.deep.equal([adam, ben, zoe]);
    expect(result.outs?.members).to.deep.equal([
      { id: zoe, email: "zoe@example.com", status: "accepted" },
      { id: ben, email: "ben@example.com", status: "pending" },
      { id: adam, email: "adam@example.com", status: "accepted" },
    ]);
    expectNoUndefined(result);
  });

  it("empties the group with one call, whose result is null", async () => {
    const { simulator, account, userGroupMembers, path } = await withGroup(zoe, adam);
    const { result, calls } = await callsOf(simulator, () =>
      userGroupMembers.update(userGroupId, inputs, { ...inputs, members: [] }),
    );
    expect(calls).to.deep.equal([[`PUT ${path}`, []]]);
    expect(account.groupMembers(userGroupId)).to.deep.equal([]);
    expect(result.outs).to.deep.equal({ ...inputs, members: [] });
  });

  it("reads the list where the answer does not hold exactly whom the program lists", async () => {
    for (const answered of [null, [{ id: zoe }], [{ id: zoe }, { id: adam }, { id: maria }]]) {
      const { userGroupMembers, server } = await scripted(success(answered), success(ids(adam, zoe)));
      const { outs } = await userGroupMembers.update(userGroupId, inputs, inputs);
      expect(outs?.members).to.deep.equal(ids(zoe, adam));
      expect(server.requests.map(({ method }) => method)).to.deep.equal(["PUT", "GET"]);
    }
  });

  it("fails when the group then holds others than the program lists, and says whom", async () => {
    const stranger = { id: maria, email: "maria@example.com" };
    const { userGroupMembers } = await scripted(success(null), success([{ id: zoe }, stranger]));
    const { message } = await errorOf(userGroupMembers.update(userGroupId, inputs, inputs));
    expect(message).to.contain(`Could not set the members of the user group ${userGroupId}`);
    expect(message).to.contain(`missing: ${adam}; not listed: maria@example.com`);
  });

  it("fails where the group is gone", async () => {
    const { account, userGroupMembers } = await withGroup();
    account.deleteUserGroup(userGroupId);
    const { message } = await errorOf(userGroupMembers.update(userGroupId, inputs, inputs));
    expect(message).to.contain("404").and.to.contain("User group not found");
  });
});

describe("a user group of 120 members", () => {
  afterEach(closeAccounts);

  it("is made with one call, read with one, and kept in the program's order throughout", async () => {
    const { simulator, account, userGroupMembers, path } = await withGroup();
    const everybody = Array.from({ length: 120 }, (_, index) => {
      const id = index.toString(16).padStart(32, "e");
      account.addMember({ id, email: `${String((index * 37) % 120).padStart(3, "0")}@example.com` });
      return { id };
    });
    const wanted = { ...inputs, members: everybody };
    const created = await callsOf(simulator, () => userGroupMembers.create(wanted));
    expect(created.calls).to.deep.equal([[`POST ${path}`, everybody]]);
    expect(created.result.outs?.members.map(({ id }) => ({ id }))).to.deep.equal(everybody);

    const read = await callsOf(simulator, () => userGroupMembers.read(userGroupId, created.result.outs));
    expect(read.calls).to.deep.equal([`GET ${path}`]);
    expect(read.result.props).to.deep.equal(created.result.outs);
    expect(read.result.inputs).to.deep.equal(wanted);

    const fewer = { ...inputs, members: everybody.toReversed().slice(1) };
    const { outs } = await userGroupMembers.update(userGroupId, { ...wanted, members: everybody }, fewer);
    expect(outs?.members.map(({ id }) => ({ id }))).to.deep.equal(fewer.members);
    expect(account.groupMembers(userGroupId)).to.have.length(119);
  });
});
