import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { html, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  createLifecycles,
  expectNoUndefined,
  logDuring,
  members,
  readOnlyToken,
  recordRequests,
  scriptResponses,
  simulateAccount,
} from "./online";

const ids = (...all: string[]) => all.map((id) => ({ id }));
const { zoe, adam, maria, ben } = members;
const missing = "f".repeat(32);
// Cloudflare sorts members by email. None of these lists is sorted.
const memberOf = {
  [zoe]: { id: zoe, email: "zoe@example.com", status: "accepted" },
  [adam]: { id: adam, email: "adam@example.com", status: "accepted" },
  [maria]: { id: maria, email: "maria@example.com", status: "accepted" },
  [ben]: { id: ben, email: "ben@example.com", status: "pending" },
};
const membersOf = (...all: (keyof typeof memberOf)[]) => all.map((id) => memberOf[id]);

async function withGroup(...present: string[]) {
  const scene = await simulateAccount();
  const { id } = scene.account.addUserGroup({ name: "Admins", members: present });
  const inputs = { accountId, userGroupId: id, members: ids(zoe, ben, adam) };
  return {
    ...scene,
    id,
    inputs,
    path: `/iam/user_groups/${id}/members`,
    stored: { ...inputs, members: membersOf(zoe, ben, adam) },
  };
}

