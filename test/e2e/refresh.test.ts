import { expect } from "chai";
import { cleanUp, createTestStack, members } from "./account";

const refreshes = [["refresh"], ["refresh", "--run-program"], ["up", "--refresh"]];

describe("A refresh of many groups", () => {
  afterEach(cleanUp);

  it("reads two lists, and each user group's members with one request", async () => {
    const testStack = await createTestStack();
    await testStack.project.write(
      ({ DeploymentGroup, UserGroup, UserGroupMembers }, { members }) => {
        for (let index = 0; index < 20; index++) {
          const { id } = new UserGroup(`group-${index}`, { name: `group ${index}` });
          new UserGroupMembers(`group-${index}`, { userGroupId: id, members: [{ id: members.zoe }] });
          const versionConfigs = [{ targetEnvironment: "windows", version: "2026.6.234.0" }];
          new DeploymentGroup(`ring-${index}`, { name: `ring ${index}`, versionConfigs });
        }
      },
      { members },
    );
    await testStack.project.up();
    for (const command of refreshes) {
      testStack.simulator.journal.clear();
      await testStack.project.succeed(...command, "--yes", "--skip-preview");
      const count = (path: RegExp) => testStack.simulator.journal.count({ path });
      expect(count(/members$/), command.join(" ")).to.equal(20);
      // The engine decides which reads run in parallel. Up to three reads of a kind may come one after the other.
      for (const groups of [/user_groups(\/\w+)?$/, /deployment-groups(\/[\w-]+)?$/])
        expect(count(groups), command.join(" ")).to.be.within(1, 1 + 3);
      expect(testStack.simulator.journal.count(), command.join(" ")).to.be.at.most(20 + 2 * (1 + 3));
    }
    const [group] = testStack.account.userGroups();
    testStack.account.editUserGroup(group?.id ?? "", { name: "renamed by hand" });
    expect(await testStack.project.fail("refresh", "--preview-only", "--expect-no-changes")).to.include(
      "[diff: ~name]",
    );
  });
});
