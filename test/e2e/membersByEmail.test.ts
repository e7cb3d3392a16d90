import { expect } from "chai";
import { cleanUp, createTestStack, members, recordRequests, type TestStack } from "./account";
import type { Program } from "./pulumiProject";

interface Desired {
  groupIds: string[];
  members: ({ id: string } | { email: string })[];
}

const sets: Program<Desired> = ({ UserGroupMembers }, { groupIds, members }) =>
  Object.fromEntries(
    groupIds.map((userGroupId, index) => {
      const people = new UserGroupMembers(`people-${index}`, { userGroupId, members });
      return [`members${index}`, people.members];
    }),
  );

const { zoe, adam, ben } = members;

async function setUpGroups(count: number): Promise<TestStack & { groupIds: string[] }> {
  const testStack = await createTestStack();
  const groupIds = Array.from(
    { length: count },
    (_, index) => testStack.account.addUserGroup({ name: `G${index}` }).id,
  );
  return { ...testStack, groupIds };
}

describe("Members by email", () => {
  afterEach(cleanUp);

  it("need one listing of the account when they are new, and none for an unchanged stack", async () => {
    const testStack = await setUpGroups(12);
    const { project, account, groupIds } = testStack;
    await project.write(sets, { groupIds, members: [{ email: "zoe@example.com" }, { email: "Ben@Example.com" }] });
    expect(await recordRequests(testStack, () => project.preview())).to.have.members([
      "GET …/members ×1",
      "GET …/user_groups/{id}/members ×12",
    ]);
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      "GET …/members ×1",
      "GET …/user_groups/{id}/members ×24",
      "PUT …/user_groups/{id}/members ×12",
    ]);
    expect(await recordRequests(testStack, () => project.preview("--expect-no-changes"))).to.deep.equal([]);
    for (const id of groupIds) expect(account.groupMembers(id).map(({ id }) => id)).to.have.members([zoe, ben]);
    expect((await project.outputs()).members3).to.deep.equal([
      { id: zoe, email: "zoe@example.com", status: "accepted" },
      { id: ben, email: "ben@example.com", status: "pending" },
    ]);
  });

  it("show no difference in another case, by id or after refresh", async () => {
    const testStack = await setUpGroups(1);
    const { project, groupIds } = testStack;
    await project.write(sets, { groupIds, members: [{ email: "zoe@example.com" }, { id: adam }] });
    await project.up();
    const calls = await recordRequests(testStack, async () => {
      await project.write(sets, { groupIds, members: [{ email: "ADAM@example.com" }, { email: "Zoe@example.com" }] });
      await project.up("--refresh", "--expect-no-changes");
      // The state's inputs now contain the new form.
      await project.refresh("--expect-no-changes");
      await project.write(sets, { groupIds, members: [{ id: zoe }, { id: adam }] });
      await project.up("--expect-no-changes");
    });
    // An email that the stored inputs do not have costs one listing. The stored outputs have the id of the person.
    expect(calls).to.have.members(["GET …/members ×1", "GET …/user_groups/{id}/members ×2"]);
  });

  it("show drift and are repaired by up --refresh", async () => {
    const { project, account, groupIds } = await setUpGroups(1);
    const [groupId = ""] = groupIds;
    await project.write(sets, { groupIds, members: [{ email: "Zoe@example.com" }] });
    await project.up();
    account.setGroupMembers(groupId, [adam]);
    expect(await project.fail("refresh", "--preview-only", "--expect-no-changes", "--diff")).to.include(
      "adam@example.com",
    );
    await project.up("--refresh");
    expect(account.groupMembers(groupId).map(({ id }) => id)).to.deep.equal([zoe]);
  });

  it("are reported in one error when they are unknown, without a write", async () => {
    const testStack = await setUpGroups(1);
    const { project, groupIds } = testStack;
    const people = [{ email: "zoe@example.com" }, { email: "adan@example.com" }, { email: "eve@example.org" }];
    await project.write(sets, { groupIds, members: people });
    const calls = await recordRequests(testStack, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview");
      expect(output).to.include("adan@example.com belongs to no member; did you mean adam@example.com?");
      expect(output).to.include("eve@example.org belongs to no member");
      expect(output).to.include("Invite the person to the account first");
    });
    expect(calls).to.deep.equal(["GET …/members ×1"]);
  });
});
