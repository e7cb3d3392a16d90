import type { CustomResourceOptions } from "@pulumi/pulumi";
import { expect } from "chai";
import { accountId, apiToken, cleanUp, createTestStack, members, recordRequests, type TestStack } from "./account";
import type { Program } from "./pulumiProject";
import { expectStateToAgree } from "./stateAgreement";

interface Desired {
  groupId: string;
  /** Each person's name in the program. */
  people: { [name: string]: { memberId: string } | { email: string } };
  /** The members of a `UserGroupMembers` for the same group. Default: no such resource. */
  set?: string[];
  options?: CustomResourceOptions;
}

const singles: Program<Desired> = ({ UserGroupMember, UserGroupMembers }, { groupId, people, set, options }) => {
  const userGroupId = groupId;
  if (set) new UserGroupMembers("set", { userGroupId, members: set.map((id) => ({ id })), removeOthers: true });
  return Object.fromEntries(
    Object.entries(people).map(([name, person]) => {
      const { id, memberId, email, status } = new UserGroupMember(name, { userGroupId, ...person }, options);
      return [name, { id, memberId, email, status }];
    }),
  );
};

const { zoe, adam, maria, ben } = members;
const urnOf = (name: string) => `urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:UserGroupMember::${name}`;

/** Creates a group with a member that the program never names. */
async function setUpGroup(): Promise<TestStack & { groupId: string; listMemberIds(): string[] }> {
  const testStack = await createTestStack();
  const { id: groupId } = testStack.account.addUserGroup({ name: "Admins", members: [maria] });
  return { ...testStack, groupId, listMemberIds: () => testStack.account.groupMembers(groupId).map(({ id }) => id) };
}