describe("UserGroupMembers.create", () => {
  afterEach(closeAccounts);

  it("sends one request for a group that the same run created", async () => {
    const { simulator, account, userGroup, userGroupMembers } = await simulateAccount();
    const { id } = await userGroup.create({ accountId, name: "Admins", policies: [] });
    const inputs = { accountId, userGroupId: id, members: ids(zoe, adam) };
    const { calls } = await recordRequests(simulator, () => userGroupMembers.create(inputs));
    expect(calls).to.deep.equal([[`PUT /iam/user_groups/${id}/members`, ids(zoe, adam)]]);
    expect(account.groupMembers(id)).to.have.length(2);
  });

  it("reads the members of an existing group first and returns the program's order", async () => {
    const { simulator, account, userGroupMembers, id, inputs, path } = await withGroup();
    const lines = await logDuring(async () => {
      const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(inputs));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, ids(zoe, ben, adam)]]);
      expect(result).to.deep.equal({ id, outs: { accountId, userGroupId: id, members: membersOf(zoe, ben, adam) } });
      expectNoUndefined(result);
    });
    expect(account.groupMembers(id).map(({ id }) => id)).to.deep.equal([adam, ben, zoe]);
    expect(lines).to.deep.equal([]);
  });

  it("writes nothing when the group already has exactly these members", async () => {
    const { simulator, userGroupMembers, inputs, path } = await withGroup(adam, ben, zoe);
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(inputs));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result.outs?.members).to.deep.equal(membersOf(zoe, ben, adam));
  });

  it("fails before it writes when the group has other members, and names them", async () => {
    const { simulator, account, userGroupMembers, id, inputs, path } = await withGroup(maria, adam);
    for (const removeOthers of [undefined, false]) {
      const { result, calls } = await recordRequests(simulator, () =>
        catchError(userGroupMembers.create({ ...inputs, removeOthers })),
      );
      expect(result.message).to.equal(
        `Could not set the members of the user group ${id}: the group already has other members: maria@example.com. ` +
          "Nothing was written.\n" +
          "  What to do: list them in `members`; or set `removeOthers: true` to remove them. " +
          `The option { import: "${id}" } takes over the members of a group without a write.`,
      );
      expect(calls).to.deep.equal([`GET ${path}`]);
    }
    expect(account.groupMembers(id).map(({ id }) => id)).to.have.members([maria, adam]);
  });

  it("removes the others with removeOthers, and logs the removal by name", async () => {
    const { simulator, account, userGroupMembers, id, path, ...scene } = await withGroup(maria, adam);
    const inputs = { ...scene.inputs, removeOthers: true };
    const lines = await logDuring(async () => {
      const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(inputs));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, ids(zoe, ben, adam)]]);
      expect(result.outs?.members).to.deep.equal(membersOf(zoe, ben, adam));
    });
    expect(account.groupMembers(id).map(({ id }) => id)).to.have.members([zoe, ben, adam]);
    expect(lines).to.deep.equal([`Removed from the user group ${id}: maria@example.com.`]);
  });

  it("writes an empty list only when the group has members", async () => {
    const { simulator, account, userGroupMembers, id, inputs, path } = await withGroup();
    const empty = { ...inputs, members: [], removeOthers: true };
    const looked = await recordRequests(simulator, () => userGroupMembers.create(empty));
    expect(looked.calls).to.deep.equal([`GET ${path}`]);
    expect(looked.result.outs?.members).to.deep.equal([]);
    account.setGroupMembers(id, [maria]);
    await logDuring(async () => {
      const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(empty));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, []]]);
      expect(result.outs?.members).to.deep.equal([]);
    });
    expect(account.groupMembers(id)).to.deep.equal([]);
  });

  for (const desired of [[zoe, adam], []])
    it(`waits for a group that was just created before it sets ${desired.length} members`, async () => {
      const { simulator, account, userGroup, userGroupMembers } = await simulateAccount({
        clock: "manual",
        msPerRequest: 1_000,
        memberLagMs: 2_500,
      });
      const { id } = await userGroup.create({ accountId, name: "Admins", policies: [] });
      simulator.journal.clear();
      const inputs = { accountId, userGroupId: id, members: ids(...desired) };
      await recordWaits(async () => {
        expect((await userGroupMembers.create(inputs)).outs?.members.map(({ id }) => id)).to.deep.equal(desired);
      });
      expect(simulator.journal.requests.map(({ status }) => status)).to.deep.equal([404, 404, 200]);
      expect(account.groupMembers(id)).to.have.length(desired.length);
    });

  it("fails after half a minute when the group stays missing", async () => {
    const { simulator, userGroupMembers, inputs } = await withGroup();
    const waits = await recordWaits(async () => {
      const { message } = await catchError(userGroupMembers.create({ ...inputs, userGroupId: missing }));
      expect(message).to.contain(`Could not set the members of the user group ${missing}`).and.to.contain("not found");
    });
    expect(simulator.journal.requests).to.have.length(7);
    expect(waits.reduce((sum, wait) => sum + wait)).to.be.within(20_000, 60_000);
  });

  it("names an id that no account member has, and changes nothing", async () => {
    const { account, userGroupMembers, id, inputs } = await withGroup(maria);
    const lines = await logDuring(async () => {
      const { message } = await catchError(userGroupMembers.create({ ...inputs, members: ids(maria, missing) }));
      expect(message).to.contain(`${missing} is not a member of this account (at /1/id)`).and.to.contain("400");
    });
    expect(lines, "nobody was removed").to.deep.equal([]);
    expect(account.groupMembers(id).map(({ id }) => id)).to.deep.equal([maria]);
  });

  it("retries a write whose response is lost, because the write is idempotent", async () => {
    const { simulator, account, userGroupMembers, id, inputs } = await withGroup();
    simulator.faults.add({ method: "PUT", fault: { reset: "after" } });
    await recordWaits(() => userGroupMembers.create(inputs));
    expect(simulator.journal.requests.map(({ method }) => method)).to.deep.equal(["GET", "PUT", "PUT"]);
    expect(account.groupMembers(id)).to.have.length(3);
  });
});

