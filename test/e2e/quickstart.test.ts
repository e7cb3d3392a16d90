import { expect } from "chai";
import { cleanUp, members, permissionGroups, resourceGroups } from "./account";
import { createExampleStack } from "./exampleProject";

describe("examples/quickstart", () => {
  afterEach(cleanUp);

  it("runs in a clone with simulated ids and with ids from the configuration", async () => {
    const { clone, account } = await createExampleStack("quickstart");
    await clone.initStack("quickstart");
    await clone.up();
    const emails = () => account.groupMembers(account.userGroups()[0]?.id ?? "").map(({ email }) => email);
    expect(emails()).to.deep.equal(["adam@example.com", "zoe@example.com"]);
    expect(account.deploymentGroups()).to.have.length(1);

    await clone.succeed("config", "set", "--path", "memberIds[0]", members.ben);
    await clone.succeed("config", "set", "--path", "permissionGroupIds[0]", permissionGroups.dnsWrite);
    await clone.succeed("config", "set", "--path", "resourceGroupIds[0]", resourceGroups.zone);
    await clone.up();
    expect(emails()).to.deep.equal(["ben@example.com"]);
    await clone.destroy();
    expect([account.userGroups(), account.deploymentGroups()]).to.deep.equal([[], []]);
  });
});
