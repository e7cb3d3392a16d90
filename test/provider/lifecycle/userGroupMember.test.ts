import { expect } from "chai";
import { waitsDuring } from "../cloudflare/fakeClock";
import { html, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  callsOf,
  closeAccounts,
  errorOf,
  expectNoUndefined,
  members,
  readOnlyToken,
  scripted,
  simulated,
} from "./online";

const { zoe, adam, maria } = members;
const userGroupId = "a".repeat(32);
const missing = "f".repeat(32);
const path = `/iam/user_groups/${userGroupId}/members`;
const id = `${userGroupId}/${zoe}`;
const inputs = { accountId, userGroupId, memberId: zoe };
const byEmail = { accountId, userGroupId, email: "Zoe@Example.com" };
const outs = { ...inputs, email: "zoe@example.com", status: "accepted" };

async function withGroup(...present: string[]) {
  const scene = await simulated();
  scene.account.addUserGroup({ id: userGroupId, name: "Admins", members: present });
  return { ...scene, idsIn: () => scene.account.groupMembers(userGroupId).map(({ id }) => id) };
}

describe("Create of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("adds the person with one request and keeps all other members", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(maria);
    const { result, calls } = await callsOf(simulator, () => userGroupMember.create(inputs));
    expect(calls).to.deep.equal([[`POST ${path}`, [{ id: zoe }]]]);
    expect(result).to.deep.equal({ id, outs });
    expectNoUndefined(result);
    expect(idsIn()).to.have.members([maria, zoe]);
  });

  it("resolves fifty emails with one list of the account", async () => {
    const { simulator, account, userGroupMember, idsIn } = await withGroup();
    const people = Array.from({ length: 50 }, (_, index) => {
      const memberId = index.toString(16).padStart(32, "e");
      account.addMember({ id: memberId, email: `person-${index}@example.com` });
      return { accountId, userGroupId, email: `Person-${index}@example.com` };
    });
    const { result } = await callsOf(simulator, () => Promise.all(people.map((each) => userGroupMember.create(each))));
    expect(simulator.journal.summary()).to.have.members(["GET …/members ×2", "POST …/user_groups/{id}/members ×50"]);
    expect(result[7]?.id).to.equal(`${userGroupId}/${"7".padStart(32, "e")}`);
    expect(idsIn()).to.have.length(50);
  });

  it("suggests a similar address for an unknown email and writes nothing", async () => {
    const { simulator, userGroupMember } = await withGroup();
    const { message } = await errorOf(userGroupMember.create({ ...byEmail, email: "zo@example.com" }));
    expect(message).to.contain(`Could not add zo@example.com to the user group ${userGroupId}`);
    expect(message).to.contain("did you mean zoe@example.com").and.to.contain(accountId);
    expect(simulator.journal.count({ method: "POST" })).to.equal(0);
  });

  it("waits for a new group", async () => {
    const scene = await simulated({ clock: "manual", msPerRequest: 1_000, memberLagMs: 2_500 });
    const group = await scene.userGroup.create({ accountId, name: "Admins", policies: [] });
    await waitsDuring(() => scene.userGroupMember.create({ ...inputs, userGroupId: group.id }));
    expect(scene.account.groupMembers(group.id).map(({ id }) => id)).to.deep.equal([zoe]);
  });

  it("retries after a lost or truncated response, 503 and 429", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup();
    for (const fault of [
      { reset: "after" as const },
      { truncate: "json" as const },
      { status: 503, after: true },
      { status: 429, retryAfter: 3 },
    ])
      simulator.faults.add({ method: "POST", fault });
    await waitsDuring(() => userGroupMember.create(inputs));
    expect(simulator.journal.count({ method: "POST" })).to.equal(5);
    expect(idsIn()).to.deep.equal([zoe]);
  });

  it("reads the list when the response lacks the person", async () => {
    const found = await scripted(success(null), success([{ id: adam }, { id: zoe }]));
    expect((await found.userGroupMember.create(inputs)).outs).to.deep.equal(inputs);
    const lost = await scripted(success([{ id: adam }]), success([{ id: adam }]));
    const { message } = await errorOf(lost.userGroupMember.create(inputs));
    expect(message).to.contain(`Could not add ${zoe} to the user group ${userGroupId}: Cloudflare accepted the change`);
  });

  it("keeps the program's email when Cloudflare returns none", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const { userGroupMember } = await scripted(directory, success([{ id: zoe }]), success([{ id: zoe }]));
    const { outs } = await userGroupMember.create(byEmail);
    expect(outs).to.deep.equal({ ...inputs, email: "Zoe@Example.com" });
    expect((await userGroupMember.read(id, outs)).props).to.deep.equal(outs);
    expect(await userGroupMember.diff(id, { ...inputs, ...outs }, byEmail)).to.deep.equal({ changes: false });
  });

  it("imports exactly the named membership without a write", async () => {
    const { simulator, userGroupMember } = await withGroup(zoe);
    for (const wanted of [inputs, byEmail]) {
      const { result } = await callsOf(simulator, () => userGroupMember.create({ ...wanted, importId: id }));
      expect(result).to.deep.equal({ id, outs });
    }
    const importing = (importId: string) => errorOf(userGroupMember.create({ ...byEmail, importId }));
    expect((await importing(`${userGroupId}/${adam}`)).message).to.contain("the group has no member with this id");
    expect((await importing(`${missing}/${zoe}`)).message).to.contain("the user group does not exist");
    expect((await importing(zoe)).message).to.contain("must be <id of the user group>/<id of the member>");
    const other = userGroupMember.create({ ...byEmail, email: "ada@example.com", importId: id });
    expect((await errorOf(other)).message).to.contain(
      'email: "zoe@example.com" at Cloudflare, "ada@example.com" in the program',
    );
    expect(simulator.journal.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
  });
});

