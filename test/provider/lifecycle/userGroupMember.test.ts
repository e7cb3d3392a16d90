import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { html, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  declare,
  expectNoUndefined,
  logDuring,
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

async function withGroup(...present: string[]) {
  const scene = await simulateAccount();
  scene.account.addUserGroup({ id: userGroupId, name: "Admins", members: present });
  return { ...scene, idsIn: () => scene.account.groupMembers(userGroupId).map(({ id }) => id) };
}

describe("create of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("adds the person with one call and leaves everybody else in the group", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(maria);
    const { result, calls } = await recordRequests(simulator, () => userGroupMember.create(inputs));
    expect(calls).to.deep.equal([[`POST ${path}`, [{ id: zoe }]]]);
    expect(result).to.deep.equal({ id, outs });
    expectNoUndefined(result);
    expect(idsIn()).to.have.members([maria, zoe]);
  });

  it("finds the person by e-mail address, with one listing of the account for fifty people", async () => {
    const { simulator, account, userGroupMember, idsIn } = await withGroup();
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
    expect(idsIn()).to.have.length(50);
  });

  it("says whose address belongs to nobody, and writes nothing", async () => {
    const { simulator, userGroupMember } = await withGroup();
    const { message } = await catchError(userGroupMember.create({ ...byEmail, email: "zo@example.com" }));
    expect(message).to.contain(`Could not add zo@example.com to the user group ${userGroupId}`);
    expect(message).to.contain("did you mean zoe@example.com").and.to.contain(accountId);
    expect(simulator.journal.count({ method: "POST" })).to.equal(0);
  });

  it("waits for a group that has just been made", async () => {
    const scene = await simulateAccount({ clock: "manual", msPerRequest: 1_000, memberLagMs: 2_500 });
    const group = await scene.userGroup.create({ accountId, name: "Admins", policies: [] });
    await recordWaits(() => scene.userGroupMember.create({ ...inputs, userGroupId: group.id }));
    expect(scene.account.groupMembers(group.id).map(({ id }) => id)).to.deep.equal([zoe]);
  });

  it("is repeated when its answer is lost, is cut off or is a errorResponse for too many calls", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup();
    for (const fault of [
      { reset: "after" as const },
      { truncate: "json" as const },
      { status: 503, after: true },
      { status: 429, retryAfter: 3 },
    ])
      simulator.faults.add({ method: "POST", fault });
    await recordWaits(() => userGroupMember.create(inputs));
    expect(simulator.journal.count({ method: "POST" })).to.equal(5);
    expect(idsIn()).to.deep.equal([zoe]);
  });

  it("looks at the list where the answer does not hold the person, and fails where that does not either", async () => {
    const found = await scriptResponses(success(null), success([{ id: adam }, { id: zoe }]));
    expect((await found.userGroupMember.create(inputs)).outs).to.deep.equal(inputs);
    const lost = await scriptResponses(success([{ id: adam }]), success([{ id: adam }]));
    const { message } = await catchError(lost.userGroupMember.create(inputs));
    expect(message).to.contain(`Could not add ${zoe} to the user group ${userGroupId}: Cloudflare accepted the change`);
  });

  it("keeps the program's address where Cloudflare tells none, so that the person stays the same", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const { userGroupMember } = await scriptResponses(directory, success([{ id: zoe }]), success([{ id: zoe }]));
    const { outs } = await userGroupMember.create(byEmail);
    expect(outs).to.deep.equal({ ...inputs, email: "Zoe@Example.com", namedByEmail: true });
    expect((await userGroupMember.read(id, outs)).props).to.deep.equal(outs);
    expect(await userGroupMember.diff(id, { ...inputs, ...outs }, byEmail)).to.deep.equal({ changes: false });
  });

  it("with the option import takes over who is in the group without a write, and nobody else", async () => {
    const { simulator, userGroupMember } = await withGroup(zoe);
    for (const wanted of [inputs, byEmail]) {
      const { result } = await recordRequests(simulator, () => userGroupMember.create({ ...wanted, importId: id }));
      expect(result).to.deep.equal({ id, outs: wanted === inputs ? outs : { ...outs, namedByEmail: true } });
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

describe("read of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("reads the members of a group once for fifty people", async () => {
    const { simulator, account, userGroupMember } = await withGroup();
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

  it("is not answered from a list that is older than an own write", async () => {
    const { userGroupMember } = await withGroup(zoe);
    const read = async (memberId: string) =>
      (await userGroupMember.read(`${userGroupId}/${memberId}`, { ...inputs, memberId })).id;
    expect(await read(adam)).to.equal("");
    await userGroupMember.create({ ...inputs, memberId: adam });
    expect(await read(adam)).to.equal(`${userGroupId}/${adam}`);
    await userGroupMember.delete(`${userGroupId}/${zoe}`, outs);
    expect(await read(zoe)).to.equal("");
  });

  it("blanks the id of somebody who is gone, alone or with the group, and fails for a get", async () => {
    const { userGroupMember } = await withGroup(adam);
    expect(await userGroupMember.read(id, outs)).to.deep.equal({ id: "" });
    expect(await userGroupMember.read(`${missing}/${zoe}`, outs)).to.deep.equal({ id: "" });
    for (const absent of [id, `${missing}/${zoe}`])
      expect((await catchError(userGroupMember.read(absent, { accountId }))).message).to.contain(
        `Could not get the member ${zoe} of the user group ${absent.slice(0, 32)}: it does not exist in the account`,
      );
    expect((await catchError(userGroupMember.read(zoe))).message).to.contain("its id must be <id of the user group>");
  });

  it("sees somebody whom something else has added since the list was read, when the program asks for that one alone", async () => {
    const { account, userGroupMember } = await withGroup(adam);
    await userGroupMember.read(`${userGroupId}/${adam}`);
    account.addGroupMembers(userGroupId, [zoe]);
    expect((await userGroupMember.read(id)).props).to.deep.equal(outs);
  });

  it("drops nobody for an answer that is not Cloudflare's", async () => {
    const { userGroupMember } = await scriptResponses(html(404), success([{ id: zoe }]));
    expect((await catchError(userGroupMember.read(id, outs))).message).to.contain("text/html");
    expect((await userGroupMember.read(id, outs)).id).to.equal(id);
  });
});

describe("update of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("adds the person again, as it is asked for only to repair what is the same", async () => {
    const { userGroupMember, idsIn } = await withGroup(adam);
    expect(await userGroupMember.update(id, outs, inputs)).to.deep.equal({ outs });
    expect(idsIn()).to.have.members([adam, zoe]);
  });
});

