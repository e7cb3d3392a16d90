import { expect } from "chai";
import { waitsDuring } from "../cloudflare/fakeClock";
import { refusal, success } from "../cloudflare/scriptedServer";
import { idOf, offline, unknown } from "./offline";
import { accountId, callsOf, closeAccounts, errorOf, members, readOnlyToken, scripted, simulated } from "./online";

const { zoe, adam, maria } = members;
const userGroupId = "a".repeat(32);
const path = `/iam/user_groups/${userGroupId}/members`;
const emails = (...all: string[]) => all.map((email) => ({ email }));
const inputs = { accountId, userGroupId, members: [{ email: "Zoe@example.com" }, { id: adam }] };
const told = [
  { id: zoe, email: "zoe@example.com", status: "accepted" },
  { id: adam, email: "adam@example.com", status: "accepted" },
];
const stored = { accountId, userGroupId, members: told };

async function withGroup(...present: string[]) {
  const scene = await simulated();
  scene.account.addUserGroup({ id: userGroupId, name: "Admins", members: present });
  return { ...scene, idsIn: () => scene.account.groupMembers(userGroupId).map(({ id }) => id) };
}

describe("Members by email", () => {
  afterEach(closeAccounts);

  it("resolves emails in any case and sends member ids", async () => {
    const { simulator, userGroupMembers, idsIn } = await withGroup();
    const { result, calls } = await callsOf(simulator, () => userGroupMembers.create(inputs));
    expect(calls).to.deep.equal(["GET /members", [`POST ${path}`, [{ id: zoe }, { id: adam }]]]);
    expect(result).to.deep.equal({ id: userGroupId, outs: { ...inputs, members: told } });
    const news = { ...inputs, members: emails("maria@example.com") };
    const updated = await callsOf(simulator, () => userGroupMembers.update(userGroupId, stored, news));
    expect(updated.calls, "the account is not listed again").to.deep.equal([[`PUT ${path}`, [{ id: maria }]]]);
    expect(idsIn()).to.deep.equal([maria]);
  });

  it("lists the account once for 300 resources, never for members by id", async () => {
    const { simulator, account, userGroupMembers } = await simulated();
    const groups = Array.from({ length: 300 }, (_, index) => account.addUserGroup({ name: `Group ${index}` }).id);
    const create = (members: { id: string }[] | { email: string }[]) =>
      Promise.all(groups.map((id) => userGroupMembers.create({ accountId, userGroupId: id, members })));
    await callsOf(simulator, () => create([{ id: zoe }]));
    expect(simulator.journal.summary()).to.deep.equal(["POST …/user_groups/{id}/members ×300"]);
    await callsOf(simulator, () => create(emails("zoe@example.com")));
    expect(simulator.journal.summary()).to.have.members(["GET …/members ×1", "POST …/user_groups/{id}/members ×300"]);
  });

  it("reports all unknown emails with similar addresses and writes nothing", async () => {
    const { simulator, userGroupMembers } = await withGroup(zoe);
    const wanted = {
      ...inputs,
      members: emails("zoe@example.com", "Adan@example.com", "ben@exmaple.com", "other@example.org"),
    };
    for (const act of [() => userGroupMembers.create(wanted), () => userGroupMembers.update("x", stored, wanted)]) {
      const { message } = await errorOf(act());
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
    const { simulator, account, userGroupMembers, idsIn } = await withGroup();
    await userGroupMembers.create(inputs);
    account.addMember({ id: idOf(77), email: "ada@example.com" });
    const news = { ...inputs, members: emails("ada@example.com") };
    await callsOf(simulator, () =>
      Promise.all([
        userGroupMembers.update(userGroupId, stored, news),
        userGroupMembers.update(userGroupId, stored, news),
      ]),
    );
    expect(simulator.journal.count({ method: "GET" })).to.equal(1);
    expect(idsIn()).to.deep.equal([idOf(77)]);
  });

  it("lists the account again after a failed list", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const refused = refusal(403, { code: 1000, message: "No" });
    const { userGroupMembers, server } = await scripted(refused, directory, success([{ id: zoe }]));
    const wanted = { ...inputs, members: emails("zoe@example.com") };
    const { message } = await errorOf(userGroupMembers.create(wanted));
    expect(message).to.contain(`Could not list the members of the account ${accountId}`);
    expect(message).to.contain("Account Settings Read");
    expect((await userGroupMembers.create(wanted)).outs?.members).to.deep.equal([
      { id: zoe, email: "zoe@example.com" },
    ]);
    expect(server.requests.map(({ method }) => method)).to.deep.equal(["GET", "GET", "POST"]);
  });

  it("reads every page of the account's members despite a transient failure", async () => {
    const { simulator, account, userGroupMembers } = await withGroup();
    for (let index = 0; index < 120; index++)
      account.addMember({ id: idOf(index), email: `person-${index}@example.com` });
    simulator.faults.add({ method: "GET", path: "/members", fault: { status: 503 } });
    await waitsDuring(() =>
      userGroupMembers.create({ ...inputs, members: emails("person-3@example.com", "person-119@example.com") }),
    );
    expect(account.groupMembers(userGroupId).map(({ id }) => id)).to.have.members([idOf(3), idOf(119)]);
  });

  it("rejects an email that two members share and names both ids", async () => {
    const shared = { user: { email: "zoe@example.com" } };
    const { userGroupMembers } = await scripted(
      success([
        { id: zoe, ...shared },
        { id: maria, ...shared },
      ]),
    );
    const { message } = await errorOf(userGroupMembers.create(inputs));
    expect(message).to.contain(
      `Zoe@example.com belongs to several members, ${zoe} and ${maria}: name the right one by id`,
    );
  });

  it("counts the id and the email of one person as one member", async () => {
    const { simulator, userGroupMembers } = await withGroup();
    const twice = { ...inputs, members: [{ id: zoe }, { email: "zoe@example.com" }, { id: adam }] };
    const { result, calls } = await callsOf(simulator, () => userGroupMembers.create(twice));
    expect(calls.at(-1)).to.deep.equal([`POST ${path}`, [{ id: zoe }, { id: adam }]]);
    expect(result.outs?.members).to.deep.equal(told);
    expect(await userGroupMembers.diff(userGroupId, stored, twice)).to.deep.equal({ changes: false });
  });

  it("keeps a known email when Cloudflare returns none", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const { userGroupMembers } = await scripted(directory, success([{ id: zoe }]), success([{ id: zoe }]));
    const wanted = { ...inputs, members: emails("zoe@example.com") };
    const { outs } = await userGroupMembers.create(wanted);
    const { props, inputs: read } = await userGroupMembers.read(userGroupId, outs);
    expect(props.members).to.deep.equal([{ id: zoe, email: "zoe@example.com" }]);
    expect(read).to.deep.equal({ ...inputs, members: [{ id: zoe }] });
    const known = { ...inputs, members: [{ id: zoe, email: "zoe@example.com" }] };
    expect(await userGroupMembers.diff(userGroupId, known, wanted)).to.deep.equal({ changes: false });
  });

  it("imports members by email without listing the account", async () => {
    const { simulator, userGroupMembers } = await withGroup(adam, zoe);
    const imported = { ...inputs, importId: userGroupId };
    const { result, calls } = await callsOf(simulator, () => userGroupMembers.create(imported));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result).to.deep.equal({ id: userGroupId, outs: { ...inputs, members: told } });
    const other = { ...imported, members: emails("zoe@example.com", "ada@example.com") };
    const { message } = await errorOf(userGroupMembers.create(other));
    expect(message).to.contain(`"id":"${adam}"`).and.to.contain('{"email":"ada@example.com"}] in the program');
  });

  it("fails when the credential may not write the group", async () => {
    const { userGroupMembers } = await simulated({}, readOnlyToken);
    expect((await errorOf(userGroupMembers.create(inputs))).message).to.contain("403");
  });
});

describe("Diff of members by email", () => {
  const { userGroupMembers } = offline();
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
      [...told.map(({ id }) => ({ id })), { email: "ada@example.com" }],
      [{ id: zoe }, { email: unknown }],
      emails("zoe@example.com"),
    ])
      expect(await diff(members)).to.deep.equal(changed);
  });
});
