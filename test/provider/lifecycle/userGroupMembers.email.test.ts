import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { errorResponse, success } from "../cloudflare/scriptedServer";
import { createOfflineLifecycles, idOf, unknown } from "./offline";
import {
  accountId,
  catchError,
  closeAccounts,
  members,
  readOnlyToken,
  recordRequests,
  scriptResponses,
  simulateAccount,
} from "./online";

const { zoe, adam, maria } = members;
const userGroupId = "a".repeat(32);
const path = `/iam/user_groups/${userGroupId}/members`;
const emails = (...all: string[]) => all.map((email) => ({ email }));
const inputs = { accountId, userGroupId, members: [{ email: "Zoe@example.com" }, { id: adam }] };
const memberDetails = [
  { id: zoe, email: "zoe@example.com", status: "accepted" },
  { id: adam, email: "adam@example.com", status: "accepted" },
];
const stored = { accountId, userGroupId, members: memberDetails };

async function setUpGroup(...memberIds: string[]) {
  const simulated = await simulateAccount();
  simulated.account.addUserGroup({ id: userGroupId, name: "Admins", members: memberIds });
  return { ...simulated, listMemberIds: () => simulated.account.groupMembers(userGroupId).map(({ id }) => id) };
}

describe("Members by email", () => {
  afterEach(closeAccounts);

  it("resolves emails in any case and sends member ids", async () => {
    const { simulator, userGroupMembers, listMemberIds } = await setUpGroup();
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(inputs));
    expect(calls).to.deep.equal(["GET /members", [`POST ${path}`, [{ id: zoe }, { id: adam }]]]);
    expect(result).to.deep.equal({ id: userGroupId, outs: { ...inputs, members: memberDetails } });
    const news = { ...inputs, members: emails("maria@example.com") };
    const updated = await recordRequests(simulator, () => userGroupMembers.update(userGroupId, stored, news));
    expect(updated.calls, "the account is not listed again").to.deep.equal([[`PUT ${path}`, [{ id: maria }]]]);
    expect(listMemberIds()).to.deep.equal([maria]);
  });

  it("lists the account once for 300 resources, never for members by id", async () => {
    const { simulator, account, userGroupMembers } = await simulateAccount();
    const groups = Array.from({ length: 300 }, (_, index) => account.addUserGroup({ name: `Group ${index}` }).id);
    const create = (members: { id: string }[] | { email: string }[]) =>
      Promise.all(groups.map((id) => userGroupMembers.create({ accountId, userGroupId: id, members })));
    await recordRequests(simulator, () => create([{ id: zoe }]));
    expect(simulator.journal.summary()).to.deep.equal(["POST …/user_groups/{id}/members ×300"]);
    await recordRequests(simulator, () => create(emails("zoe@example.com")));
    expect(simulator.journal.summary()).to.have.members(["GET …/members ×1", "POST …/user_groups/{id}/members ×300"]);
  });

  it("reports all unknown emails with similar addresses and writes nothing", async () => {
    const { simulator, userGroupMembers } = await setUpGroup(zoe);
    const desired = {
      ...inputs,
      members: emails("zoe@example.com", "Adan@example.com", "ben@exmaple.com", "other@example.org"),
    };
    for (const act of [() => userGroupMembers.create(desired), () => userGroupMembers.update("x", stored, desired)]) {
      const { message } = await catchError(act());
      expect(message).to.contain(`Could not set the members of the user group`).and.to.contain(accountId);
      expect(message).to.contain("Adan@example.com belongs to no member; did you mean adam@example.com?");
      expect(message).to.contain("ben@exmaple.com belongs to no member; did you mean ben@example.com?");
      expect(message).to.match(/^ {2}other@example\.org belongs to no member$/m);
      expect(message).to.contain("What to do: correct the email, or invite the person to the account first.");
      expect(message).to.not.contain("zoe@example.com belongs");
    }
    expect(simulator.journal.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
  });

  it("lists the account once more when an email is missing", async () => {
    const { simulator, account, userGroupMembers, listMemberIds } = await setUpGroup();
    await userGroupMembers.create(inputs);
    account.addMember({ id: idOf(77), email: "ada@example.com" });
    const news = { ...inputs, members: emails("ada@example.com") };
    await recordRequests(simulator, () =>
      Promise.all([
        userGroupMembers.update(userGroupId, stored, news),
        userGroupMembers.update(userGroupId, stored, news),
      ]),
    );
    expect(simulator.journal.count({ method: "GET" })).to.equal(1);
    expect(listMemberIds()).to.deep.equal([idOf(77)]);
  });

  it("lists the account again after a failed list", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const rejected = errorResponse(403, { code: 1000, message: "No" });
    const { userGroupMembers, server } = await scriptResponses(rejected, directory, success([{ id: zoe }]));
    const desired = { ...inputs, members: emails("zoe@example.com") };
    const { message } = await catchError(userGroupMembers.create(desired));
    expect(message).to.contain(`Could not list the members of the account ${accountId}`);
    expect(message).to.contain("Account Settings Read");
    expect((await userGroupMembers.create(desired)).outs?.members).to.deep.equal([
      { id: zoe, email: "zoe@example.com" },
    ]);
    expect(server.requests.map(({ method }) => method)).to.deep.equal(["GET", "GET", "POST"]);
  });

  it("reads every page of the account's members despite a transient failure", async () => {
    const { simulator, account, userGroupMembers } = await setUpGroup();
    for (let index = 0; index < 120; index++)
      account.addMember({ id: idOf(index), email: `person-${index}@example.com` });
    simulator.faults.add({ method: "GET", path: "/members", fault: { status: 503 } });
    await recordWaits(() =>
      userGroupMembers.create({ ...inputs, members: emails("person-3@example.com", "person-119@example.com") }),
    );
    expect(account.groupMembers(userGroupId).map(({ id }) => id)).to.have.members([idOf(3), idOf(119)]);
  });

  it("rejects an email that two members share and names both ids", async () => {
    const shared = { user: { email: "zoe@example.com" } };
    const { userGroupMembers } = await scriptResponses(
      success([
        { id: zoe, ...shared },
        { id: maria, ...shared },
      ]),
    );
    const { message } = await catchError(userGroupMembers.create(inputs));
    expect(message).to.contain(
      `Zoe@example.com belongs to several members, ${zoe} and ${maria}: name the right one by id`,
    );
  });

  it("counts the id and the email of one person as one member", async () => {
    const { simulator, userGroupMembers } = await setUpGroup();
    const twice = { ...inputs, members: [{ id: zoe }, { email: "zoe@example.com" }, { id: adam }] };
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(twice));
    expect(calls.at(-1)).to.deep.equal([`POST ${path}`, [{ id: zoe }, { id: adam }]]);
    expect(result.outs?.members).to.deep.equal(memberDetails);
    expect(await userGroupMembers.diff(userGroupId, stored, twice)).to.deep.equal({ changes: false });
  });

  it("keeps a known email when Cloudflare returns none", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const { userGroupMembers } = await scriptResponses(directory, success([{ id: zoe }]), success([{ id: zoe }]));
    const desired = { ...inputs, members: emails("zoe@example.com") };
    const { outs } = await userGroupMembers.create(desired);
    const { props, inputs: read } = await userGroupMembers.read(userGroupId, outs);
    expect(props.members).to.deep.equal([{ id: zoe, email: "zoe@example.com" }]);
    expect(read).to.deep.equal({ ...inputs, members: [{ id: zoe }] });
    const known = { ...inputs, members: [{ id: zoe, email: "zoe@example.com" }] };
    expect(await userGroupMembers.diff(userGroupId, known, desired)).to.deep.equal({ changes: false });
  });

  it("imports members by email without listing the account", async () => {
    const { simulator, userGroupMembers } = await setUpGroup(adam, zoe);
    const imported = { ...inputs, importId: userGroupId };
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(imported));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result).to.deep.equal({ id: userGroupId, outs: { ...inputs, members: memberDetails } });
    const other = { ...imported, members: emails("zoe@example.com", "ada@example.com") };
    const { message } = await catchError(userGroupMembers.create(other));
    expect(message).to.contain(`"id":"${adam}"`).and.to.contain('{"email":"ada@example.com"}] in the program');
  });

  it("fails when the credential may not write the group", async () => {
    const { userGroupMembers } = await simulateAccount({}, readOnlyToken);
    expect((await catchError(userGroupMembers.create(inputs))).message).to.contain("403");
  });
});

describe("Diff of members by email", () => {
  const { userGroupMembers } = createOfflineLifecycles();
  const diff = (members: { id?: string; email?: string }[]) =>
    userGroupMembers.diff(userGroupId, stored, { accountId, userGroupId, members });
  const changed = { replaces: [], deleteBeforeReplace: true };

  it("treats the same people alike in any order, case and form", async () => {
    for (const members of [
      [{ id: zoe }, { email: "adam@example.com" }],
      emails("ADAM@example.com", "Zoe@Example.com"),
      [{ id: zoe }, { email: "zoe@example.com" }, { id: adam }],
    ])
      expect(await diff(members)).to.deep.equal({ changes: false });
  });

  it("detects an unknown email, a new person and a removed person", async () => {
    for (const members of [
      [{ id: zoe }, { email: "ada@example.com" }],
      [...memberDetails.map(({ id }) => ({ id })), { email: "ada@example.com" }],
      [{ id: zoe }, { email: unknown }],
      emails("zoe@example.com"),
    ])
      expect(await diff(members)).to.deep.equal(changed);
  });
});
