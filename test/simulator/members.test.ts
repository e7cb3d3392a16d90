import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { all, GROUPS, Running, refusal } from "./running";

const { accountId: account_id, members } = DEFAULTS;
const ids = (...list: string[]) => list.map((id) => ({ id }));

describe("The simulator's user group members", () => {
  const running = new Running();
  let user_group_id: string;

  beforeEach(() => {
    user_group_id = running.simulator.account().addUserGroup({ name: "group" }).id;
  });

  const stored = () =>
    running.simulator
      .account()
      .groupMembers(user_group_id)
      .map(({ id }) => id);

  it("are replaced by a PUT, and come back sorted by the part of the e-mail before the @", async () => {
    const api = running.client.iam.userGroups.members;
    await api.update(user_group_id, { account_id, members: ids(members.maria) });
    const { result } = await api.update(user_group_id, {
      account_id,
      members: ids(members.zoe, members.ben, members.adam),
    });
    expect(result).to.deep.equal([
      { id: members.adam, email: "adam@example.com", status: "accepted" },
      { id: members.ben, email: "ben@example.com", status: "pending" },
      { id: members.zoe, email: "zoe@example.com", status: "accepted" },
    ]);
    expect(stored()).to.deep.equal([members.adam, members.ben, members.zoe]);
  });

  it("are added to by a POST, which does no harm when it is repeated and answers all members", async () => {
    const api = running.client.iam.userGroups.members;
    await api.create(user_group_id, { account_id, members: ids(members.zoe) });
    for (let round = 0; round < 2; round += 1) {
      const { result } = await api.create(user_group_id, { account_id, members: ids(members.adam, members.adam) });
      expect(result.map(({ id }) => id)).to.deep.equal([members.adam, members.zoe]);
    }
    expect(stored()).to.deep.equal([members.adam, members.zoe]);
  });

  it("leave one by one with a DELETE, which answers the member and then 404", async () => {
    running.simulator.account().setGroupMembers(user_group_id, [members.adam, members.zoe]);
    const api = running.client.iam.userGroups.members;
    const gone = await api.delete(members.adam, { account_id, user_group_id });
    expect(gone).to.deep.equal({ id: members.adam, email: "adam@example.com", status: "accepted" });
    expect(stored()).to.deep.equal([members.zoe]);
    expect((await refusal(api.delete(members.adam, { account_id, user_group_id }))).status).to.equal(404);
  });

  it("are refused all together where one is no member of the account", async () => {
    running.simulator.account().setGroupMembers(user_group_id, [members.zoe]);
    for (const method of ["PUT", "POST"]) {
      const body = ids(members.adam, "f".repeat(32));
      const { status, errors } = await running.call(method, `${GROUPS}/${user_group_id}/members`, { body });
      expect(status).to.equal(400);
      expect(errors[0]?.source?.pointer).to.equal("/1/id");
    }
    expect(stored()).to.deep.equal([members.zoe]);
  });

  it("are refused where the body is not a bare array", async () => {
    const body = { members: ids(members.zoe) };
    const { status, errors } = await running.call("PUT", `${GROUPS}/${user_group_id}/members`, { body });
    expect(status).to.equal(400);
    expect(errors).to.deep.equal([{ code: 1001, message: "The body must be array", source: { pointer: "" } }]);
  });

  it("are null where there is none", async () => {
    const listed = await running.call("GET", `${GROUPS}/${user_group_id}/members`);
    const replaced = await running.call("PUT", `${GROUPS}/${user_group_id}/members`, { body: [] });
    expect(JSON.parse(listed.text)).to.deep.include({
      success: true,
      result: null,
      result_info: { page: 1, per_page: 20, count: 0, total_count: 0 },
    });
    expect(JSON.parse(replaced.text)).to.deep.include({ success: true, result: null });
    const library = running.client.iam.userGroups.members.list(user_group_id, { account_id });
    expect(await all(library)).to.deep.equal([]);
  });

  it("are listed page by page, either way round, and found by a part of the e-mail", async () => {
    running.simulator.account().setGroupMembers(user_group_id, Object.values(members));
    const list = async (params: object) => {
      const found = running.client.iam.userGroups.members.list(user_group_id, { account_id, ...params });
      return (await all(found)).map(({ email }) => email?.replace("@example.com", ""));
    };
    expect(await list({ per_page: 1 })).to.deep.equal(["adam", "ben", "maria", "zoe"]);
    expect(running.simulator.journal.count({ path: "/members" })).to.equal(5);
    expect(await list({ direction: "desc" })).to.deep.equal(["zoe", "maria", "ben", "adam"]);
    expect(await list({ fuzzyEmail: "MA" })).to.deep.equal(["maria"]);
  });

  it("move the group's modified_on", async () => {
    const { modified_on } = running.simulator.account().userGroup(user_group_id);
    await running.client.iam.userGroups.members.update(user_group_id, { account_id, members: ids(members.zoe) });
    expect(running.simulator.account().userGroup(user_group_id).modified_on > modified_on).to.equal(true);
  });

  it("of a group that is not there are 404", async () => {
    const { members: api } = running.client.iam.userGroups;
    expect((await refusal(api.list("f".repeat(32), { account_id }))).status).to.equal(404);
    expect((await refusal(api.update("f".repeat(32), { account_id, members: [] }))).status).to.equal(404);
  });

  it("lose who leaves the account", () => {
    const account = running.simulator.account();
    account.setGroupMembers(user_group_id, [members.adam, members.zoe]);
    account.removeMember(members.adam);
    expect(stored()).to.deep.equal([members.zoe]);
  });
});

describe("The members of a fresh user group in a simulator with a lag", () => {
  const running = new Running({ memberLagMs: 2000, clock: "manual" });
  const calls = [
    { method: "GET", path: "/members" },
    { method: "PUT", path: "/members", body: ids(members.zoe) },
    { method: "POST", path: "/members", body: ids(members.zoe) },
    { method: "DELETE", path: `/members/${members.zoe}` },
  ];

  it("are 404 with every method until the lag is over, while the group itself is there", async () => {
    const { id } = await running.client.iam.userGroups.create({ account_id, name: "fresh" });
    running.simulator.clock.advance(1999);
    for (const { method, path, body } of calls) {
      expect((await running.call(method, `${GROUPS}/${id}${path}`, { body })).status, method).to.equal(404);
    }
    expect((await running.call("GET", `${GROUPS}/${id}`)).status).to.equal(200);
    expect(running.simulator.account().groupMembers(id)).to.deep.equal([]);

    running.simulator.clock.advance(1);
    for (const { method, path, body } of calls) {
      expect((await running.call(method, `${GROUPS}/${id}${path}`, { body })).status, method).to.equal(200);
    }
  });

  it("can be reached at once where the group was made by hand", async () => {
    const { id } = running.simulator.account().addUserGroup({ name: "by hand" });
    expect((await running.call("GET", `${GROUPS}/${id}/members`)).status).to.equal(200);
  });
});

describe("A simulator whose clock moves with every request", () => {
  const running = new Running({ memberLagMs: 1000, clock: "manual", msPerRequest: 400 });

  it("lets a client that keeps asking get past the lag", async () => {
    const { id } = await running.client.iam.userGroups.create({ account_id, name: "fresh" });
    const statuses = [];
    for (let round = 0; round < 4; round += 1) {
      statuses.push((await running.call("GET", `${GROUPS}/${id}/members`)).status);
    }
    expect(statuses).to.deep.equal([404, 404, 200, 200]);
  });
});
