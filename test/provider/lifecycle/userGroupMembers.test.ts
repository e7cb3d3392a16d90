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

const ids = (...all: string[]) => all.map((id) => ({ id }));
const { zoe, adam, maria, ben } = members;
const missing = "f".repeat(32);
// Cloudflare sorts by e-mail address: none of these lists is sorted.
const toldOf = {
  [zoe]: { id: zoe, email: "zoe@example.com", status: "accepted" },
  [adam]: { id: adam, email: "adam@example.com", status: "accepted" },
  [maria]: { id: maria, email: "maria@example.com", status: "accepted" },
  [ben]: { id: ben, email: "ben@example.com", status: "pending" },
};
const told = (...all: (keyof typeof toldOf)[]) => all.map((id) => toldOf[id]);

async function withGroup(...present: string[]) {
  const scene = await simulated();
  const { id } = scene.account.addUserGroup({ name: "Admins", members: present });
  const inputs = { accountId, userGroupId: id, members: ids(zoe, ben, adam) };
  return {
    ...scene,
    id,
    inputs,
    path: `/iam/user_groups/${id}/members`,
    stored: { ...inputs, members: told(zoe, ben, adam) },
  };
}

async function warningsDuring(act: () => Promise<unknown>): Promise<string[]> {
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
    const { simulator, account, userGroupMembers, id, inputs, path } = await withGroup();
    const warnings = await warningsDuring(async () => {
      const { result, calls } = await callsOf(simulator, () => userGroupMembers.create(inputs));
      expect(calls).to.deep.equal([[`POST ${path}`, ids(zoe, ben, adam)]]);
      expect(result).to.deep.equal({ id, outs: { accountId, userGroupId: id, members: told(zoe, ben, adam) } });
      expectNoUndefined(result);
    });
    expect(account.groupMembers(id).map(({ id }) => id)).to.deep.equal([adam, ben, zoe]);
    expect(warnings).to.deep.equal([]);
  });

  it("removes unlisted members and names them in a warning", async () => {
    const { simulator, account, userGroupMembers, id, inputs, path } = await withGroup(maria, adam);
    const warnings = await warningsDuring(async () => {
      const { result, calls } = await callsOf(simulator, () => userGroupMembers.create(inputs));
      expect(calls.map((call) => [call].flat()[0])).to.deep.equal([`POST ${path}`, `PUT ${path}`]);
      expect(result.outs?.members).to.deep.equal(told(zoe, ben, adam));
    });
    expect(account.groupMembers(id).map(({ id }) => id)).to.have.members([zoe, ben, adam]);
    expect(warnings).to.have.length(1);
    expect(warnings[0])
      .to.contain(id)
      .and.to.match(/Removing maria@example\.com\.$/);
  });

  it("only reads an empty group and clears a group with members", async () => {
    const { simulator, account, userGroupMembers, id, inputs, path } = await withGroup();
    const empty = { ...inputs, members: [] };
    const looked = await callsOf(simulator, () => userGroupMembers.create(empty));
    expect(looked.calls).to.deep.equal([`GET ${path}`]);
    expect(looked.result.outs?.members).to.deep.equal([]);
    account.setGroupMembers(id, [maria]);
    await warningsDuring(async () => {
      const { result, calls } = await callsOf(simulator, () => userGroupMembers.create(empty));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, []]]);
      expect(result.outs?.members).to.deep.equal([]);
    });
    expect(account.groupMembers(id)).to.deep.equal([]);
  });

  for (const wanted of [[zoe, adam], []])
    it(`waits for a new group before it sets ${wanted.length} members`, async () => {
      const { simulator, account, userGroup, userGroupMembers } = await simulated({
        clock: "manual",
        msPerRequest: 1_000,
        memberLagMs: 2_500,
      });
      const { id } = await userGroup.create({ accountId, name: "Admins", policies: [] });
      simulator.journal.clear();
      const inputs = { accountId, userGroupId: id, members: ids(...wanted) };
      await waitsDuring(async () => {
        expect((await userGroupMembers.create(inputs)).outs?.members.map(({ id }) => id)).to.deep.equal(wanted);
      });
      expect(simulator.journal.requests.map(({ status }) => status)).to.deep.equal([404, 404, 200]);
      expect(account.groupMembers(id)).to.have.length(wanted.length);
    });

  it("fails after half a minute when the group does not exist", async () => {
    const { simulator, userGroupMembers, inputs } = await withGroup();
    const waits = await waitsDuring(async () => {
      const { message } = await errorOf(userGroupMembers.create({ ...inputs, userGroupId: missing }));
      expect(message).to.contain(`Could not set the members of the user group ${missing}`).and.to.contain("not found");
    });
    expect(simulator.journal.requests).to.have.length(7);
    expect(waits.reduce((sum, wait) => sum + wait)).to.be.within(20_000, 60_000);
  });

  it("names an id that is not a member and changes nothing", async () => {
    const { account, userGroupMembers, id, inputs } = await withGroup(maria);
    const { message } = await errorOf(userGroupMembers.create({ ...inputs, members: ids(zoe, missing) }));
    expect(message).to.contain(`${missing} is not a member of this account (at /1/id)`).and.to.contain("400");
    expect(account.groupMembers(id).map(({ id }) => id)).to.deep.equal([maria]);
  });

  it("retries when the response is lost", async () => {
    const { simulator, account, userGroupMembers, id, inputs } = await withGroup();
    simulator.faults.add({ method: "POST", fault: { reset: "after" } });
    await waitsDuring(() => userGroupMembers.create(inputs));
    expect(simulator.journal.requests.map(({ method }) => method)).to.deep.equal(["POST", "POST"]);
    expect(account.groupMembers(id)).to.have.length(3);
  });
});

