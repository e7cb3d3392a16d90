import { expect } from "chai";
import { cleanUp, createTestStack, members, permissionGroups, resourceGroups, type TestStack } from "./account";
import type { Program } from "./pulumiProject";

const secrets = {
  groupName: "Project Bluebird",
  permission: permissionGroups.dnsRead,
  permissionName: "Magic Network Monitoring",
  member: members.maria,
  version: "2031.4.5.6",
  policyId: "policy-of-bluebird",
};

const program: Program<{ adam: string; resource: string }> = (package_, { adam, resource }, sdk) => {
  const { UserGroup, UserGroupMembers, DeploymentGroup } = package_;
  const config = new sdk.Config("secrets");
  const group = new UserGroup("group", {
    name: config.requireSecret("groupName"),
    policies: [
      {
        access: "allow",
        permissionGroups: [
          { id: config.requireSecret("permission") },
          { name: config.requireSecret("permissionName") },
        ],
        resourceGroups: [{ id: resource }],
      },
    ],
  });
  new UserGroupMembers("people", {
    userGroupId: group.id,
    members: [{ id: adam }, { id: config.requireSecret("member") }],
  });
  new DeploymentGroup("ring", {
    name: "Ring 0",
    versionConfigs: [{ targetEnvironment: "windows", version: config.requireSecret("version") }],
    policyIds: config.requireSecret("policyId").apply((id) => [id]),
  });
};

async function deploy(): Promise<TestStack> {
  const testStack = await createTestStack();
  await testStack.project.succeed(
    ...["config", "set-all"],
    ...Object.entries(secrets).flatMap(([key, value]) => ["--secret", `secrets:${key}=${value}`]),
  );
  await testStack.project.write(program, { adam: members.adam, resource: resourceGroups.account });
  await testStack.project.up();
  return testStack;
}

async function findUnencryptedSecrets({ project }: TestStack): Promise<string[]> {
  const stored = await project.readAllFiles();
  return Object.entries(secrets).flatMap(([key, value]) => (stored.includes(value) ? [key] : []));
}

describe("Secrets", () => {
  afterEach(cleanUp);

  it("stay encrypted in the state throughout the lifecycle", async () => {
    const testStack = await deploy();
    const { project, account } = testStack;
    const [group] = account.userGroups();
    expect(group?.name).to.equal(secrets.groupName);
    expect(account.groupMembers(group?.id ?? "")).to.have.length(2);
    expect(account.deploymentGroups()[0]?.policy_ids).to.deep.equal([secrets.policyId]);
    expect(await findUnencryptedSecrets(testStack), "after create").to.deep.equal([]);

    account.addGroupMembers(group?.id ?? "", [members.zoe]);
    account.editDeploymentGroup(account.deploymentGroups()[0]?.id ?? "", { name: "Broken" });
    account.editUserGroup(group?.id ?? "", { policies: [] });
    let output = await project.refresh("--diff");
    expect(await findUnencryptedSecrets(testStack), "after a refresh that finds drift").to.deep.equal([]);

    output += await project.up("--diff");
    expect(await findUnencryptedSecrets(testStack), "after update").to.deep.equal([]);
    output += await project.destroy("--diff");
    for (const secret of Object.values(secrets)) expect(output).to.not.include(secret);
    expect(await findUnencryptedSecrets(testStack), "after destroy").to.deep.equal([]);
  });

  it("stay secret in additionalSecretOutputs after refresh and update", async () => {
    const { project, account } = await createTestStack();
    const named: Program<{ ringName: string }> = ({ UserGroup, DeploymentGroup }, { ringName }) => {
      const group = new UserGroup("group", { name: "Admins" }, { additionalSecretOutputs: ["createdOn"] });
      const versionConfigs = [{ targetEnvironment: "windows", version: "1.0" }];
      const args = { name: ringName, versionConfigs };
      const additionalSecretOutputs = ["name", "updatedAt"];
      const ring = new DeploymentGroup("ring", args, { additionalSecretOutputs });
      return { createdOn: group.createdOn, ringName: ring.name, updatedAt: ring.updatedAt };
    };
    const findUnencryptedOutputs = async () => {
      const shown = JSON.parse(await project.succeed("stack", "output", "--json"));
      return Object.keys(shown).filter((key) => shown[key] !== "[secret]");
    };
    await project.write(named, { ringName: "Ring 0" });
    await project.up();
    await project.write(named, { ringName: "Ring 1" });
    await project.up("--refresh");
    expect(await findUnencryptedOutputs()).to.deep.equal([]);
    const [ring] = account.deploymentGroups();
    expect((await project.outputs()).updatedAt).to.equal(ring?.updated_at);
    expect(await project.readAllFiles()).to.not.include(ring?.updated_at);
  });
});
