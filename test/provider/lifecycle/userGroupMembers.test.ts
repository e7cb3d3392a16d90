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

const ids = (...all: string[]) => all.map((id) => ({ id }));
const { zoe, adam, maria, ben } = members;
const missing = "f".repeat(32);
// Cloudflare sorts members by email. None of these lists has that order.
const detailsById = {
  [zoe]: { id: zoe, email: "zoe@example.com", status: "accepted" },
  [adam]: { id: adam, email: "adam@example.com", status: "accepted" },
  [maria]: { id: maria, email: "maria@example.com", status: "accepted" },
  [ben]: { id: ben, email: "ben@example.com", status: "pending" },
};
const memberDetails = (...all: (keyof typeof detailsById)[]) => all.map((id) => detailsById[id]);

async function setUpGroup(...memberIds: string[]) {
  const simulated = await simulateAccount();
  const { id } = simulated.account.addUserGroup({ name: "Admins", members: memberIds });
  const inputs = { accountId, userGroupId: id, members: ids(zoe, ben, adam) };
  return {
    ...simulated,
    id,
    inputs,
    path: `/iam/user_groups/${id}/members`,
    stored: { ...inputs, members: memberDetails(zoe, ben, adam) },
  };
}

async function recordWarnings(act: () => Promise<unknown>): Promise<string[]> {
  const real = console.warn;
  const warnings: string[] = [];
  console.warn = (...texts: unknown[]) => warnings.push(texts.join(" "));
  try {
    await act();
  } finally {
    console.warn = real;
  }
  return warnings;
}

describe("Create of UserGroupMembers", () => {
  afterEach(closeAccounts);

  it("fills an empty group with one request and returns the program's order", async () => {
    const { simulator, account, userGroupMembers, id, inputs, path } = await setUpGroup();
    const warnings = await recordWarnings(async () => {
      const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(inputs));
      expect(calls).to.deep.equal([[`POST ${path}`, ids(zoe, ben, adam)]]);
      expect(result).to.deep.equal({
        id,
        outs: { accountId, userGroupId: id, members: memberDetails(zoe, ben, adam) },
      });
      expectNoUndefined(result);
    });
    expect(account.groupMembers(id).map(({ id }) => id)).to.deep.equal([adam, ben, zoe]);
    expect(warnings).to.deep.equal([]);
  });

  it("removes unlisted members and names them in a warning", async () => {
    const { simulator, account, userGroupMembers, id, inputs, path } = await setUpGroup(maria, adam);
    const warnings = await recordWarnings(async () => {
      const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(inputs));
      expect(calls.map((call) => [call].flat()[0])).to.deep.equal([`POST ${path}`, `PUT ${path}`]);
      expect(result.outs?.members).to.deep.equal(memberDetails(zoe, ben, adam));
    });
    expect(account.groupMembers(id).map(({ id }) => id)).to.have.members([zoe, ben, adam]);
    expect(warnings).to.have.length(1);
    expect(warnings[0])
      .to.contain(id)
      .and.to.match(/Removing maria@example\.com\.$/);
  });

  it("only reads an empty group and clears a group with members", async () => {
    const { simulator, account, userGroupMembers, id, inputs, path } = await setUpGroup();
    const empty = { ...inputs, members: [] };
    const readOnly = await recordRequests(simulator, () => userGroupMembers.create(empty));
    expect(readOnly.calls).to.deep.equal([`GET ${path}`]);
    expect(readOnly.result.outs?.members).to.deep.equal([]);
    account.setGroupMembers(id, [maria]);
    await recordWarnings(async () => {
      const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(empty));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, []]]);
      expect(result.outs?.members).to.deep.equal([]);
    });
    expect(account.groupMembers(id)).to.deep.equal([]);
  });

  for (const desired of [[zoe, adam], []])
    it(`waits for a new group before it sets ${desired.length} members`, async () => {
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

  it("fails after half a minute when the group does not exist", async () => {
    const { simulator, userGroupMembers, inputs } = await setUpGroup();
    const waits = await recordWaits(async () => {
      const { message } = await catchError(userGroupMembers.create({ ...inputs, userGroupId: missing }));
      expect(message).to.contain(`Could not set the members of the user group ${missing}`).and.to.contain("not found");
    });
    expect(simulator.journal.requests).to.have.length(7);
    expect(waits.reduce((sum, wait) => sum + wait)).to.be.within(20_000, 60_000);
  });

  it("names an id that is not a member and changes nothing", async () => {
    const { account, userGroupMembers, id, inputs } = await setUpGroup(maria);
    const { message } = await catchError(userGroupMembers.create({ ...inputs, members: ids(zoe, missing) }));
    expect(message).to.contain(`${missing} is not a member of this account (at /1/id)`).and.to.contain("400");
    expect(account.groupMembers(id).map(({ id }) => id)).to.deep.equal([maria]);
  });

  it("retries when the response is lost", async () => {
    const { simulator, account, userGroupMembers, id, inputs } = await setUpGroup();
    simulator.faults.add({ method: "POST", fault: { reset: "after" } });
    await recordWaits(() => userGroupMembers.create(inputs));
    expect(simulator.journal.requests.map(({ method }) => method)).to.deep.equal(["POST", "POST"]);
    expect(account.groupMembers(id)).to.have.length(3);
  });
});