describe("Read of UserGroupMembers", () => {
  afterEach(closeAccounts);

  it("returns the members in the stored order and ids as inputs", async () => {
    const { simulator, userGroupMembers, id, inputs, path, stored } = await withGroup(adam, zoe, ben);
    const { result, calls } = await callsOf(simulator, () => userGroupMembers.read(id, stored));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result).to.deep.equal({ id, props: stored, inputs });
    expectNoUndefined(result);
  });

  it("returns external changes in the inputs, unlisted members last", async () => {
    const { userGroupMembers, id, stored } = await withGroup(adam, maria, zoe);
    expect((await userGroupMembers.read(id, stored)).inputs).to.deep.include({ members: ids(zoe, adam, maria) });
  });

  it("reads a group from its id alone and treats null as empty", async () => {
    const { simulator, userGroupMembers, id } = await withGroup();
    const { result } = await callsOf(simulator, () => userGroupMembers.read(id));
    expect(simulator.journal.requests).to.have.length(1);
    expect(result.props).to.deep.equal({ accountId, userGroupId: id, members: [] });
    expectNoUndefined(result);
  });

  it("omits email and status when Cloudflare returns none", async () => {
    const { stored } = await withGroup();
    const { userGroupMembers } = await scripted(success([{ id: zoe }, { id: ben, email: null, status: null }]));
    const result = await userGroupMembers.read(missing, { ...stored, members: ids(zoe, ben) });
    expect(result.props.members).to.deep.equal(ids(zoe, ben));
    expectNoUndefined(result);
  });

  it("returns a blank id for a missing group and fails for get", async () => {
    const { userGroupMembers, stored } = await withGroup();
    expect(await userGroupMembers.read(missing, stored)).to.deep.equal({ id: "" });
    const { message } = await errorOf(userGroupMembers.read(missing, { accountId }));
    expect(message).to.contain(
      `Could not get the members of the user group ${missing}: it does not exist in the account`,
    );
    const proxied = await scripted(html(404));
    expect((await errorOf(proxied.userGroupMembers.read(missing, stored))).message).to.contain("text/html");
  });
});

describe("Delete of UserGroupMembers", () => {
  afterEach(closeAccounts);

  it("empties the group with one request and accepts a missing group", async () => {
    const { simulator, account, userGroupMembers, id, path, stored } = await withGroup(zoe, ben, adam, maria);
    const { calls } = await callsOf(simulator, () => userGroupMembers.delete(id, stored));
    expect(calls).to.deep.equal([[`PUT ${path}`, []]]);
    expect(account.groupMembers(id)).to.deep.equal([]);
    expect(account.userGroup(id).name).to.equal("Admins");
    account.deleteUserGroup(id);
    await userGroupMembers.delete(id, stored);
  });

  it("fails with advice on the stored credential when it is rejected", async () => {
    const { userGroupMembers } = await simulated({}, readOnlyToken);
    const stored = { accountId, userGroupId: missing, members: told(zoe) };
    const { message } = await errorOf(userGroupMembers.delete(missing, stored));
    expect(message).to.contain(`Could not remove the members of the user group ${missing}`);
    expect(message).to.contain("403").and.to.contain("--run-program");
  });
});
