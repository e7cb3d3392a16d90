import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { success } from "../cloudflare/scriptedServer";
import { path, userGroupId, withGroup } from "./groupWithMembers";
import {
  accountId,
  catchError,
  closeAccounts,
  expectNoUndefined,
  logDuring,
  members,
  recordRequests,
  scriptResponses,
} from "./online";

const ids = (...all: string[]) => all.map((id) => ({ id }));
const { zoe, adam, maria, ben } = members;
const inputs = { accountId, userGroupId, members: ids(zoe, adam) };
const withCode = { __provider: "code" };

describe("UserGroupMembers.update", () => {
  afterEach(closeAccounts);

  it("replaces the whole set with one write and returns the program's order", async () => {
    const { simulator, account, userGroupMembers } = await withGroup(zoe, adam, maria);
    const news = { ...inputs, members: ids(zoe, ben, adam) };
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.update(userGroupId, inputs, news));
    expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, ids(zoe, ben, adam)]]);
    expect(account.groupMembers(userGroupId).map(({ id }) => id)).to.deep.equal([adam, ben, zoe]);
    expect(result.outs?.members).to.deep.equal([
      { id: zoe, email: "zoe@example.com", status: "accepted" },
      { id: ben, email: "ben@example.com", status: "pending" },
      { id: adam, email: "adam@example.com", status: "accepted" },
    ]);
    expectNoUndefined(result);
  });

  it("empties the group with one write that returns null", async () => {
    const { simulator, account, userGroupMembers } = await withGroup(zoe, adam);
    const { result, calls } = await recordRequests(simulator, () =>
      userGroupMembers.update(userGroupId, inputs, { ...inputs, members: [] }),
    );
    expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, []]]);
    expect(account.groupMembers(userGroupId)).to.deep.equal([]);
    expect(result.outs).to.deep.equal({ ...inputs, members: [] });
  });

  it("reads the list when the response differs from the desired members", async () => {
    for (const result of [null, [{ id: zoe }], [{ id: zoe }, { id: adam }, { id: maria }]]) {
      const { userGroupMembers, server } = await scriptResponses(
        success(ids(ben)),
        success(result),
        success(ids(adam, zoe)),
      );
      const { outs } = await userGroupMembers.update(userGroupId, inputs, inputs);
      expect(outs?.members).to.deep.equal(ids(zoe, adam));
      expect(server.requests.map(({ method }) => method)).to.deep.equal(["GET", "PUT", "GET"]);
    }
  });

  it("fails when the group has other members afterwards, and lists the differences", async () => {
    const unlisted = { id: maria, email: "maria@example.com" };
    const { userGroupMembers } = await scriptResponses(
      success(ids(ben)),
      success(null),
      success([{ id: zoe }, unlisted]),
    );
    const error = await catchError(userGroupMembers.update(userGroupId, inputs, { ...inputs, ...withCode }));
    const { message } = error;
    expect(message).to.contain(`Could not set the members of the user group ${userGroupId}`);
    expect(message).to.contain(`missing: ${adam}; not listed: maria@example.com`);
    expect(error, "the state contains the group's members").to.have.deep.property("properties", {
      ...inputs,
      ...withCode,
      members: [{ id: zoe }, unlisted],
    });
    expect(error).to.have.deep.property("reasons", [message]);
    expect(error).to.include({ id: userGroupId });
  });

  it("writes nothing when the group already has exactly these members", async () => {
    const { simulator, userGroupMembers } = await withGroup(adam, zoe);
    const { result, calls } = await recordRequests(simulator, () =>
      userGroupMembers.update(userGroupId, inputs, inputs),
    );
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result.outs?.members.map(({ id }) => id)).to.deep.equal([zoe, adam]);
  });

  it("logs every removed member, also one that the state does not contain", async () => {
    const { userGroupMembers } = await withGroup(zoe, adam, maria);
    const lines = await logDuring(() => userGroupMembers.update(userGroupId, inputs, { ...inputs, members: ids(zoe) }));
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: adam@example.com, maria@example.com.`]);
  });

  it("logs a removal also when the group has other members afterwards", async () => {
    const { userGroupMembers } = await scriptResponses(
      success(ids(zoe, maria)),
      success(ids(zoe, ben)),
      success(ids(zoe, ben)),
    );
    const lines = await logDuring(() => catchError(userGroupMembers.update(userGroupId, inputs, inputs)));
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: ${maria}.`]);
  });

  it("names the people that a write with an unknown outcome may have removed", async () => {
    const { simulator, account, userGroupMembers } = await withGroup(zoe, maria);
    simulator.faults.add({ method: "PUT", fault: { status: 502, after: true } });
    simulator.faults.add({ method: "PUT", fault: { status: 403 } });
    simulator.faults.add({ method: "GET", skip: 1, fault: { status: 403 } });
    const lines = await logDuring(() => catchError(userGroupMembers.update(userGroupId, inputs, inputs)));
    expect(account.groupMembers(userGroupId).map(({ id }) => id)).to.deep.equal([adam, zoe]);
    expect(lines).to.deep.equal([
      `Possibly removed from the user group ${userGroupId}: maria@example.com. The outcome of the write is unknown.`,
    ]);
  });

  it("succeeds when every response is lost but the group has these members", async () => {
    const { simulator, account, userGroupMembers } = await withGroup(maria);
    simulator.faults.add({ method: "PUT", times: 7, fault: { reset: "after" } });
    const lines = await logDuring(() =>
      recordWaits(async () => {
        const { outs } = await userGroupMembers.update(userGroupId, inputs, inputs);
        expect(outs?.members.map(({ id }) => id)).to.deep.equal([zoe, adam]);
      }),
    );
    expect(lines).to.deep.equal([`Removed from the user group ${userGroupId}: maria@example.com.`]);
    expect(account.groupMembers(userGroupId)).to.have.length(2);
  });

  it("stores the current members when no response arrives and nothing was written", async () => {
    const { simulator, userGroupMembers } = await withGroup(maria);
    simulator.faults.add({ method: "PUT", times: 7, fault: { reset: "before" } });
    const lines = await logDuring(() =>
      recordWaits(async () => {
        const error = await catchError(userGroupMembers.update(userGroupId, inputs, { ...inputs, ...withCode }));
        expect(error.message).to.contain("got no response").and.to.contain("ECONNRESET");
        expect(error).to.include({ id: userGroupId, name: "InitializationFailed" });
        expect(error).to.have.deep.property("properties", {
          ...inputs,
          ...withCode,
          members: [{ id: maria, email: "maria@example.com", status: "accepted" }],
        });
      }),
    );
    expect(lines, "nobody was removed").to.deep.equal([]);
  });

  it("leaves the state unchanged when Cloudflare rejects the write", async () => {
    const { simulator, account, userGroupMembers } = await withGroup(maria);
    simulator.faults.add({ method: "PUT", fault: { status: 403 } });
    const error = await catchError(userGroupMembers.update(userGroupId, inputs, inputs));
    expect(error).to.include({ name: "CloudflareError" });
    expect(account.groupMembers(userGroupId).map(({ id }) => id)).to.deep.equal([maria]);
  });

  it("fails when the group does not exist", async () => {
    const { account, userGroupMembers } = await withGroup();
    account.deleteUserGroup(userGroupId);
    const { message } = await catchError(userGroupMembers.update(userGroupId, inputs, inputs));
    expect(message).to.contain("404").and.to.contain("User group not found");
  });
});

