import { expect } from "chai";
import { formatFailures, idOf, unknown } from "./offline";
import {
  accountId,
  apiToken,
  catchError,
  closeAccounts,
  createLifecycles,
  declare,
  logDuring,
  members,
  recordRequests,
  simulateAccount,
} from "./online";
import { policyOf } from "./policiesByName";

const { zoe, adam, ben } = members;
const userGroupId = "a".repeat(32);
const path = `/iam/user_groups/${userGroupId}/members`;
const emails = (...all: string[]) => all.map((email) => ({ email }));

async function withGroup(...present: string[]) {
  const scene = await simulateAccount();
  scene.account.addUserGroup({ id: userGroupId, name: "Admins", members: present });
  return scene;
}

describe("The check of emails", () => {
  afterEach(closeAccounts);

  it("reports every wrong email of a set with its path and similar emails", async () => {
    const { simulator, userGroupMembers, userGroupMember } = await withGroup();
    const desired = [...emails("Adan@example.com", "zoe@example.com"), { id: ben }, ...emails("eve@example.org")];
    const { result, calls } = await recordRequests(simulator, () =>
      userGroupMembers.check({}, { userGroupId, members: desired }),
    );
    expect(formatFailures(result)).to.deep.equal([
      "members[0].email: Adan@example.com belongs to no member; did you mean adam@example.com?",
      "members[3].email: eve@example.org belongs to no member. Invite the person to the account first. If the same " +
        "program does that, name the person by the id of that resource",
    ]);
    expect(calls).to.deep.equal(["GET /members"]);
    const single = await userGroupMember.check({}, { userGroupId: idOf(9), email: "adan@example.com" });
    expect(formatFailures(single)).to.deep.equal([
      "email: adan@example.com belongs to no member; did you mean adam@example.com?",
    ]);
  });

  it("reports the program's positions, although the inputs keep the order of the state", async () => {
    const { userGroup, userGroupMembers } = await withGroup();
    const stored = { accountId, userGroupId, members: [{ id: zoe }, { id: adam }] };
    const desired = [{ email: "eva@example.com" }, { id: adam }, { id: zoe }];
    const set = await userGroupMembers.check(stored, { userGroupId, members: desired });
    expect(set.failures?.map(({ property }) => property)).to.deep.equal(["members[0].email"]);
    const policies = [policyOf(["DNS Read"], ["example.com"]), policyOf(["Zone Read"], ["example.com"])];
    const news = { name: "A", policies: [policyOf(["Wrong"], ["example.com"]), ...policies] };
    const { failures } = await userGroup.check({ accountId, name: "A", policies }, news);
    expect(failures?.map(({ property }) => property)).to.deep.equal(["policies[0].permissionGroups[0].name"]);
  });

  it("lists the account once for a run, and only for new emails", async () => {
    const { simulator } = await withGroup();
    const stored = { accountId, userGroupId, members: [...emails("zoe@example.com"), { id: adam }] };
    const check = async (desired: object[], olds: object = stored) => {
      const { userGroupMembers } = createLifecycles(simulator.url, apiToken);
      const act = () => userGroupMembers.check({ ...olds }, { userGroupId, members: desired });
      return (await recordRequests(simulator, act)).calls;
    };
    expect(await check([...emails("ZOE@example.com"), { id: ben }, { id: unknown }])).to.deep.equal([]);
    expect(await check(emails(unknown))).to.deep.equal([]);
    expect(await check(emails("adam@example.com"))).to.deep.equal(["GET /members"]);
    const otherAccount = { ...stored, accountId: "b".repeat(32) };
    expect(await check(emails("zoe@example.com"), otherAccount)).to.deep.equal(["GET /members"]);
    const { userGroupMember } = createLifecycles(simulator.url, apiToken);
    const { calls } = await recordRequests(simulator, async () => {
      for (const email of ["zoe@example.com", "ben@example.com"])
        await userGroupMember.check({}, { userGroupId: idOf(9), email });
      await userGroupMember.create({ accountId, userGroupId, email: "zoe@example.com" });
    });
    expect(calls.filter((call) => call === "GET /members")).to.have.length(1);
  });

  it("finds somebody who was invited after an earlier list of the run", async () => {
    const { account, userGroupMember } = await withGroup();
    await userGroupMember.check({}, { userGroupId, email: "zoe@example.com" });
    account.addMember({ id: idOf(77), email: "ada@example.com" });
    const { failures } = await userGroupMember.check({}, { userGroupId, email: "ada@example.com" });
    expect(failures).to.deep.equal([]);
  });
});

