import { expect } from "chai";
import { success } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  expectNoUndefined,
  members,
  recordRequests,
  scriptResponses,
  simulateAccount,
} from "./online";

const ids = (...all: string[]) => all.map((id) => ({ id }));
const { zoe, adam, maria, ben } = members;
const userGroupId = "a".repeat(32);
const inputs = { accountId, userGroupId, members: ids(zoe, adam) };

async function setUpGroup(...memberIds: string[]) {
  const simulated = await simulateAccount();
  simulated.account.addUserGroup({ id: userGroupId, name: "Admins", members: memberIds });
  return { ...simulated, path: `/iam/user_groups/${userGroupId}/members` };
}

describe("Update of UserGroupMembers", () => {
  afterEach(closeAccounts);

  it("replaces the whole set with one request and returns the program's order", async () => {
    const { simulator, account, userGroupMembers, path } = await setUpGroup(zoe, adam, maria);
    const news = { ...inputs, members: ids(zoe, ben, adam) };
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.update(userGroupId, inputs, news));
    expect(calls).to.deep.equal([[`PUT ${path}`, ids(zoe, ben, adam)]]);
    expect(account.groupMembers(userGroupId).map(({ id }) => id)).to.deep.equal([adam, ben, zoe]);
    expect(result.outs?.members).to.deep.equal([
      { id: zoe, email: "zoe@example.com", status: "accepted" },
      { id: ben, email: "ben@example.com", status: "pending" },
      { id: adam, email: "adam@example.com", status: "accepted" },
    ]);
    expectNoUndefined(result);
  });

  it("empties the group with one request and accepts a null result", async () => {
    const { simulator, account, userGroupMembers, path } = await setUpGroup(zoe, adam);
    const { result, calls } = await recordRequests(simulator, () =>
      userGroupMembers.update(userGroupId, inputs, { ...inputs, members: [] }),
    );
    expect(calls).to.deep.equal([[`PUT ${path}`, []]]);
    expect(account.groupMembers(userGroupId)).to.deep.equal([]);
    expect(result.outs).to.deep.equal({ ...inputs, members: [] });
  });

  it("reads the list when the response differs from the program", async () => {
    for (const result of [null, [{ id: zoe }], [{ id: zoe }, { id: adam }, { id: maria }]]) {
      const { userGroupMembers, server } = await scriptResponses(success(result), success(ids(adam, zoe)));
      const { outs } = await userGroupMembers.update(userGroupId, inputs, inputs);
      expect(outs?.members).to.deep.equal(ids(zoe, adam));
      expect(server.requests.map(({ method }) => method)).to.deep.equal(["PUT", "GET"]);
    }
  });

  it("fails and names the differences when the list still differs", async () => {
    const unlisted = { id: maria, email: "maria@example.com" };
    const { userGroupMembers } = await scriptResponses(success(null), success([{ id: zoe }, unlisted]));
    const { message } = await catchError(userGroupMembers.update(userGroupId, inputs, inputs));
    expect(message).to.contain(`Could not set the members of the user group ${userGroupId}`);
    expect(message).to.contain(`missing: ${adam}; not listed: maria@example.com`);
  });

  it("fails when the group no longer exists", async () => {
    const { account, userGroupMembers } = await setUpGroup();
    account.deleteUserGroup(userGroupId);
    const { message } = await catchError(userGroupMembers.update(userGroupId, inputs, inputs));
    expect(message).to.contain("404").and.to.contain("User group not found");
  });
});

describe("User group with 120 members", () => {
  afterEach(closeAccounts);

  it("creates it with one request, reads it with three and keeps order", async () => {
    const { simulator, account, userGroupMembers, path } = await setUpGroup();
    const everybody = Array.from({ length: 120 }, (_, index) => {
      const id = index.toString(16).padStart(32, "e");
      account.addMember({ id, email: `${String((index * 37) % 120).padStart(3, "0")}@example.com` });
      return { id };
    });
    const desired = { ...inputs, members: everybody };
    const created = await recordRequests(simulator, () => userGroupMembers.create(desired));
    expect(created.calls).to.deep.equal([[`POST ${path}`, everybody]]);
    expect(created.result.outs?.members.map(({ id }) => ({ id }))).to.deep.equal(everybody);

    const read = await recordRequests(simulator, () => userGroupMembers.read(userGroupId, created.result.outs));
    expect(read.calls).to.deep.equal([`GET ${path}`, `GET ${path}`, `GET ${path}`]);
    expect(read.result.props).to.deep.equal(created.result.outs);
    expect(read.result.inputs).to.deep.equal(desired);

    const fewer = { ...inputs, members: everybody.toReversed().slice(1) };
    const { outs } = await userGroupMembers.update(userGroupId, { ...desired, members: everybody }, fewer);
    expect(outs?.members.map(({ id }) => ({ id }))).to.deep.equal(fewer.members);
    expect(account.groupMembers(userGroupId)).to.have.length(119);
  });
});