describe("UserGroupMembers with 120 members", () => {
  afterEach(closeAccounts);

  it("needs one request for each read or write and keeps the program's order", async () => {
    const { simulator, account, userGroupMembers } = await withGroup();
    const everybody = Array.from({ length: 120 }, (_, index) => {
      const id = index.toString(16).padStart(32, "e");
      account.addMember({ id, email: `${String((index * 37) % 120).padStart(3, "0")}@example.com` });
      return { id };
    });
    const desired = { ...inputs, members: everybody };
    const created = await recordRequests(simulator, () => userGroupMembers.create(desired));
    expect(created.calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, everybody]]);
    expect(created.result.outs?.members.map(({ id }) => ({ id }))).to.deep.equal(everybody);

    const read = await recordRequests(simulator, () => userGroupMembers.read(userGroupId, created.result.outs));
    expect(read.calls).to.deep.equal([`GET ${path}`]);
    expect(read.result.props).to.deep.equal(created.result.outs);
    expect(read.result.inputs).to.deep.equal(desired);

    const fewer = { ...inputs, members: everybody.toReversed().slice(1) };
    const { outs } = await userGroupMembers.update(userGroupId, { ...desired, members: everybody }, fewer);
    expect(outs?.members.map(({ id }) => ({ id }))).to.deep.equal(fewer.members);
    expect(account.groupMembers(userGroupId)).to.have.length(119);
  });
});