describe("UserGroupMember", () => {
  afterEach(cleanUp);

  it("adds and removes one person with one request, by id or email", async () => {
    const testStack = await setUpGroup();
    const { project, groupId, listMemberIds } = testStack;
    const people = { zoe: { memberId: zoe }, ben: { email: "Ben@example.com" } };
    await project.write(singles, { groupId, people });
    expect(await recordRequests(testStack, () => project.preview())).to.deep.equal(["GET …/members ×1"]);
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      "GET …/members ×1",
      "POST …/user_groups/{id}/members ×2",
    ]);
    expect(listMemberIds()).to.have.members([maria, zoe, ben]);
    expect((await project.outputs()).ben).to.deep.equal({
      id: `${groupId}/${ben}`,
      memberId: ben,
      email: "ben@example.com",
      status: "pending",
    });

    await project.write(singles, { groupId, people: { zoe: { email: "ZOE@example.com" }, ben: { memberId: ben } } });
    const calls = await recordRequests(testStack, () => project.up("--refresh", "--expect-no-changes"));
    expect(calls, "one list for both at the refresh, and one for the new email").to.have.members([
      "GET …/user_groups/{id}/members ×1",
      "GET …/members ×1",
    ]);

    await project.destroy();
    expect(listMemberIds()).to.deep.equal([maria]);
  });

  it("replaces the person in one up, unless the email is unknown", async () => {
    const { project, groupId, listMemberIds } = await setUpGroup();
    await project.write(singles, { groupId, people: { one: { memberId: zoe } } });
    await project.up();
    await project.write(singles, { groupId, people: { one: { email: "zo@example.com" } } });
    const output = await project.fail("up", "--yes", "--skip-preview");
    expect(output).to.include("zo@example.com belongs to no member; did you mean zoe@example.com?");
    expect(listMemberIds(), "a wrong email").to.have.members([maria, zoe]);
    await project.write(singles, { groupId, people: { one: { email: "adam@example.com" } } });
    await project.up();
    expect(listMemberIds(), "another person").to.have.members([maria, adam]);
  });

  it("keeps the person when the resource is renamed or replaced", async () => {
    const testStack = await setUpGroup();
    const { project, groupId, listMemberIds } = testStack;
    await project.write(singles, { groupId, people: { first: { memberId: zoe } } });
    await project.up();
    await project.write(singles, { groupId, people: { second: { email: "zoe@example.com" } } });
    await project.up();
    expect(listMemberIds(), "renamed").to.have.members([maria, zoe]);

    await project.up("--replace", urnOf("second"));
    expect(listMemberIds(), "replaced").to.have.members([maria, zoe]);
    await expectStateToAgree(testStack);
  });

  it("keeps the person when the group is replaced or the provider changes", async () => {
    const testStack = await createTestStack();
    const { project, account, simulator } = testStack;
    const program: Program<{ zoe: string; provider?: { apiToken: string; accountId: string; baseUrl: string } }> = (
      { Provider, UserGroup, UserGroupMember },
      { zoe, provider },
    ) => {
      const { id: userGroupId } = new UserGroup("group", { name: "Admins" });
      const options = provider ? { provider: new Provider("explicit", provider) } : {};
      new UserGroupMember("zoe", { userGroupId, memberId: zoe }, options);
    };
    const expectZoe = (when: string) =>
      expect(
        account.userGroups().map(({ id }) => account.groupMembers(id).map(({ id }) => id)),
        when,
      ).to.deep.equal([[zoe]]);
    await project.write(program, { zoe });
    await project.up();
    await project.up("--replace", "urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:UserGroup::group");
    expectZoe("replaced");
    await project.write(program, { zoe, provider: { apiToken, accountId, baseUrl: simulator.url } });
    await project.up();
    expectZoe("moved");
    await expectStateToAgree(testStack);
  });

  it("adds and removes one person with --target", async () => {
    const { project, groupId, listMemberIds } = await setUpGroup();
    await project.write(singles, { groupId, people: { zoe: { memberId: zoe }, adam: { memberId: adam } } });
    await project.up("--target", urnOf("adam"));
    expect(listMemberIds()).to.have.members([maria, adam]);
    await project.destroy("--target", urnOf("adam"));
    expect(listMemberIds()).to.deep.equal([maria]);
  });

  it("is rejected beside UserGroupMembers of the same group", async () => {
    const { project, account, groupId, listMemberIds } = await setUpGroup();
    await project.write(singles, { groupId, people: { zoe: { memberId: zoe } }, set: [adam] });
    expect(await project.fail("preview")).to.include("the two undo each other");
    expect(listMemberIds()).to.deep.equal([maria]);

    const fresh: Program<{ zoe: string }> = ({ UserGroup, UserGroupMember, UserGroupMembers }, { zoe }) => {
      const { id: userGroupId } = new UserGroup("group", { name: "Fresh" });
      const set = new UserGroupMembers("set", { userGroupId, members: [] });
      new UserGroupMember("zoe", { userGroupId, memberId: zoe }, { dependsOn: set });
    };
    await project.write(fresh, { zoe });
    expect(await project.fail("up", "--yes", "--skip-preview")).to.include("the two undo each other");
    const group = account.userGroups().find(({ name }) => name === "Fresh");
    expect(account.groupMembers(group?.id ?? "")).to.deep.equal([]);
  });

  it("adds the person again after somebody removed them", async () => {
    const { project, account, groupId, listMemberIds } = await setUpGroup();
    await project.write(singles, { groupId, people: { zoe: { email: "zoe@example.com" }, adam: { memberId: adam } } });
    await project.up();
    account.removeGroupMembers(groupId, [zoe]);
    await project.up("--refresh");
    expect(listMemberIds()).to.have.members([maria, zoe, adam]);
  });

  it("removes the person when the resource is removed or destroyed", async () => {
    const testStack = await setUpGroup();
    const { project, groupId, listMemberIds } = testStack;
    await project.write(singles, { groupId, people: { zoe: { memberId: zoe }, adam: { memberId: adam } } });
    await project.up();
    const removals = {
      "taken out": async () => {
        await project.write(singles, { groupId, people: { zoe: { memberId: zoe } } });
        await project.up();
      },
      "destroyed with --run-program": () => project.destroy("--run-program"),
    };
    for (const [removal, remove] of Object.entries(removals))
      expect(await recordRequests(testStack, remove), removal).to.deep.equal([
        "DELETE …/user_groups/{id}/members/{id} ×1",
      ]);
    expect(listMemberIds()).to.deep.equal([maria]);
  });

  it("imports a membership without a write and rejects another person", async () => {
    const testStack = await setUpGroup();
    const { project, groupId, listMemberIds } = testStack;
    const options = { import: `${groupId}/${maria}` };
    await project.write(singles, { groupId, people: { maria: { email: "zoe@example.com" } }, options });
    expect(await project.fail("up", "--yes", "--skip-preview")).to.include(
      'email: "maria@example.com" at Cloudflare, "zoe@example.com" in the program',
    );
    await project.write(singles, { groupId, people: { maria: { email: "Maria@example.com" } }, options });
    const calls = await recordRequests(testStack, async () => {
      await project.up();
      await project.write(singles, { groupId, people: { maria: { memberId: maria } } });
      await project.up("--expect-no-changes");
    });
    expect(calls).to.deep.equal(["GET …/members ×1", "GET …/user_groups/{id}/members/{id} ×1"]);
    expect(listMemberIds()).to.deep.equal([maria]);
  });

  it("reads a member with get and fails when there is none", async () => {
    const { project, groupId, listMemberIds } = await setUpGroup();
    const reader: Program<{ groupId: string; id: string }> = (
      { UserGroupMember, UserGroupMembers },
      { groupId, id },
    ) => {
      const set = new UserGroupMembers("set", { userGroupId: groupId, members: [{ email: "maria@example.com" }] });
      const { memberId, email, userGroupId } = UserGroupMember.get("one", id, {}, { dependsOn: set });
      return { memberId, email, userGroupId };
    };
    await project.write(reader, { groupId, id: `${groupId}/${maria}` });
    await project.up();
    expect(await project.outputs()).to.deep.equal({
      memberId: maria,
      email: "maria@example.com",
      userGroupId: groupId,
    });
    await project.write(reader, { groupId, id: `${groupId}/${zoe}` });
    expect(await project.fail("up", "--yes", "--skip-preview")).to.include("it does not exist in the account");
    expect(listMemberIds()).to.deep.equal([maria]);
  });

  it("keeps a secret email out of the state", async () => {
    const { project, groupId, listMemberIds } = await setUpGroup();
    const program: Program<{ groupId: string }> = ({ UserGroupMember }, { groupId: userGroupId }, sdk) => {
      new UserGroupMember("zoe", { userGroupId, email: sdk.secret(["zoe", "example.com"].join("@")) });
    };
    await project.write(program, { groupId });
    await project.up();
    expect(listMemberIds()).to.have.members([maria, zoe]);
    expect(await project.readAllFiles()).to.not.include("zoe@example.com");
    await project.refresh("--expect-no-changes");
    expect(await project.readAllFiles()).to.not.include("zoe@example.com");
  });

  it("adds the person once after a killed run", async () => {
    const { project, account, simulator, groupId, listMemberIds } = await setUpGroup();
    await project.write(singles, { groupId, people: { zoe: { memberId: zoe } } });
    simulator.faults.add({ method: "POST", fault: { delayMs: 600_000 } });
    const running = project.start(["up", "--yes", "--skip-preview"]);
    await running.waitForOutput("UserGroupMember zoe creating");
    await running.kill();
    // Cloudflare still completes the request that it received.
    account.addGroupMembers(groupId, [zoe]);
    simulator.faults.clear();
    await project.succeed("cancel", "--yes");
    await project.up();
    expect(listMemberIds()).to.have.members([maria, zoe]);
  });
});