describe("UserGroupMembers.read", () => {
  afterEach(closeAccounts);

  it("returns the members in the stored order, and only ids in the inputs", async () => {
    const { simulator, userGroupMembers, id, inputs, path, stored } = await withGroup(adam, zoe, ben);
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.read(id, stored));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result).to.deep.equal({ id, props: stored, inputs });
    expectNoUndefined(result);
  });

  it("returns an unlisted member by email, at the position of a removed one", async () => {
    const { userGroupMembers, id, stored } = await withGroup(adam, maria, zoe);
    const { inputs } = await userGroupMembers.read(id, stored);
    expect(inputs).to.deep.include({ members: [...ids(zoe), { email: "maria@example.com" }, ...ids(adam)] });
  });

  it("returns an empty list for a null result and needs only the id", async () => {
    const { simulator, userGroupMembers, id } = await withGroup();
    const { result } = await recordRequests(simulator, () => userGroupMembers.read(id));
    expect(simulator.journal.requests).to.have.length(1);
    expect(result.props).to.deep.equal({ accountId, userGroupId: id, members: [] });
    expectNoUndefined(result);
  });

  it("omits the email and status that Cloudflare does not return", async () => {
    const { stored } = await withGroup();
    const { userGroupMembers } = await scriptResponses(success([{ id: zoe }, { id: ben, email: null, status: null }]));
    const result = await userGroupMembers.read(missing, { ...stored, members: ids(zoe, ben) });
    expect(result.props.members).to.deep.equal(ids(zoe, ben));
    expectNoUndefined(result);
  });

  it("returns a blank id when the group is missing, and fails for get", async () => {
    const { userGroupMembers, stored } = await withGroup();
    expect(await userGroupMembers.read(missing, stored)).to.deep.equal({ id: "" });
    const { message } = await catchError(userGroupMembers.read(missing, { accountId }));
    expect(message).to.contain(
      `Could not get the members of the user group ${missing}: it does not exist in the account`,
    );
    const proxied = await scriptResponses(html(404));
    expect((await catchError(proxied.userGroupMembers.read(missing, stored))).message).to.contain("text/html");
  });
});

describe("UserGroupMembers.delete", () => {
  afterEach(closeAccounts);

  it("empties the group, logs every removed member and keeps the group", async () => {
    const { simulator, account, userGroupMembers, id, path, stored } = await withGroup(zoe, maria);
    const lines = await logDuring(async () => {
      const { calls } = await recordRequests(simulator, () => userGroupMembers.delete(id, stored));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, []]]);
    });
    expect(lines).to.deep.equal([`Removed from the user group ${id}: maria@example.com, zoe@example.com.`]);
    expect(account.groupMembers(id)).to.deep.equal([]);
    expect(account.userGroup(id).name).to.equal("Admins");
  });

  it("writes nothing when the group is empty or missing", async () => {
    const { simulator, account, userGroupMembers, id, path, stored } = await withGroup();
    const { calls } = await recordRequests(simulator, () => userGroupMembers.delete(id, stored));
    expect(calls).to.deep.equal([`GET ${path}`]);
    account.deleteUserGroup(id);
    const second = await recordRequests(simulator, () => userGroupMembers.delete(id, stored));
    expect(second.calls).to.deep.equal([`GET ${path}`]);
  });

  it("does not fail when the group is deleted between its two requests", async () => {
    const { simulator, account, userGroupMembers, id, stored } = await withGroup(zoe);
    simulator.faults.add({ method: "PUT", fault: { reset: "before" } });
    const lines = await logDuring(() =>
      recordWaits(async () => {
        const deleting = userGroupMembers.delete(id, stored);
        while (simulator.journal.count({ method: "PUT" }) === 0) await new Promise(setImmediate);
        account.deleteUserGroup(id);
        await deleting;
      }),
    );
    expect(lines).to.deep.equal([]);
  });

  it("fails when the request is rejected, with advice about the stored credential", async () => {
    const { simulator, id, stored } = await withGroup(zoe);
    simulator.faults.add({ method: "PUT", fault: { status: 403 } });
    const { userGroupMembers } = createLifecycles(simulator.url, readOnlyToken);
    const { message } = await catchError(userGroupMembers.delete(id, stored));
    expect(message).to.contain(`Could not remove the members of the user group ${id}`);
    expect(message).to.contain("403").and.to.contain("--run-program");
  });
});
