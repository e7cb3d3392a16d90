import { expect } from "chai";
import {
  accountId,
  cleanUp,
  createTestStack,
  members,
  permissionGroups,
  resourceGroups,
  type TestStack,
} from "./account";
import type { Program } from "./pulumiProject";
import { expectStateToAgree } from "./stateAgreement";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const desired: ThreeResources = {
  policies: [
    {
      access: "allow",
      permissionGroups: ids(permissionGroups.dnsRead),
      resourceGroups: ids(resourceGroups.account),
    },
  ],
  members: ids(members.adam, members.zoe),
  policyIds: ["policy-a"],
};

async function deploy(): Promise<TestStack & { groupId: string; ringId: string }> {
  const testStack = await createTestStack();
  await testStack.project.write(threeResources, desired);
  await testStack.project.up();
  const outputs = await testStack.project.outputs();
  return { ...testStack, groupId: String(outputs.groupId), ringId: String(outputs.ringId) };
}

function listEmails({ account, groupId }: TestStack & { groupId: string }): (string | undefined)[] {
  return account.groupMembers(groupId).map(({ email }) => email);
}

describe("A stack after changes by hand", () => {
  afterEach(cleanUp);

  it("shows every changed property and repairs it with up --refresh", async () => {
    const testStack = await deploy();
    const { project, account, groupId, ringId } = testStack;
    account.editUserGroup(groupId, { name: "Hacked", policies: [] });
    account.setGroupMembers(groupId, [members.adam, members.ben]);
    account.editDeploymentGroup(ringId, {
      name: "Broken",
      version_config: [{ target_environment: "windows", version: "2025.1.1.0" }],
      policy_ids: ["policy-x"],
    });

    const drift = await project.fail("refresh", "--preview-only", "--expect-no-changes", "--diff");
    expect(drift)
      .to.include("Hacked")
      .and.to.include("2025.1.1.0")
      .and.to.include("policy-x")
      .and.to.include("ben@example.com");
    expect(await project.up("--refresh")).to.match(/3 updated/);
    expect(account.userGroup(groupId).name).to.equal("Admins");
    expect(account.userGroup(groupId).policies).to.have.length(1);
    expect(listEmails(testStack)).to.deep.equal(["adam@example.com", "zoe@example.com"]);
    expect(account.deploymentGroup(ringId)).to.deep.include({ name: "Ring 0", policy_ids: ["policy-a"] });
    await expectStateToAgree(testStack);
  });

  it("recreates a deleted group", async () => {
    const { project, account, groupId, ringId } = await deploy();
    account.deleteUserGroup(groupId);
    account.deleteDeploymentGroup(ringId);
    await project.refresh();
    expect(await project.resources()).to.deep.equal([]);

    await project.up();
    expect(account.userGroups()).to.have.length(1);
    expect(account.deploymentGroups()).to.have.length(1);
    expect(account.groupMembers(account.userGroups()[0]?.id ?? "")).to.have.length(2);
  });

  it("is destroyed when its groups are already deleted", async () => {
    const { project, account, groupId, ringId } = await deploy();
    account.deleteUserGroup(groupId);
    account.deleteDeploymentGroup(ringId);
    await project.destroy();
    expect(await project.resources()).to.deep.equal([]);
  });
});

describe("A resource read with get", () => {
  afterEach(cleanUp);

  const readers: Program<{ groupId: string; ringId: string }> = (
    { UserGroup, UserGroupMembers, DeploymentGroup },
    at,
  ) => {
    const group = UserGroup.get("group", at.groupId);
    const people = UserGroupMembers.get("people", at.groupId);
    const ring = DeploymentGroup.get("ring", at.ringId);
    return {
      name: group.name,
      policies: group.policies,
      accountId: group.accountId,
      members: people.members,
      ring: ring.name,
      versionConfigs: ring.versionConfigs,
      policyIds: ring.policyIds,
    };
  };

  it("returns current values and survives destroy", async () => {
    const { project, account } = await createTestStack();
    const group = account.addUserGroup({ name: "Existing", members: [members.adam] });
    const ring = account.addDeploymentGroup({
      name: "Existing ring",
      version_config: [{ target_environment: null, version: "1.0" }],
    });
    await project.write(readers, { groupId: group.id, ringId: ring.id });
    await project.up();
    expect(await project.outputs()).to.deep.equal({
      name: "Existing",
      policies: [],
      accountId,
      members: [{ id: members.adam, email: "adam@example.com", status: "accepted" }],
      ring: "Existing ring",
      versionConfigs: [{ targetEnvironment: null, version: "1.0" }],
      policyIds: [],
    });
    account.editUserGroup(group.id, { name: "Renamed" });
    await project.up();
    expect((await project.outputs()).name).to.equal("Renamed");
    await project.destroy();
    expect(account.userGroups()).to.have.length(1);
    expect(account.deploymentGroups()).to.have.length(1);
    expect(account.groupMembers(group.id)).to.have.length(1);
  });

  it("fails with id and account when the object does not exist", async () => {
    const { project } = await createTestStack();
    await project.write(readers, { groupId: "0".repeat(32), ringId: "00000000-0000-4000-8000-000000000000" });
    const output = await project.fail("up", "--yes", "--skip-preview");
    expect(output)
      .to.include(`${"0".repeat(32)}) : it does not exist`.replace(" :", ":"))
      .and.to.include(accountId);
    expect(await project.resources()).to.deep.equal([]);
  });
});
