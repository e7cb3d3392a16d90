import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { success } from "../cloudflare/scriptedServer";
import { missing, path, userGroupId, withGroup } from "./groupWithMembers";
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
const id = `${userGroupId}/${zoe}`;
const inputs = { accountId, userGroupId, memberId: zoe };
const byEmail = { accountId, userGroupId, email: "Zoe@Example.com" };
const outs = { ...inputs, email: "zoe@example.com", status: "accepted" };

describe("UserGroupMember.create", () => {
  afterEach(closeAccounts);

  it("adds the person with one request and keeps all other members", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(maria);
    const { result, calls } = await recordRequests(simulator, () => userGroupMember.create(inputs));
    expect(calls).to.deep.equal([[`POST ${path}`, [{ id: zoe }]]]);
    expect(result).to.deep.equal({ id, outs });
    expectNoUndefined(result);
    expect(idsIn()).to.have.members([maria, zoe]);
  });

  it("resolves fifty emails with one listing of the account", async () => {
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

  it("names an email that belongs to nobody and writes nothing", async () => {
    const { simulator, userGroupMember } = await withGroup();
    const { message } = await catchError(userGroupMember.create({ ...byEmail, email: "zo@example.com" }));
    expect(message).to.contain(`Could not add zo@example.com to the user group ${userGroupId}`);
    expect(message).to.contain("did you mean zoe@example.com").and.to.contain(accountId);
    expect(simulator.journal.count({ method: "POST" })).to.equal(0);
  });

  it("waits for a group that was just created", async () => {
    const scene = await simulateAccount({ clock: "manual", msPerRequest: 1_000, memberLagMs: 2_500 });
    const group = await scene.userGroup.create({ accountId, name: "Admins", policies: [] });
    await recordWaits(() => scene.userGroupMember.create({ ...inputs, userGroupId: group.id }));
    expect(scene.account.groupMembers(group.id).map(({ id }) => id)).to.deep.equal([zoe]);
  });

  it("retries when the response is lost, truncated or a rate limit", async () => {
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

  it("reads the list when the response lacks the person, or fails", async () => {
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
    expect(outs).to.deep.equal({ ...inputs, email: "Zoe@Example.com", namedByEmail: true });
    expect((await userGroupMember.read(id, outs)).props).to.deep.equal(outs);
    expect(await userGroupMember.diff(id, { ...inputs, ...outs }, byEmail)).to.deep.equal({ changes: false });
  });

  it("imports an existing membership without a write and rejects every other one", async () => {
    const { simulator, userGroupMember } = await withGroup(zoe);
    for (const desired of [inputs, byEmail]) {
      const { result, calls } = await recordRequests(simulator, () =>
        userGroupMember.create({ ...desired, importId: id }),
      );
      expect(calls).to.deep.equal([`GET ${path}/${zoe}`]);
      const { createdAt, ...others } = result.outs ?? {};
      expect(others).to.deep.equal(desired === inputs ? outs : { ...outs, namedByEmail: true });
      expect(createdAt).to.match(/^20\d\d-.*Z$/);
      expectNoUndefined(result);
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

describe("UserGroupMember.update", () => {
  afterEach(closeAccounts);

  it("adds the person again, because only a repair calls it", async () => {
    const { userGroupMember, idsIn } = await withGroup(adam);
    expect(await userGroupMember.update(id, outs, inputs)).to.deep.equal({ outs });
    expect(idsIn()).to.have.members([adam, zoe]);
  });
});

describe("UserGroupMember.update with an email", () => {
  afterEach(closeAccounts);

  it("adds nobody when the email now belongs to another member", async () => {
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

describe("UserGroupMember.create with an unknown outcome", () => {
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

describe("UserGroupMember.delete", () => {
  afterEach(closeAccounts);

  it("removes the person with one request, logs the email and keeps all others", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe, adam);
    const lines = await logDuring(async () => {
      const { calls } = await recordRequests(simulator, () => userGroupMember.delete(id, outs));
      expect(calls).to.deep.equal([`DELETE ${path}/${zoe}`]);
    });
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: zoe@example.com.`]);
    expect(idsIn()).to.deep.equal([adam]);
  });

  it("logs nothing when the person or the group is missing", async () => {
    const { account, userGroupMember } = await withGroup(adam);
    const lines = await logDuring(async () => {
      await userGroupMember.delete(id, outs);
      account.deleteUserGroup(userGroupId);
      await userGroupMember.delete(id, outs);
    });
    expect(lines).to.deep.equal([]);
  });

  it("removes nobody before a replacement whose email belongs to nobody", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe);
    // The check cannot read the account, so that only the deletion finds the wrong email.
    simulator.faults.add({ path: "/members", fault: { status: 403 } });
    await declare(userGroupMember, id, outs, { ...byEmail, email: "zo@example.com" });
    const { message } = await catchError(userGroupMember.delete(id, outs));
    expect(message).to.contain("zo@example.com belongs to no member; did you mean zoe@example.com?");
    expect(idsIn()).to.deep.equal([zoe]);
    await declare(userGroupMember, id, outs, { ...byEmail, email: "adam@example.com" });
    await userGroupMember.delete(id, outs);
    expect(idsIn()).to.deep.equal([]);
  });

  it("retries when the response is lost", async () => {
    const { simulator, userGroupMember, idsIn } = await withGroup(zoe, adam);
    simulator.faults.add({ method: "DELETE", fault: { reset: "after" } });
    await recordWaits(() => userGroupMember.delete(id, outs));
    expect(simulator.journal.count({ method: "DELETE" })).to.equal(2);
    expect(idsIn()).to.deep.equal([adam]);
  });

  it("fails when the request is rejected, with advice about the stored credential", async () => {
    const { userGroupMember } = await simulateAccount({}, readOnlyToken);
    const { message } = await catchError(userGroupMember.delete(id, outs));
    expect(message).to.contain(`Could not remove zoe@example.com from the user group ${userGroupId}`);
    expect(message).to.contain("403").and.to.contain("--run-program");
  });
});
