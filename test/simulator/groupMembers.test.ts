import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { collectAll, GROUPS, getRejection, SimulatorFixture } from "./simulatorFixture";

const { accountId: account_id, members } = DEFAULTS;
const toReferences = (...list: string[]) => list.map((id) => ({ id }));

describe("The simulator's member API", () => {
  const fixture = new SimulatorFixture();
  let user_group_id: string;

  beforeEach(() => {
    user_group_id = fixture.simulator.account().addUserGroup({ name: "group" }).id;
  });

  const listStoredIds = () =>
    fixture.simulator
      .account()
      .groupMembers(user_group_id)
      .map(({ id }) => id);

  it("replaces members on PUT and sorts them by the email's local part", async () => {
    const api = fixture.client.iam.userGroups.members;
    await api.update(user_group_id, { account_id, members: toReferences(members.maria) });
    const { result } = await api.update(user_group_id, {
      account_id,
      members: toReferences(members.zoe, members.ben, members.adam),
    });
    expect(result).to.deep.equal([
      { id: members.adam, email: "adam@example.com", status: "accepted" },
      { id: members.ben, email: "ben@example.com", status: "pending" },
      { id: members.zoe, email: "zoe@example.com", status: "accepted" },
    ]);
    expect(listStoredIds()).to.deep.equal([members.adam, members.ben, members.zoe]);
  });

  it("adds members on POST, is idempotent and returns all members", async () => {
    const api = fixture.client.iam.userGroups.members;
    await api.create(user_group_id, { account_id, members: toReferences(members.zoe) });
    for (let round = 0; round < 2; round += 1) {
      const { result } = await api.create(user_group_id, {
        account_id,
        members: toReferences(members.adam, members.adam),
      });
      expect(result.map(({ id }) => id)).to.deep.equal([members.adam, members.zoe]);
    }
    expect(listStoredIds()).to.deep.equal([members.adam, members.zoe]);
  });

  it("returns the removed member on DELETE and 404 afterwards", async () => {
    fixture.simulator.account().setGroupMembers(user_group_id, [members.adam, members.zoe]);
    const api = fixture.client.iam.userGroups.members;
    const removed = await api.delete(members.adam, { account_id, user_group_id });
    expect(removed).to.deep.equal({ id: members.adam, email: "adam@example.com", status: "accepted" });
    expect(listStoredIds()).to.deep.equal([members.zoe]);
    expect((await getRejection(api.delete(members.adam, { account_id, user_group_id }))).status).to.equal(404);
  });

  it("returns one member with its user and the time of joining", async () => {
    await fixture.client.iam.userGroups.members.create(user_group_id, {
      account_id,
      members: toReferences(members.zoe),
    });
    const api = fixture.client.iam.userGroups.members;
    const { created_at, ...member } = await api.get(members.zoe, { account_id, user_group_id });
    expect(member).to.deep.equal({
      id: members.zoe,
      email: "zoe@example.com",
      status: "accepted",
      user: { email: "zoe@example.com", first_name: "Zoe", last_name: "Example" },
    });
    await api.create(user_group_id, { account_id, members: toReferences(members.zoe, members.adam) });
    expect((await api.get(members.zoe, { account_id, user_group_id })).created_at).to.equal(created_at);
    const rejection = await getRejection(api.get(members.ben, { account_id, user_group_id }));
    expect(rejection).to.deep.equal({ status: 404, messages: ["Member not found in this user group"] });
  });

  it("rejects all members when one is not an account member", async () => {
    fixture.simulator.account().setGroupMembers(user_group_id, [members.zoe]);
    for (const method of ["PUT", "POST"]) {
      const body = toReferences(members.adam, "f".repeat(32));
      const { status, errors } = await fixture.send(method, `${GROUPS}/${user_group_id}/members`, { body });
      expect(status).to.equal(400);
      expect(errors[0]?.source?.pointer).to.equal("/1/id");
    }
    expect(listStoredIds()).to.deep.equal([members.zoe]);
  });

  it("rejects a body that is not a bare array", async () => {
    const body = { members: toReferences(members.zoe) };
    const { status, errors } = await fixture.send("PUT", `${GROUPS}/${user_group_id}/members`, { body });
    expect(status).to.equal(400);
    expect(errors).to.deep.equal([{ code: 1001, message: "The body must be array", source: { pointer: "" } }]);
  });

  it("returns null when a group has no members", async () => {
    const listResponse = await fixture.send("GET", `${GROUPS}/${user_group_id}/members`);
    const replaceResponse = await fixture.send("PUT", `${GROUPS}/${user_group_id}/members`, { body: [] });
    expect(JSON.parse(listResponse.text)).to.deep.include({
      success: true,
      result: null,
      result_info: { page: 1, per_page: 20, count: 0, total_count: 0 },
    });
    expect(JSON.parse(replaceResponse.text)).to.deep.include({ success: true, result: null });
    const pages = fixture.client.iam.userGroups.members.list(user_group_id, { account_id });
    expect(await collectAll(pages)).to.deep.equal([]);
  });

  it("lists members by page, direction and part of the email", async () => {
    fixture.simulator.account().setGroupMembers(user_group_id, Object.values(members));
    const list = async (params: object) => {
      const pages = fixture.client.iam.userGroups.members.list(user_group_id, { account_id, ...params });
      return (await collectAll(pages)).map(({ email }) => email?.replace("@example.com", ""));
    };
    expect(await list({ per_page: 1 })).to.deep.equal(["adam", "ben", "maria", "zoe"]);
    expect(fixture.simulator.journal.count({ path: "/members" })).to.equal(5);
    expect(await list({ direction: "desc" })).to.deep.equal(["zoe", "maria", "ben", "adam"]);
    expect(await list({ fuzzyEmail: "MA" })).to.deep.equal(["maria"]);
  });

  it("updates the group's modified_on when members change", async () => {
    const { modified_on } = fixture.simulator.account().userGroup(user_group_id);
    await fixture.client.iam.userGroups.members.update(user_group_id, {
      account_id,
      members: toReferences(members.zoe),
    });
    expect(fixture.simulator.account().userGroup(user_group_id).modified_on > modified_on).to.equal(true);
  });

  it("returns 404 when the group does not exist", async () => {
    const { members: api } = fixture.client.iam.userGroups;
    expect((await getRejection(api.list("f".repeat(32), { account_id }))).status).to.equal(404);
    expect((await getRejection(api.update("f".repeat(32), { account_id, members: [] }))).status).to.equal(404);
  });

  it("removes a member who leaves the account", () => {
    const account = fixture.simulator.account();
    account.setGroupMembers(user_group_id, [members.adam, members.zoe]);
    account.removeMember(members.adam);
    expect(listStoredIds()).to.deep.equal([members.zoe]);
  });
});

