import { expect } from "chai";
import { accountId, apiToken, cleanUp, createTestStack, members, type TestStack } from "../account";
import { expectStateToAgree } from "../stateAgreement";
import { program, type Resources, urnOf } from "./program";

const { zoe, adam, maria, ben } = members;
const up = ["up", "--yes", "--skip-preview"];
const emails: Record<string, string> = {
  [zoe]: "zoe@example.com",
  [adam]: "adam@example.com",
  [ben]: "ben@example.com",
};

interface GroupStack extends TestStack {
  groupId: string;
  idsIn(): string[];
}

async function withGroup(): Promise<GroupStack> {
  const stack = await createTestStack();
  const { id: groupId } = stack.account.addUserGroup({ name: "Admins" });
  return { ...stack, groupId, idsIn: () => stack.account.groupMembers(groupId).map(({ id }) => id) };
}

const setOf = (group: string, ...ids: string[]): Resources => ({
  sets: { set: { group, members: ids.map((id) => ({ id })) } },
});
const singlesOf = (group: string, ...ids: string[]): Resources => ({
  members: Object.fromEntries(ids.map((memberId) => [`single-${memberId.slice(0, 4)}`, { group, memberId }])),
});
const singleUrn = (id: string) => urnOf("member", `single-${id.slice(0, 4)}`);

/** Runs a command and expects that its log names every person who left the group. */
async function expectRemovalsNamed({ project, idsIn }: GroupStack, ...args: string[]): Promise<void> {
  const before = idsIn();
  const { output } = await project.run([...args, "--yes", "--skip-preview"]);
  for (const id of before.filter((each) => !idsIn().includes(each))) expect(output).to.include(emails[id]);
}

describe("A group that moves between UserGroupMembers and UserGroupMember", () => {
  afterEach(cleanUp);

  it("keeps the listed members and removes all others in one up, both ways", async () => {
    const stack = await withGroup();
    const { project, groupId, idsIn } = stack;
    await project.write(program, setOf(groupId, zoe, adam, ben));
    await project.up();
    await project.write(program, singlesOf(groupId, zoe, adam));
    await expectRemovalsNamed(stack, "up");
    expect(idsIn()).to.have.members([zoe, adam]);
    await project.write(program, setOf(groupId, adam, ben));
    expect(await project.fail(...up), "the set does not know who else manages zoe").to.include(
      "the group already has other members: zoe@example.com",
    );
    expect(idsIn()).to.have.members([zoe, adam]);
    await project.write(program, {
      sets: { set: { group: groupId, members: [{ id: adam }, { id: ben }], removeOthers: true } },
    });
    await expectRemovalsNamed(stack, "up");
    expect(idsIn()).to.have.members([adam, ben]);
    await expectStateToAgree(stack);
  });

  it("has the listed members after a targeted up and one up --refresh", async () => {
    const stack = await withGroup();
    const { project, groupId, idsIn } = stack;
    for (const flags of [
      ["--target", urnOf("set", "set")],
      ["--exclude", singleUrn(zoe)],
    ]) {
      await project.write(program, setOf(groupId, zoe, adam, ben));
      await project.up();
      await project.write(program, singlesOf(groupId, zoe, adam));
      await expectRemovalsNamed(stack, "up", ...flags);
      await expectRemovalsNamed(stack, "up", "--refresh");
      expect(idsIn(), flags.join(" ")).to.have.members([zoe, adam]);
      await expectStateToAgree(stack);
    }
  });

  it("has the listed members after one up --refresh with a new explicit provider", async () => {
    const stack = await withGroup();
    const { project, groupId, idsIn, simulator } = stack;
    const settings = { apiToken, accountId, baseUrl: simulator.url };
    const explicit = (resources: Resources): Resources => ({
      providers: { explicit: settings },
      members: Object.fromEntries(
        Object.entries(resources.members ?? {}).map(([name, member]) => [name, { ...member, provider: "explicit" }]),
      ),
    });
    await project.write(program, setOf(groupId, zoe, adam, ben));
    await project.up();
    await project.write(program, explicit(singlesOf(groupId, zoe, adam)));
    await expectRemovalsNamed(stack, "up");
    await expectRemovalsNamed(stack, "up", "--refresh");
    expect(idsIn()).to.have.members([zoe, adam]);
  });

  it("logs the removals of destroy --target and regains the members with up --refresh", async () => {
    const stack = await withGroup();
    const { project, groupId, idsIn } = stack;
    await project.write(program, setOf(groupId, zoe, adam));
    await project.up();
    await project.write(program, singlesOf(groupId, zoe, adam));
    await project.up("--target", singleUrn(zoe), "--target", singleUrn(adam));
    await expectRemovalsNamed(stack, "destroy", "--target", urnOf("set", "set"));
    await expectRemovalsNamed(stack, "up", "--refresh");
    expect(idsIn()).to.have.members([zoe, adam]);
  });

  it("keeps its members throughout when the old set has retainOnDelete", async () => {
    const stack = await withGroup();
    const { project, groupId, idsIn } = stack;
    const kept: Resources = {
      sets: { set: { group: groupId, members: [{ id: zoe }, { id: adam }], retainOnDelete: true } },
    };
    await project.write(program, kept);
    await project.up();
    await project.write(program, singlesOf(groupId, zoe, adam));
    await project.up("--target", urnOf("set", "set"));
    expect(idsIn()).to.have.members([zoe, adam]);
    await project.up();
    expect(idsIn()).to.have.members([zoe, adam]);
  });
});

