import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { errorResponse, success } from "../cloudflare/scriptedServer";
import { path, userGroupId, withGroup } from "./groupWithMembers";
import { createOfflineLifecycles, idOf, unknown } from "./offline";
import {
  accountId,
  apiToken,
  catchError,
  closeAccounts,
  createLifecycles,
  members,
  readOnlyToken,
  recordRequests,
  scriptResponses,
  simulateAccount,
} from "./online";

const { zoe, adam, maria } = members;
const emails = (...all: string[]) => all.map((email) => ({ email }));
const inputs = { accountId, userGroupId, members: [{ email: "Zoe@example.com" }, { id: adam }] };
const zoeAndAdam = [
  { id: zoe, email: "zoe@example.com", status: "accepted" },
  { id: adam, email: "adam@example.com", status: "accepted" },
];
const stored = { accountId, userGroupId, members: zoeAndAdam };

describe("Members by email", () => {
  afterEach(closeAccounts);

  it("are resolved in any case, written by id and returned like members by id", async () => {
    const { simulator, userGroupMembers, idsIn } = await withGroup();
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(inputs));
    expect(calls).to.deep.equal(["GET /members", `GET ${path}`, [`PUT ${path}`, [{ id: zoe }, { id: adam }]]]);
    expect(result).to.deep.equal({ id: userGroupId, outs: { ...inputs, members: zoeAndAdam, namedByEmail: [0] } });
    const news = { ...inputs, members: emails("maria@example.com") };
    const updated = await recordRequests(simulator, () => userGroupMembers.update(userGroupId, stored, news));
    expect(updated.calls, "the account is not listed again").to.deep.equal([
      `GET ${path}`,
      [`PUT ${path}`, [{ id: maria }]],
    ]);
    expect(idsIn()).to.deep.equal([maria]);
  });

  it("need one listing of the account for 200 resources, and none for ids", async () => {
    const { simulator, account } = await simulateAccount();
    const groups = Array.from({ length: 200 }, (_, index) => account.addUserGroup({ name: `Group ${index}` }).id);
    const create = (members: { id: string }[] | { email: string }[]) => {
      const { userGroupMembers } = createLifecycles(simulator.url, apiToken);
      return Promise.all(
        groups.map((id) => userGroupMembers.create({ accountId, userGroupId: id, members, removeOthers: true })),
      );
    };
    const writes = ["GET …/user_groups/{id}/members ×200", "PUT …/user_groups/{id}/members ×200"];
    await recordRequests(simulator, () => create([{ id: zoe }]));
    expect(simulator.journal.summary()).to.have.members(writes);
    await recordRequests(simulator, () => create(emails("adam@example.com")));
    expect(simulator.journal.summary()).to.have.members(["GET …/members ×1", ...writes]);
  });

  it("are reported together with suggestions when they are unknown, without a write", async () => {
    const { simulator, userGroupMembers } = await withGroup(zoe);
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

  it("are searched once more, together, when an earlier list lacks them", async () => {
    const { simulator, account, userGroupMembers, idsIn } = await withGroup();
    await userGroupMembers.create(inputs);
    account.addMember({ id: idOf(77), email: "ada@example.com" });
    const news = { ...inputs, members: emails("ada@example.com") };
    await recordRequests(simulator, () =>
      Promise.all([
        userGroupMembers.update(userGroupId, stored, news),
        userGroupMembers.update(userGroupId, stored, news),
      ]),
    );
    expect(simulator.journal.summary()).to.have.members([
      "GET …/members ×1",
      "GET …/user_groups/{id}/members ×2",
      "PUT …/user_groups/{id}/members ×1",
    ]);
    expect(idsIn()).to.deep.equal([idOf(77)]);
  });

  it("are resolved by a new listing when an earlier one failed", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const rejection = errorResponse(403, { code: 1000, message: "No" });
    const { userGroupMembers, server } = await scriptResponses(
      rejection,
      directory,
      success([]),
      success([{ id: zoe }]),
    );
    const desired = { ...inputs, members: emails("zoe@example.com") };
    const { message } = await catchError(userGroupMembers.create(desired));
    expect(message).to.contain(`Could not list the members of the account ${accountId}`);
    expect(message).to.contain("Account Settings Read");
    expect((await userGroupMembers.create(desired)).outs?.members).to.deep.equal([
      { id: zoe, email: "zoe@example.com" },
    ]);
    expect(server.requests.map(({ method }) => method)).to.deep.equal(["GET", "GET", "GET", "PUT"]);
  });

  it("are resolved from every page of the account, also after a transient failure", async () => {
    const { simulator, account, userGroupMembers } = await withGroup();
    for (let index = 0; index < 120; index++)
      account.addMember({ id: idOf(index), email: `person-${index}@example.com` });
    simulator.faults.add({ method: "GET", path: "/members", fault: { status: 503 } });
    await recordWaits(() =>
      userGroupMembers.create({ ...inputs, members: emails("person-3@example.com", "person-119@example.com") }),
    );
    expect(account.groupMembers(userGroupId).map(({ id }) => id)).to.have.members([idOf(3), idOf(119)]);
  });

  it("are rejected with both ids when two members share one email", async () => {
    const shared = { user: { email: "zoe@example.com" } };
    const { userGroupMembers } = await scriptResponses(
      success([
        { id: zoe, ...shared },
        { id: maria, ...shared },
      ]),
    );
    const { message } = await catchError(userGroupMembers.create(inputs));
    expect(message).to.contain("this email belongs to several members of the account").and.to.contain("by id.");
    expect(message).to.contain(
      `Zoe@example.com belongs to several members, ${zoe} and ${maria}: name the right one by id`,
    );
  });

  it("count as one member beside the id of the same person", async () => {
    const { simulator, userGroupMembers } = await withGroup();
    const twice = { ...inputs, members: [{ id: zoe }, { email: "zoe@example.com" }, { id: adam }] };
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(twice));
    expect(calls.at(-1)).to.deep.equal([`PUT ${path}`, [{ id: zoe }, { id: adam }]]);
    expect(result.outs?.members).to.deep.equal(zoeAndAdam);
    expect(await userGroupMembers.diff(userGroupId, stored, twice)).to.deep.equal({ changes: false });
  });

  it("stay in the state when Cloudflare returns none", async () => {
    const directory = success([{ id: zoe, user: { email: "zoe@example.com" } }]);
    const { userGroupMembers } = await scriptResponses(directory, success([{ id: zoe }]), success([{ id: zoe }]));
    const desired = { ...inputs, members: emails("zoe@example.com") };
    const { outs } = await userGroupMembers.create(desired);
    const { props, inputs: read } = await userGroupMembers.read(userGroupId, outs);
    expect(props.members).to.deep.equal([{ id: zoe, email: "zoe@example.com" }]);
    expect(read).to.deep.equal(desired);
    const known = { ...inputs, members: [{ id: zoe, email: "zoe@example.com" }] };
    expect(await userGroupMembers.diff(userGroupId, known, desired)).to.deep.equal({ changes: false });
  });

  it("are imported without a listing of the account when the group contains them", async () => {
    const { simulator, userGroupMembers } = await withGroup(adam, zoe);
    const imported = { ...inputs, importId: userGroupId };
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.create(imported));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result).to.deep.equal({ id: userGroupId, outs: { ...inputs, members: zoeAndAdam, namedByEmail: [0] } });
    const other = { ...imported, members: emails("zoe@example.com", "ada@example.com") };
    const { message } = await catchError(userGroupMembers.create(other));
    expect(message).to.match(
      /^ {2}members: only at Cloudflare: \{"id":"\w+","email":"adam@example\.com","status":"accepted"\}; only in the program: \{"email":"ada@example\.com"\}$/m,
    );
  });

  it("are rejected when the credential cannot write the group", async () => {
    const { simulator, idsIn } = await withGroup(zoe);
    const { userGroupMembers } = createLifecycles(simulator.url, readOnlyToken);
    expect((await catchError(userGroupMembers.create(inputs))).message).to.contain("403");
    expect(idsIn()).to.deep.equal([zoe]);
  });
});

describe("UserGroupMembers.diff with emails", () => {
  const { userGroupMembers } = createOfflineLifecycles();
  const diff = (members: { id?: string; email?: string }[]) =>
    userGroupMembers.diff(userGroupId, stored, { accountId, userGroupId, members });
  const changed = { replaces: [], deleteBeforeReplace: true };

  it("finds no change for the same people in another form or order", async () => {
    for (const members of [
      [{ id: zoe }, { email: "adam@example.com" }],
      emails("ADAM@example.com", "Zoe@Example.com"),
      [{ id: zoe }, { email: "zoe@example.com" }, { id: adam }],
    ])
      expect(await diff(members)).to.deep.equal({ changes: false });
  });

  it("returns a change for a new, an unknown or a removed email", async () => {
    for (const members of [
      [{ id: zoe }, { email: "ada@example.com" }],
      [...zoeAndAdam.map(({ id }) => ({ id })), { email: "ada@example.com" }],
      [{ id: zoe }, { email: unknown }],
      emails("zoe@example.com"),
    ])
      expect(await diff(members)).to.deep.equal(changed);
  });
});
