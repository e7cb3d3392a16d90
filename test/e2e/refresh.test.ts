import { expect } from "chai";
import { clearScenes, members, setScene } from "./account";

const refreshes = [["refresh"], ["refresh", "--run-program"], ["up", "--refresh"]];

describe("A refresh of many groups", () => {
  afterEach(clearScenes);

  it("costs the pages of two lists, and one call for the members of each user group", async () => {
    const scene = await setScene();
    await scene.project.write(
      ({ DeploymentGroup, UserGroup, UserGroupMembers }, { members }) => {
        for (let index = 0; index < 60; index++) {
          const { id } = new UserGroup(`group-${index}`, { name: `group ${index}` });
          new UserGroupMembers(`group-${index}`, { userGroupId: id, members: [{ id: members.zoe }] });
          const versionConfigs = [{ targetEnvironment: "windows", version: "2026.6.234.0" }];
          new DeploymentGroup(`ring-${index}`, { name: `ring ${index}`, versionConfigs });
        }
      },
      { members },
    );
    await scene.project.up();
    for (const command of refreshes) {
      scene.simulator.journal.clear();
      await scene.project.succeed(...command, "--yes", "--skip-preview");
      const count = (path: RegExp) => scene.simulator.journal.count({ path });
      expect(count(/members$/), command.join(" ")).to.equal(60);
      // Which reads the engine asks for together is its own affair: up to three of a kind may come one after the other.
      for (const groups of [/user_groups(\/\w+)?$/, /deployment-groups(\/[\w-]+)?$/])
        expect(count(groups), command.join(" ")).to.be.within(1, 1 + 3);
      expect(scene.simulator.journal.count(), command.join(" ")).to.be.at.most(60 + 2 * (1 + 3));
    }
    const [group] = scene.account.userGroups();
    scene.account.editUserGroup(group?.id ?? "", { name: "renamed by hand" });
    expect(await scene.project.fail("refresh", "--preview-only", "--expect-no-changes")).to.include("[diff: ~name]");
  });
});