describe("Two UserGroupMembers of the same group", () => {
  afterEach(cleanUp);

  it("fail at preview, and the remaining one repairs the group", async () => {
    const stack = await withGroup();
    const { project, groupId, idsIn, account } = stack;
    const both: Resources = {
      sets: {
        one: { group: groupId, members: [{ id: zoe }] },
        two: { group: groupId, members: [{ id: adam }], removeOthers: true },
      },
    };
    await project.write(program, both);
    expect(await project.fail("preview")).to.include("is the group of two UserGroupMembers");
    for (const name of ["one", "two"]) await project.run([...up, "--target", urnOf("set", name)]);
    account.setGroupMembers(groupId, [adam]);
    await project.write(program, { sets: { one: { group: groupId, members: [{ id: zoe }] } } });
    await expectRemovalsNamed(stack, "up");
    expect(idsIn()).to.deep.equal([zoe]);
    await expectStateToAgree(stack);
  });
});

describe("A rejected removal of members", () => {
  afterEach(cleanUp);

  it("leaves the group unchanged and logs no removal", async () => {
    const stack = await withGroup();
    const { project, groupId, idsIn, simulator, account } = stack;
    account.setGroupMembers(groupId, [maria]);
    await project.write(program, { sets: { set: { group: groupId, members: [{ id: zoe }], removeOthers: true } } });
    simulator.faults.add({ method: "PUT", path: "/members", fault: { status: 403, message: "no removal" } });
    const output = await project.fail(...up);
    expect(output).to.include("no removal").and.to.not.include("Removed from");
    expect(idsIn()).to.deep.equal([maria]);
    expect(await project.resources()).to.deep.equal([]);
    expect(await project.up())
      .to.include("Removed from the user group")
      .and.to.include("maria@example.com");
    expect(idsIn()).to.deep.equal([zoe]);
  });
});

describe("An email that now belongs to somebody else", () => {
  afterEach(cleanUp);

  it("moves the membership to its new owner with up --refresh", async () => {
    for (const kind of ["set", "single"] as const) {
      const stack = await withGroup();
      const { project, groupId, idsIn, account } = stack;
      const resources: Resources =
        kind === "set"
          ? { sets: { set: { group: groupId, members: [{ email: "zoe@example.com" }] } } }
          : { members: { single: { group: groupId, email: "zoe@example.com" } } };
      await project.write(program, resources);
      await project.up();
      expect(idsIn()).to.deep.equal([zoe]);
      account.setMemberEmail(zoe, "zoe.former@example.com");
      account.setMemberEmail(adam, "zoe@example.com");
      await project.up("--refresh");
      expect(idsIn(), kind).to.deep.equal([adam]);
      await project.succeed("destroy", "--yes", "--skip-preview", "--refresh");
      expect(idsIn(), kind).to.deep.equal([]);
    }
  });
});