describe("Read of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("reads a group's members once for fifty people", async () => {
    const { simulator, account, userGroupMember } = await withGroup();
    const people = Array.from({ length: 50 }, (_, index) => index.toString(16).padStart(32, "e"));
    for (const [index, id] of people.entries()) account.addMember({ id, email: `person-${index}@example.com` });
    account.setGroupMembers(userGroupId, people);
    const { result, calls } = await callsOf(simulator, async () => {
      const read: unknown[] = [];
      for (const memberId of people)
        read.push(await userGroupMember.read(`${userGroupId}/${memberId}`, { ...inputs, memberId }));
      return read;
    });
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result[3]).to.deep.equal({
      id: `${userGroupId}/${people[3]}`,
      props: { ...outs, memberId: people[3], email: "person-3@example.com" },
      inputs: { ...inputs, memberId: people[3] },
    });
    expectNoUndefined(result);
  });

  it("ignores a list that is older than a write of this run", async () => {
    const { userGroupMember } = await withGroup(zoe);
    const read = async (memberId: string) =>
      (await userGroupMember.read(`${userGroupId}/${memberId}`, { ...inputs, memberId })).id;
    expect(await read(adam)).to.equal("");
    await userGroupMember.create({ ...inputs, memberId: adam });
    expect(await read(adam)).to.equal(`${userGroupId}/${adam}`);
    await userGroupMember.delete(`${userGroupId}/${zoe}`, outs);
    expect(await read(zoe)).to.equal("");
  });

  it("returns a blank id for a missing member and fails for get", async () => {
    const { userGroupMember } = await withGroup(adam);
    expect(await userGroupMember.read(id, outs)).to.deep.equal({ id: "" });
    expect(await userGroupMember.read(`${missing}/${zoe}`, outs)).to.deep.equal({ id: "" });
    for (const absent of [id, `${missing}/${zoe}`])
      expect((await errorOf(userGroupMember.read(absent, { accountId }))).message).to.contain(
        `Could not get the member ${zoe} of the user group ${absent.slice(0, 32)}: it does not exist in the account`,
      );
    expect((await errorOf(userGroupMember.read(zoe))).message).to.contain("its id must be <id of the user group>");
  });

  it("finds a person who was added after the list was read", async () => {
    const { account, userGroupMember } = await withGroup(adam);
    await userGroupMember.read(`${userGroupId}/${adam}`);
    account.addGroupMembers(userGroupId, [zoe]);
    expect((await userGroupMember.read(id)).props).to.deep.equal(outs);
  });

  it("does not drop a person when a proxy responds", async () => {
    const { userGroupMember } = await scripted(html(404), success([{ id: zoe }]));
    expect((await errorOf(userGroupMember.read(id, outs))).message).to.contain("text/html");
    expect((await userGroupMember.read(id, outs)).id).to.equal(id);
  });
});

describe("Update of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("adds the person again to repair an unchanged resource", async () => {
    const { userGroupMember, idsIn } = await withGroup(adam);
    expect(await userGroupMember.update(id, outs, inputs)).to.deep.equal({ outs });
    expect(idsIn()).to.have.members([adam, zoe]);
  });
});

describe("Delete of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("removes only the person with one request and accepts a missing member", async () => {
    const { simulator, account, userGroupMember, idsIn } = await withGroup(zoe, adam);
    const { calls } = await callsOf(simulator, () => userGroupMember.delete(id, outs));
    expect(calls).to.deep.equal([`DELETE ${path}/${zoe}`]);
    expect(idsIn()).to.deep.equal([adam]);
    await userGroupMember.delete(id, outs);
    account.deleteUserGroup(userGroupId);
    await userGroupMember.delete(id, outs);
  });

  it("removes nobody when the replacement's email is unknown", async () => {
    const { userGroupMember, idsIn } = await withGroup(zoe);
    await userGroupMember.diff(id, outs, { ...byEmail, email: "zo@example.com" });
    const { message } = await errorOf(userGroupMember.delete(id, outs));
    expect(message).to.contain("zo@example.com belongs to no member; did you mean zoe@example.com?");
    expect(idsIn()).to.deep.equal([zoe]);
    await userGroupMember.diff(id, outs, { ...byEmail, email: "adam@example.com" });
    await userGroupMember.delete(id, outs);
    expect(idsIn()).to.deep.equal([]);
  });

  it("retries when the response is lost", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe, adam);
    simulator.faults.add({ method: "DELETE", fault: { reset: "after" } });
    await waitsDuring(() => userGroupMember.delete(id, outs));
    expect(simulator.journal.count({ method: "DELETE" })).to.equal(2);
    expect(idsIn()).to.deep.equal([adam]);
  });

  it("fails with advice on the stored credential when it is rejected", async () => {
    const { userGroupMember } = await simulated({}, readOnlyToken);
    const { message } = await errorOf(userGroupMember.delete(id, outs));
    expect(message).to.contain(`Could not remove zoe@example.com from the user group ${userGroupId}`);
    expect(message).to.contain("403").and.to.contain("--run-program");
  });
});