describe("update of UserGroupMember by email", () => {
  afterEach(closeAccounts);

  it("adds nobody when the email belongs to another member by now, because the id would name the old one", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup();
    const stored = { ...outs, memberId: missing };
    const { message } = await catchError(userGroupMember.update(`${userGroupId}/${missing}`, stored, byEmail));
    expect(message).to.contain(
      `the email belongs to the member ${zoe} now, and this resource has the member ${missing}`,
    );
    expect(message).to.contain("pulumi up --refresh");
    expect(simulator.journal.count({ method: "POST" })).to.equal(0);
    expect(idsIn()).to.deep.equal([]);
  });
});

describe("create of UserGroupMember with an unknown outcome", () => {
  afterEach(closeAccounts);

  it("succeeds when the person is in the group", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup();
    simulator.faults.add({ method: "POST", times: 7, fault: { reset: "after" } });
    await recordWaits(async () => {
      expect(await userGroupMember.create(inputs)).to.deep.equal({ id, outs });
    });
    expect(idsIn()).to.deep.equal([zoe]);
  });

  it("keeps the resource in the state when the members cannot be read", async () => {
    const { simulator, userGroupMember } = await withGroup();
    simulator.faults.add({ method: "POST", times: 7, fault: { reset: "after" } });
    simulator.faults.add({ method: "GET", fault: { status: 403 } });
    await recordWaits(async () => {
      const error = await catchError(userGroupMember.create({ ...inputs, ...{ __provider: "code" } }));
      expect(error).to.include({ name: "InitializationFailed", id });
      expect(error).to.have.deep.property("properties", { ...inputs, __provider: "code" });
      expect(error.message).to.contain("ECONNRESET");
    });
  });
});

describe("delete of UserGroupMember", () => {
  afterEach(closeAccounts);

  it("removes the person with one call, logs it by name, and leaves everybody else", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe, adam);
    const lines = await logDuring(async () => {
      const { calls } = await recordRequests(simulator, () => userGroupMember.delete(id, outs));
      expect(calls).to.deep.equal([`DELETE ${path}/${zoe}`]);
    });
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: zoe@example.com.`]);
    expect(idsIn()).to.deep.equal([adam]);
  });

  it("logs nothing when the person is not in the group, or the group does not exist", async () => {
    const { account, userGroupMember } = await withGroup(adam);
    const lines = await logDuring(async () => {
      await userGroupMember.delete(id, outs);
      account.deleteUserGroup(userGroupId);
      await userGroupMember.delete(id, outs);
    });
    expect(lines).to.deep.equal([]);
  });

  it("removes nobody for a replacement whose address belongs to nobody", async () => {
    const { userGroupMember, idsIn } = await withGroup(zoe);
    await declare(userGroupMember, id, outs, { ...byEmail, email: "zo@example.com" });
    const { message } = await catchError(userGroupMember.delete(id, outs));
    expect(message).to.contain("zo@example.com belongs to no member; did you mean zoe@example.com?");
    expect(idsIn()).to.deep.equal([zoe]);
    await declare(userGroupMember, id, outs, { ...byEmail, email: "adam@example.com" });
    await userGroupMember.delete(id, outs);
    expect(idsIn()).to.deep.equal([]);
  });

  it("is repeated when its answer is lost", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe, adam);
    simulator.faults.add({ method: "DELETE", fault: { reset: "after" } });
    await recordWaits(() => userGroupMember.delete(id, outs));
    expect(simulator.journal.count({ method: "DELETE" })).to.equal(2);
    expect(idsIn()).to.deep.equal([adam]);
  });

  it("fails where it is refused, with advice on the stored credential", async () => {
    const { userGroupMember } = await simulateAccount({}, readOnlyToken);
    const { message } = await catchError(userGroupMember.delete(id, outs));
    expect(message).to.contain(`Could not remove zoe@example.com from the user group ${userGroupId}`);
    expect(message).to.contain("403").and.to.contain("--run-program");
  });
});