describe("The members of a new user group with a lag", () => {
  const fixture = new SimulatorFixture({ memberLagMs: 2000, clock: "manual" });
  const calls = [
    { method: "GET", path: "/members" },
    { method: "PUT", path: "/members", body: toReferences(members.zoe) },
    { method: "POST", path: "/members", body: toReferences(members.zoe) },
    { method: "DELETE", path: `/members/${members.zoe}` },
  ];

  it("return 404 to every method until the lag is over", async () => {
    const { id } = await fixture.client.iam.userGroups.create({ account_id, name: "new" });
    fixture.simulator.clock.advance(1999);
    for (const { method, path, body } of calls) {
      expect((await fixture.send(method, `${GROUPS}/${id}${path}`, { body })).status, method).to.equal(404);
    }
    expect((await fixture.send("GET", `${GROUPS}/${id}`)).status).to.equal(200);
    expect(fixture.simulator.account().groupMembers(id)).to.deep.equal([]);

    fixture.simulator.clock.advance(1);
    for (const { method, path, body } of calls) {
      expect((await fixture.send(method, `${GROUPS}/${id}${path}`, { body })).status, method).to.equal(200);
    }
  });

  it("are available at once when the account view adds the group", async () => {
    const { id } = fixture.simulator.account().addUserGroup({ name: "added directly" });
    expect((await fixture.send("GET", `${GROUPS}/${id}/members`)).status).to.equal(200);
  });
});

describe("A simulator that returns only added members", () => {
  const fixture = new SimulatorFixture({ addMembersResult: "added" });

  it("omits members from a POST response that were already there", async () => {
    const { id } = fixture.simulator.account().addUserGroup({ name: "group", members: [members.zoe] });
    const add = async (...list: string[]) => {
      const { text } = await fixture.send("POST", `${GROUPS}/${id}/members`, { body: toReferences(...list) });
      return JSON.parse(text).result;
    };
    expect(await add(members.zoe, members.adam)).to.deep.equal([
      { id: members.adam, email: "adam@example.com", status: "accepted" },
    ]);
    expect(await add(members.zoe, members.adam)).to.equal(null);
    expect(fixture.simulator.account().groupMembers(id)).to.have.length(2);
  });
});

describe("A simulator with msPerRequest", () => {
  const fixture = new SimulatorFixture({ memberLagMs: 1000, clock: "manual", msPerRequest: 400 });

  it("lets a client with retries wait until the lag is over", async () => {
    const { id } = await fixture.client.iam.userGroups.create({ account_id, name: "new" });
    const statuses = [];
    for (let round = 0; round < 4; round += 1) {
      statuses.push((await fixture.send("GET", `${GROUPS}/${id}/members`)).status);
    }
    expect(statuses).to.deep.equal([404, 404, 200, 200]);
  });
});