describe("Read of UserGroupMembers", () => {
  afterEach(closeAccounts);

  it("returns the members in the stored order and ids as inputs", async () => {
    const { simulator, userGroupMembers, id, inputs, path, stored } = await setUpGroup(adam, zoe, ben);
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.read(id, stored));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result).to.deep.equal({ id, props: stored, inputs });
    expectNoUndefined(result);
  });

  it("returns external changes in the inputs, unlisted members last", async () => {
    const { userGroupMembers, id, stored } = await setUpGroup(adam, maria, zoe);
    expect((await userGroupMembers.read(id, stored)).inputs).to.deep.include({ members: ids(zoe, adam, maria) });
  });

  it("reads a group from its id alone and treats null as empty", async () => {
    const { simulator, userGroupMembers, id } = await setUpGroup();
    const { result } = await recordRequests(simulator, () => userGroupMembers.read(id));
    expect(simulator.journal.requests).to.have.length(1);
    expect(result.props).to.deep.equal({ accountId, userGroupId: id, members: [] });
    expectNoUndefined(result);
  });

  it("omits email and status when Cloudflare returns none", async () => {
    const { stored } = await setUpGroup();
    const { userGroupMembers } = await scriptResponses(success([{ id: zoe }, { id: ben, email: null, status: null }]));
    const result = await userGroupMembers.read(missing, { ...stored, members: ids(zoe, ben) });
    expect(result.props.members).to.deep.equal(ids(zoe, ben));
    expectNoUndefined(result);
  });

  it("returns a blank id for a missing group and fails for get", async () => {
    const { userGroupMembers, stored } = await setUpGroup();
    expect(await userGroupMembers.read(missing, stored)).to.deep.equal({ id: "" });
    const { message } = await catchError(userGroupMembers.read(missing, { accountId }));
    expect(message).to.contain(
      `Could not get the members of the user group ${missing}: it does not exist in the account`,
    );
    const proxied = await scriptResponses(html(404));
    expect((await catchError(proxied.userGroupMembers.read(missing, stored))).message).to.contain("text/html");
  });
});

describe("Delete of UserGroupMembers", () => {
  afterEach(closeAccounts);

  it("empties the group with one request and accepts a missing group", async () => {
    const { simulator, account, userGroupMembers, id, path, stored } = await setUpGroup(zoe, ben, adam, maria);
    const { calls } = await recordRequests(simulator, () => userGroupMembers.delete(id, stored));
    expect(calls).to.deep.equal([[`PUT ${path}`, []]]);
    expect(account.groupMembers(id)).to.deep.equal([]);
    expect(account.userGroup(id).name).to.equal("Admins");
    account.deleteUserGroup(id);
    await userGroupMembers.delete(id, stored);
  });

  it("fails with advice on the stored credential when it is rejected", async () => {
    const { userGroupMembers } = await simulateAccount({}, readOnlyToken);
    const stored = { accountId, userGroupId: missing, members: memberDetails(zoe) };
    const { message } = await catchError(userGroupMembers.delete(missing, stored));
    expect(message).to.contain(`Could not remove the members of the user group ${missing}`);
    expect(message).to.contain("403").and.to.contain("--run-program");
  });
});
