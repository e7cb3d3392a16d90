import { expect } from "chai";
import { cleanUp, createTestStack, members, permissionGroups, recordRequests, resourceGroups } from "./account";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const desired = {
  groupName: "Admins",
  policies: [
    {
      access: "allow" as const,
      permissionGroups: ids(permissionGroups.dnsWrite, permissionGroups.zoneRead, permissionGroups.dnsRead),
      resourceGroups: ids(resourceGroups.zone, resourceGroups.account),
    },
    {
      access: "allow" as const,
      permissionGroups: ids(permissionGroups.networkMonitoring),
      resourceGroups: ids(resourceGroups.account),
    },
  ],
  members: ids(members.zoe, members.adam, members.maria),
  ringName: "Ring 0",
  versionConfigs: [
    { targetEnvironment: "windows", version: "2026.6.234.0" },
    { targetEnvironment: "macos", version: "2026.6.100.0" },
  ],
  policyIds: ["policy-b", "policy-c", "policy-a"],
};

function reverse(value: typeof desired): ThreeResources {
  return {
    ...value,
    policies: value.policies
      .map((policy) => ({
        ...policy,
        permissionGroups: policy.permissionGroups.toReversed(),
        resourceGroups: policy.resourceGroups.toReversed(),
      }))
      .toReversed(),
    members: value.members.toReversed(),
    versionConfigs: value.versionConfigs.toReversed(),
    policyIds: value.policyIds.toReversed(),
  };
}

describe("A program with three kinds of resources", () => {
  afterEach(cleanUp);

  it("sends one request for each create, update and delete", async () => {
    const testStack = await createTestStack();
    const { project, account } = testStack;
    await project.write(threeResources, desired);

    expect(await recordRequests(testStack, () => project.preview())).to.deep.equal([]);
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      "POST …/user_groups ×1",
      "PUT …/user_groups/{id}/members ×1",
      "GET …/deployment-groups ×1",
      "POST …/deployment-groups ×1",
    ]);
    const [group] = account.userGroups();
    const [ring] = account.deploymentGroups();
    expect(group?.name).to.equal("Admins");
    expect(group?.policies).to.have.length(2);
    expect(account.groupMembers(group?.id ?? "").map(({ id }) => id)).to.have.members(
      desired.members.map(({ id }) => id),
    );
    expect(ring?.policy_ids).to.have.members(desired.policyIds);

    const outputs = await project.outputs();
    expect(outputs.policies, "the program's order").to.deep.equal(desired.policies);
    expect(outputs.versionConfigs, "the program's order").to.deep.equal(desired.versionConfigs);
    expect(outputs.policyIds, "the program's order").to.deep.equal(desired.policyIds);
    expect(outputs.members).to.deep.equal([
      { id: members.zoe, email: "zoe@example.com", status: "accepted" },
      { id: members.adam, email: "adam@example.com", status: "accepted" },
      { id: members.maria, email: "maria@example.com", status: "accepted" },
    ]);

    expect(await recordRequests(testStack, () => project.up("--expect-no-changes"))).to.deep.equal([]);

    await project.write(threeResources, {
      ...desired,
      groupName: "Administrators",
      members: ids(members.adam, members.ben),
      versionConfigs: [{ targetEnvironment: "windows", version: "2026.7.1.0" }],
    });
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      "PUT …/user_groups/{id} ×1",
      "GET …/user_groups/{id}/members ×1",
      "PUT …/user_groups/{id}/members ×1",
      "PATCH …/deployment-groups/{id} ×1",
    ]);
    const bodies = testStack.simulator.journal.requests.map(({ body }) => body);
    expect(bodies, "only what changed is sent").to.deep.include.members([
      { name: "Administrators" },
      { version_config: [{ target_environment: "windows", version: "2026.7.1.0" }] },
    ]);
    expect(account.userGroup(String(outputs.groupId)).name).to.equal("Administrators");
    expect(account.groupMembers(String(outputs.groupId)).map(({ email }) => email)).to.have.members([
      "adam@example.com",
      "ben@example.com",
    ]);
    expect(account.deploymentGroup(String(outputs.ringId)).version_config).to.have.length(1);
    const changed = await project.outputs();
    expect([changed.groupId, changed.ringId]).to.deep.equal([outputs.groupId, outputs.ringId]);
    expect(changed.modifiedOn).to.not.equal(outputs.modifiedOn);
    expect(changed.updatedAt).to.equal(account.deploymentGroup(String(outputs.ringId)).updated_at);

    expect(await recordRequests(testStack, () => project.destroy())).to.have.members([
      "GET …/user_groups/{id}/members ×1",
      "PUT …/user_groups/{id}/members ×1",
      "DELETE …/user_groups/{id} ×1",
      "DELETE …/deployment-groups/{id} ×1",
    ]);
    expect(account.userGroups()).to.deep.equal([]);
    expect(account.deploymentGroups()).to.deep.equal([]);
  });

  it("shows no difference when a set changes its order", async () => {
    const testStack = await createTestStack();
    const { project } = testStack;
    await project.write(threeResources, desired);
    await project.up();

    await project.write(threeResources, reverse(desired));
    expect(await recordRequests(testStack, () => project.up("--expect-no-changes"))).to.deep.equal([]);

    expect(
      await recordRequests(testStack, () => project.refresh("--expect-no-changes")),
      "one call for each resource",
    ).to.have.members([
      "GET …/user_groups/{id} ×1",
      "GET …/user_groups/{id}/members ×1",
      "GET …/deployment-groups/{id} ×1",
    ]);
  });

  it("adds, changes, empties and removes optional lists without a false difference", async () => {
    const { project, account } = await createTestStack();
    const without: ThreeResources = { ...desired, policies: undefined, policyIds: undefined };
    await project.write(threeResources, without);
    await project.up();
    await project.write(threeResources, { ...without, policies: [], policyIds: [] });
    await project.preview("--expect-no-changes");

    const fewer = { ...desired, policies: desired.policies.slice(1), policyIds: ["policy-b"] };
    await project.write(threeResources, fewer);
    await project.up();
    expect(account.userGroups()[0]?.policies).to.have.length(1);
    expect(account.deploymentGroups()[0]?.policy_ids).to.deep.equal(["policy-b"]);

    await project.write(threeResources, without);
    await project.up();
    expect(account.userGroups()[0]?.policies ?? []).to.deep.equal([]);
    expect(account.deploymentGroups()[0]?.policy_ids ?? []).to.deep.equal([]);
    expect((await project.outputs()).policyIds).to.deep.equal([]);
    await project.up("--refresh", "--expect-no-changes");
  });

  it("reads 120 members page by page and shows no difference", async () => {
    const pageSizes = { groupMembers: { default: 20, min: 1, max: 50 } };
    const testStack = await createTestStack({ pageSizes, pageSizeOutOfRange: "clamped" });
    const { project, account } = testStack;
    const everybody = Array.from({ length: 120 }, (_, index) => {
      const id = index.toString(16).padStart(32, "e");
      account.addMember({ id, email: `${String((index * 37) % 120).padStart(3, "0")}@example.com` });
      return { id };
    });
    await project.write(threeResources, { ...desired, members: everybody });
    await project.up();
    const [group] = account.userGroups();
    expect(account.groupMembers(group?.id ?? "")).to.have.length(120);
    expect(await recordRequests(testStack, () => project.refresh("--expect-no-changes"))).to.include(
      "GET …/user_groups/{id}/members ×3",
    );
  });
});