describe("The check of a new UserGroupMembers", () => {
  afterEach(closeAccounts);

  it("names the other members of the group, as the create does", async () => {
    const { simulator, userGroupMembers } = await withGroup(zoe, adam, ben);
    const inputs = { userGroupId, members: [...emails("ZOE@example.com"), { id: ben }] };
    const { result, calls } = await recordRequests(simulator, () => userGroupMembers.check({}, inputs));
    expect(formatFailures(result)).to.deep.equal([
      "members: does not list everybody: the group already has other members: adam@example.com. What to do: list them " +
        "in `members`; or set `removeOthers: true` to remove them. The option " +
        `{ import: "${userGroupId}" } takes over the members of a group without a write.`,
    ]);
    expect(calls).to.deep.equal(["GET /members", `GET ${path}`]);
    const { message } = await catchError(userGroupMembers.create({ accountId, ...inputs }));
    expect(message).to.include("the group already has other members: adam@example.com.");
  });

  it("accepts what the create accepts, and reads nothing that it does not need", async () => {
    const { simulator } = await withGroup(zoe, adam);
    const check = async (inputs: object, olds: object = {}) => {
      const { userGroupMembers } = createLifecycles(simulator.url, apiToken);
      const { result, calls } = await recordRequests(simulator, () =>
        userGroupMembers.check({ ...olds }, { userGroupId, members: [{ id: zoe }], ...inputs }),
      );
      expect(result.failures, JSON.stringify(inputs)).to.deep.equal([]);
      return calls;
    };
    expect(await check({ members: [{ id: zoe }, { id: adam }, { id: ben }] })).to.deep.equal([`GET ${path}`]);
    expect(await check({ removeOthers: true })).to.deep.equal([]);
    expect(await check({ importId: userGroupId })).to.deep.equal([]);
    expect(await check({ members: [{ id: unknown }] })).to.deep.equal([]);
    expect(await check({ userGroupId: unknown })).to.deep.equal([]);
    expect(await check({}, { accountId, userGroupId, members: [{ id: ben }] })).to.deep.equal([]);
  });

  it("leaves a stored set and a group of this run to the create", async () => {
    const { simulator, userGroup, userGroupMembers } = await withGroup(zoe, adam);
    const inputs = { userGroupId, members: [{ id: zoe }] };
    await userGroupMembers.check({ accountId, ...inputs }, inputs);
    // The engine checks a resource again, as a new one, when it replaces it.
    expect((await userGroupMembers.check({}, inputs)).failures).to.deep.equal([]);
    const { id } = await userGroup.create({ accountId, name: "New", policies: [] });
    expect((await userGroupMembers.check({}, { ...inputs, userGroupId: id })).failures).to.deep.equal([]);
    expect(simulator.journal.count({ method: "GET" })).to.equal(0);
  });

  it("accepts the group of a set that the same run moves away", async () => {
    const { simulator, account, userGroupMembers } = await withGroup(zoe, adam);
    const other = account.addUserGroup({ name: "Others" }).id;
    const stored = { accountId, userGroupId, members: [{ id: zoe }, { id: adam }] };
    await declare(userGroupMembers, userGroupId, stored, { ...stored, userGroupId: other });
    simulator.journal.clear();
    const { failures } = await userGroupMembers.check({}, { userGroupId, members: [{ id: ben }] });
    expect(failures).to.deep.equal([]);
    expect(simulator.journal.count()).to.equal(0);
  });

  it("passes silently when the group cannot be read", async () => {
    const { simulator } = await withGroup(adam);
    const inputs = { userGroupId: "f".repeat(32), members: [{ id: zoe }] };
    for (const token of [apiToken, "an-unknown-token"]) {
      const { userGroupMembers } = createLifecycles(simulator.url, token);
      const lines = await logDuring(async () => {
        expect((await userGroupMembers.check({}, inputs)).failures).to.deep.equal([]);
      });
      expect(lines).to.deep.equal([]);
    }
  });
});
