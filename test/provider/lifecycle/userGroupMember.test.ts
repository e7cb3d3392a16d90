import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { html, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  expectNoUndefined,
  members,
  readOnlyToken,
  recordRequests,
  scriptResponses,
  simulateAccount,
} from "./online";

const { zoe, adam, maria } = members;
const userGroupId = "a".repeat(32);
const missing = "f".repeat(32);
const path = `/iam/user_groups/${userGroupId}/members`;
const id = `${userGroupId}/${zoe}`;
const inputs = { accountId, userGroupId, memberId: zoe };
const byEmail = { accountId, userGroupId, email: "Zoe@Example.com" };
const outs = { ...inputs, email: "zoe@example.com", status: "accepted" };

async function setUpGroup(...memberIds: string[]) {
  const simulated = await simulateAccount();
  simulated.account.addUserGroup({ id: userGroupId, name: "Admins", members: memberIds });
  return { ...simulated, listMemberIds: () => simulated.account.groupMembers(userGroupId).map(({ id }) => id) };
}

describe("Create of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("adds the person with one request and keeps all other members", async () => {
    const { simulator, userGroupMember, listMemberIds } = await setUpGroup(maria);
    const { result, calls } = await recordRequests(simulator, () => userGroupMember.create(inputs));
    expect(calls).to.deep.equal([[`POST ${path}`, [{ id: zoe }]]]);
    expect(result).to.deep.equal({ id, outs });
    expectNoUndefined(result);
    expect(listMemberIds()).to.have.members([maria, zoe]);
  });

  it("resolves fifty emails with one list of the account", async () => {
    const { simulator, account, userGroupMember, listMemberIds } = await setUpGroup();
    const people = Array.from({ length: 50 }, (_, index) => {
      const memberId = index.toString(16).padStart(32, "e");
      account.addMember({ id: memberId, email: `person-${index}@example.com` });
      return { accountId, userGroupId, email: `Person-${index}@example.com` };
    });
    const { result } = await recordRequests(simulator, () =>
      Promise.all(people.map((each) => userGroupMember.create(each))),
    );
    expect(simulator.journal.summary()).to.have.members(["GET …/members ×2", "POST …/user_groups/{id}/members ×50"]);
    expect(result[7]?.id).to.equal(`${userGroupId}/${"7".padStart(32, "e")}`);
    expect(listMemberIds()).to.have.length(50);
  });

  it("suggests a similar address for an unknown email and writes nothing", async () => {
    const { simulator, userGroupMember } = await setUpGroup();
    const { message } = await catchError(userGroupMember.create({ ...byEmail, email: "zo@example.com" }));
    expect(message).to.contain(`Could not add zo@example.com to the user group ${userGroupId}`);
    expect(message).to.contain("did you mean zoe@example.com").and.to.contain(accountId);
    expect(simulator.journal.count({ method: "POST" })).to.equal(0);
  });

  it("waits for a new group", async () => {
    const simulated = await simulateAccount({ clock: "manual", msPerRequest: 1_000, memberLagMs: 2_500 });
    const group = await simulated.userGroup.create({ accountId, name: "Admins", policies: [] });
    await recordWaits(() => simulated.userGroupMember.create({ ...inputs, userGroupId: group.id }));
    expect(simulated.account.groupMembers(group.id).map(({ id }) => id)).to.deep.equal([zoe]);
  });

  it("retries after a lost or truncated response, 503 and 429", async () => {
    const { simulator, userGroupMember, listMemberIds } = await setUpGroup();
    for (const fault of [
      { reset: "after" as const },
      { truncate: "json" as const },
      { status: 503, after: true },
      { status: 429, retryAfter: 3 },
    ])
      simulator.faults.add({ method: "POST", fault });
    await recordWaits(() => userGroupMember.create(inputs));
    expect(simulator.journal.count({ method: "POST" })).to.equal(5);
    expect(listMemberIds()).to.deep.equal([zoe]);
  });

  it("reads the list when the response lacks the person", async () => {
    const found = await scriptResponses(success(null), success([{ id: adam }, { id: zoe }]));
    expect((await found.userGroupMember.create(inputs)).outs).to.deep.equal(inputs);
    const lost = await scriptResponses(success([{ id: adam }]), success([{ id: adam }]));
    const { message } = await catchError(lost.userGroupMember.create(inputs));
    expect(message).to.contain(`Could not add ${zoe} to the user group ${userGroupId}: Cloudflare accepted the change`);
  });

  it("keeps the program's email when Cloudflare returns none", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const { userGroupMember } = await scriptResponses(directory, success([{ id: zoe }]), success([{ id: zoe }]));
    const { outs } = await userGroupMember.create(byEmail);
    expect(outs).to.deep.equal({ ...inputs, email: "Zoe@Example.com" });
    expect((await userGroupMember.read(id, outs)).props).to.deep.equal(outs);
    expect(await userGroupMember.diff(id, { ...inputs, ...outs }, byEmail)).to.deep.equal({ changes: false });
  });

  it("imports exactly the named membership without a write", async () => {
    const { simulator, userGroupMember } = await setUpGroup(zoe);
    for (const desired of [inputs, byEmail]) {
      const { result } = await recordRequests(simulator, () => userGroupMember.create({ ...desired, importId: id }));
      expect(result).to.deep.equal({ id, outs });
    }
    const importing = (importId: string) => catchError(userGroupMember.create({ ...byEmail, importId }));
    expect((await importing(`${userGroupId}/${adam}`)).message).to.contain("the group has no member with this id");
    expect((await importing(`${missing}/${zoe}`)).message).to.contain("the user group does not exist");
    expect((await importing(zoe)).message).to.contain("must be <id of the user group>/<id of the member>");
    const other = userGroupMember.create({ ...byEmail, email: "ada@example.com", importId: id });
    expect((await catchError(other)).message).to.contain(
      'email: "zoe@example.com" at Cloudflare, "ada@example.com" in the program',
    );
    expect(simulator.journal.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
  });
});

