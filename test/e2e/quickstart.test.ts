import { expect } from "chai";
import { DEFAULT_SEED } from "../../simulator/src";
import { accountId, apiToken, cleanUp, members, permissionGroups, resourceGroups } from "./account";
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

  it("runs in an account that has only the predefined resource group", async () => {
    const seed = { ...DEFAULT_SEED, accounts: DEFAULT_SEED.accounts.map((each) => ({ ...each, resource_groups: [] })) };
    const { clone, account, simulator } = await createExampleStack("quickstart", {
      seed,
      predefinedResourceGroup: "added",
    });
    const name = `com.cloudflare.api.account.${accountId}`;
    const response = await fetch(`${simulator.url}/accounts/${accountId}/iam/resource_groups?name=${name}`, {
      headers: { authorization: `Bearer ${apiToken}` },
    });
    const { result } = await response.json();
    await clone.initStack("quickstart");
    await clone.succeed("config", "set", "--path", "resourceGroupIds[0]", result[0].id);
    await clone.up();
    const [group] = account.userGroups();
    expect(group?.policies[0]?.resource_groups).to.have.length(1);
    expect(group?.policies[0]?.resource_groups[0]).to.include({ id: result[0].id, name });
    await clone.refresh("--expect-no-changes");
  });
});
