import { cp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../documentation";
import { clearScenes, members, permissionGroups, resourceGroups, setScene } from "./account";

describe("pulumi up in a clone", () => {
  afterEach(clearScenes);

  it("runs the quickstart example, with the ids of the simulated account or those that its README has one set", async () => {
    const { project, account } = await setScene();
    await rm(join(project.folder, "Pulumi.yaml"));
    for (const part of ["Pulumi.yaml", "examples"])
      await cp(join(repository, part), join(project.folder, part), { recursive: true });
    await symlink(
      join(project.folder, "program", "node_modules"),
      join(project.folder, "examples/quickstart/node_modules"),
    );
    await project.succeed("stack", "init", "quickstart");
    await project.up();
    const emails = () => account.groupMembers(account.userGroups()[0]?.id ?? "").map(({ email }) => email);
    expect(emails()).to.deep.equal(["adam@example.com", "zoe@example.com"]);
    expect(account.deploymentGroups()).to.have.length(1);

    await project.succeed("config", "set", "--path", "memberIds[0]", members.ben);
    await project.succeed("config", "set", "--path", "permissionGroupIds[0]", permissionGroups.dnsWrite);
    await project.succeed("config", "set", "--path", "resourceGroupIds[0]", resourceGroups.zone);
    await project.up();
    expect(emails()).to.deep.equal(["ben@example.com"]);
    await project.destroy();
    expect([account.userGroups(), account.deploymentGroups()]).to.deep.equal([[], []]);
  });
});
