import { expect } from "chai";
import { fakeClock } from "../cloudflare/fakeClock";
import {
  accountId,
  apiToken,
  catchError,
  closeAccounts,
  createLifecycles,
  declare,
  logDuring,
  recordRequests,
  simulateAccount,
} from "./online";

const userGroupId = "a".repeat(32);
const people = Array.from({ length: 8 }, (_, index) => ({
  id: String(index).repeat(32),
  email: `person-${index}@example.com`,
}));
const setOf = (count: number) => ({
  accountId,
  userGroupId,
  members: people.slice(0, count).map(({ id }) => ({ id })),
});
const stored = { ...setOf(8), members: people.map((person) => ({ ...person, status: "accepted" })) };
const allowing = "check the program; if they should leave, run once with CLOUDFLARE_ALLOW_REMOVALS=true.";

/** A group of eight people, and the lifecycles of runs with these settings. */
async function withGroup(settings: NodeJS.ProcessEnv) {
  const { simulator, account } = await simulateAccount();
  for (const person of people) account.addMember(person);
  account.addUserGroup({ id: userGroupId, name: "Admins", members: people.map(({ id }) => id) });
  const startRun = (changed: NodeJS.ProcessEnv = {}) =>
    createLifecycles(simulator.url, apiToken, fakeClock, { ...settings, ...changed });
  return { simulator, account, startRun, count: () => account.groupMembers(userGroupId).length };
}

describe("A limit of removals", () => {
  afterEach(closeAccounts);

  it("rejects a change of a set at preview, and names everybody", async () => {
    const { simulator, startRun } = await withGroup({ CLOUDFLARE_MAX_REMOVALS: "25%" });
    const plan = (count: number) => declare(startRun().userGroupMembers, userGroupId, stored, setOf(count));
    const { result, calls } = await recordRequests(simulator, () => catchError(plan(5)));
    expect(result.message).to.equal(
      `Could not set the members of the user group ${userGroupId}: this run would remove 3 of 8 people from the user group ` +
        `${userGroupId}, and maxRemovals is 25%: person-5@example.com, person-6@example.com, person-7@example.com. ` +
        `Nothing was written.\n  What to do: ${allowing}`,
    );
    expect(calls).to.deep.equal([]);
    await logDuring(async () => {
      expect(await plan(6)).to.have.property("replaces");
      const { userGroupMembers } = startRun({ CLOUDFLARE_ALLOW_REMOVALS: "true" });
      expect(await declare(userGroupMembers, userGroupId, stored, setOf(0))).to.have.property("replaces");
    });
  });

  it("rejects an update before its write when strangers are in the group", async () => {
    const { startRun, count } = await withGroup({ CLOUDFLARE_MAX_REMOVALS: "2" });
    const { userGroupMembers } = startRun();
    const { message } = await catchError(userGroupMembers.update(userGroupId, setOf(5), setOf(4)));
    expect(message).to.include("this run would remove 4 of 8 people").and.to.include("maxRemovals is 2: person-4@");
    expect(count()).to.equal(8);
    await logDuring(() => userGroupMembers.update(userGroupId, setOf(8), setOf(6)));
    expect(count()).to.equal(6);
  });

  it("rejects the deletion of a set and a group, unless it is allowed", async () => {
    for (const kind of ["userGroupMembers", "userGroup"] as const) {
      const { startRun, count, account } = await withGroup({ CLOUDFLARE_MAX_REMOVALS: "7" });
      const remove = ({ userGroup, userGroupMembers }: ReturnType<typeof startRun>) =>
        kind === "userGroup"
          ? userGroup.delete(userGroupId, { accountId, name: "Admins", policies: [], createdOn: "", modifiedOn: "" })
          : userGroupMembers.delete(userGroupId, stored);
      expect((await catchError(remove(startRun()))).message)
        .to.include("would remove 8 of 8 people")
        .and.to.include("person-7@");
      expect(count(), kind).to.equal(8);
      await logDuring(() => remove(startRun({ CLOUDFLARE_ALLOW_REMOVALS: "true" })));
      expect(
        account.userGroups().flatMap(({ id }) => account.groupMembers(id)),
        kind,
      ).to.deep.equal([]);
    }
  });

  it("counts the single members that one run removes", async () => {
    const { startRun, count } = await withGroup({ CLOUDFLARE_MAX_REMOVALS: "30%" });
    const { userGroupMember } = startRun();
    const remove = (index: number) => {
      const { id: memberId = "", email = "" } = people[index] ?? {};
      return userGroupMember.delete(`${userGroupId}/${memberId}`, { accountId, userGroupId, memberId, email });
    };
    await logDuring(async () => {
      await remove(0);
      await remove(1);
      expect((await catchError(remove(2))).message).to.include(
        "would remove 3 of 8 people from the user group aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, and maxRemovals is 30%: " +
          "person-0@example.com, person-1@example.com, person-2@example.com.",
      );
      await remove(1);
    });
    expect(count()).to.equal(6);
  });

  it("lets one person leave a small group, and costs nothing when unset", async () => {
    const { startRun, account, simulator } = await withGroup({ CLOUDFLARE_MAX_REMOVALS: "25%" });
    account.setGroupMembers(userGroupId, [people[0]?.id ?? ""]);
    await logDuring(() => startRun().userGroupMembers.update(userGroupId, setOf(1), setOf(0)));
    expect(account.groupMembers(userGroupId)).to.deep.equal([]);
    const { userGroup } = startRun({ CLOUDFLARE_MAX_REMOVALS: "" });
    const group = { accountId, name: "Admins", policies: [], createdOn: "", modifiedOn: "" };
    const { calls } = await recordRequests(simulator, () => logDuring(() => userGroup.delete(userGroupId, group)));
    expect(calls).to.deep.equal([`DELETE /iam/user_groups/${userGroupId}`]);
  });
});