describe("Read of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("reads a group's members once for fifty people", async () => {
    const { simulator, account, userGroupMember } = await setUpGroup();
    const people = Array.from({ length: 50 }, (_, index) => index.toString(16).padStart(32, "e"));
    for (const [index, id] of people.entries()) account.addMember({ id, email: `person-${index}@example.com` });
    account.setGroupMembers(userGroupId, people);
    const { result, calls } = await recordRequests(simulator, async () => {
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
    const { userGroupMember } = await setUpGroup(zoe);
    const read = async (memberId: string) =>
      (await userGroupMember.read(`${userGroupId}/${memberId}`, { ...inputs, memberId })).id;
    expect(await read(adam)).to.equal("");
    await userGroupMember.create({ ...inputs, memberId: adam });
    expect(await read(adam)).to.equal(`${userGroupId}/${adam}`);
    await userGroupMember.delete(`${userGroupId}/${zoe}`, outs);
    expect(await read(zoe)).to.equal("");
  });

  it("returns a blank id for a missing member and fails for get", async () => {
    const { userGroupMember } = await setUpGroup(adam);
    expect(await userGroupMember.read(id, outs)).to.deep.equal({ id: "" });
    expect(await userGroupMember.read(`${missing}/${zoe}`, outs)).to.deep.equal({ id: "" });
    for (const missingId of [id, `${missing}/${zoe}`])
      expect((await catchError(userGroupMember.read(missingId, { accountId }))).message).to.contain(
        `Could not get the member ${zoe} of the user group ${missingId.slice(0, 32)}: it does not exist in the account`,
      );
    expect((await catchError(userGroupMember.read(zoe))).message).to.contain("its id must be <id of the user group>");
  });

  it("finds a person who was added after the list was read", async () => {
    const { account, userGroupMember } = await setUpGroup(adam);
    await userGroupMember.read(`${userGroupId}/${adam}`);
    account.addGroupMembers(userGroupId, [zoe]);
    expect((await userGroupMember.read(id)).props).to.deep.equal(outs);
  });

  it("does not drop a person when a proxy responds", async () => {
    const { userGroupMember } = await scriptResponses(html(404), success([{ id: zoe }]));
    expect((await catchError(userGroupMember.read(id, outs))).message).to.contain("text/html");
    expect((await userGroupMember.read(id, outs)).id).to.equal(id);
  });
});

describe("Update of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("adds the person again to repair an unchanged resource", async () => {
    const { userGroupMember, listMemberIds } = await setUpGroup(adam);
    expect(await userGroupMember.update(id, outs, inputs)).to.deep.equal({ outs });
    expect(listMemberIds()).to.have.members([adam, zoe]);
  });
});

describe("Delete of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("removes only the person with one request and accepts a missing member", async () => {
    const { simulator, account, userGroupMember, listMemberIds } = await setUpGroup(zoe, adam);
    const { calls } = await recordRequests(simulator, () => userGroupMember.delete(id, outs));
    expect(calls).to.deep.equal([`DELETE ${path}/${zoe}`]);
    expect(listMemberIds()).to.deep.equal([adam]);
    await userGroupMember.delete(id, outs);
    account.deleteUserGroup(userGroupId);
    await userGroupMember.delete(id, outs);
  });

  it("removes nobody when the replacement's email is unknown", async () => {
    const { userGroupMember, listMemberIds } = await setUpGroup(zoe);
    await userGroupMember.diff(id, outs, { ...byEmail, email: "zo@example.com" });
    const { message } = await catchError(userGroupMember.delete(id, outs));
    expect(message).to.contain("zo@example.com belongs to no member; did you mean zoe@example.com?");
    expect(listMemberIds()).to.deep.equal([zoe]);
    await userGroupMember.diff(id, outs, { ...byEmail, email: "adam@example.com" });
    await userGroupMember.delete(id, outs);
    expect(listMemberIds()).to.deep.equal([]);
  });

  it("retries when the response is lost", async () => {
    const { simulator, userGroupMember, listMemberIds } = await setUpGroup(zoe, adam);
    simulator.faults.add({ method: "DELETE", fault: { reset: "after" } });
    await recordWaits(() => userGroupMember.delete(id, outs));
    expect(simulator.journal.count({ method: "DELETE" })).to.equal(2);
    expect(listMemberIds()).to.deep.equal([adam]);
  });

  it("fails with advice on the stored credential when it is rejected", async () => {
    const { userGroupMember } = await simulateAccount({}, readOnlyToken);
    const { message } = await catchError(userGroupMember.delete(id, outs));
    expect(message).to.contain(`Could not remove zoe@example.com from the user group ${userGroupId}`);
    expect(message).to.contain("403").and.to.contain("--run-program");
  });
});
