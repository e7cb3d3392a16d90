import { expect } from "chai";
import { callsDuring, clearScenes, members, permissionGroups, resourceGroups, setScene } from "./account";
import type { Program } from "./pulumiProject";

interface Wanted {
  groupName: string;
  policies?:
    | { access: "allow" | "deny"; permissionGroups: { id: string }[]; resourceGroups: { id: string }[] }[]
    | undefined;
  members: { id: string }[];
  ringName: string;
  versionConfigs: { targetEnvironment: string; version: string }[];
  policyIds?: string[] | undefined;
}

const threeResources: Program<Wanted> = ({ UserGroup, UserGroupMembers, DeploymentGroup }, wanted) => {
  const group = new UserGroup("group", { name: wanted.groupName, policies: wanted.policies });
  const people = new UserGroupMembers("people", { userGroupId: group.id, members: wanted.members });
  const { ringName: name, versionConfigs, policyIds } = wanted;
  const ring = new DeploymentGroup("ring", { name, versionConfigs, policyIds });
  return {
    groupId: group.id,
    policies: group.policies,
    modifiedOn: group.modifiedOn,
    members: people.members,
    ringId: ring.id,
    versionConfigs: ring.versionConfigs,
    policyIds: ring.policyIds,
    updatedAt: ring.updatedAt,
  };
};

const ids = (...all: string[]) => all.map((id) => ({ id }));

const wanted: Wanted = {
  groupName: "Admins",
  policies: [
    {
      access: "allow",
      permissionGroups: ids(permissionGroups.dnsWrite, permissionGroups.zoneRead, permissionGroups.dnsRead),
      resourceGroups: ids(resourceGroups.zone, resourceGroups.account),
    },
    {
      access: "allow",
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

function reversed(value: Wanted): Wanted {
  return {
    ...value,
    policies: value.policies
      ?.map((policy) => ({
        ...policy,
        permissionGroups: policy.permissionGroups.toReversed(),
        resourceGroups: policy.resourceGroups.toReversed(),
      }))
      .toReversed(),
    members: value.members.toReversed(),
    versionConfigs: value.versionConfigs.toReversed(),
    policyIds: value.policyIds?.toReversed(),
  };
}

describe("the three resources through the real engine", () => {
  afterEach(clearScenes);

  it("are created, left alone, changed and destroyed with one call for each, and one look at the deployment groups", async () => {
    const scene = await setScene();
    const { project, account } = scene;
    await project.write(threeResources, wanted);

    expect(await callsDuring(scene, () => project.preview())).to.deep.equal([]);
    expect(await callsDuring(scene, () => project.up())).to.have.members([
      "POST …/user_groups ×1",
      "POST …/user_groups/{id}/members ×1",
      "GET …/deployment-groups ×1",
      "POST …/deployment-groups ×1",
    ]);
    const [group] = account.userGroups();
    const [ring] = account.deploymentGroups();
    expect(group?.name).to.equal("Admins");
    expect(group?.policies).to.have.length(2);
    expect(account.groupMembers(group?.id ?? "").map(({ id }) => id)).to.have.members(
      wanted.members.map(({ id }) => id),
    );
    expect(ring?.policy_ids).to.have.members(wanted.policyIds ?? []);

    const outputs = await project.outputs();
    expect(outputs.policies, "the program's order").to.deep.equal(wanted.policies);
    expect(outputs.versionConfigs, "the program's order").to.deep.equal(wanted.versionConfigs);
    expect(outputs.policyIds, "the program's order").to.deep.equal(wanted.policyIds);
    expect(outputs.members).to.deep.equal([
      { id: members.zoe, email: "zoe@example.com", status: "accepted" },
      { id: members.adam, email: "adam@example.com", status: "accepted" },
      { id: members.maria, email: "maria@example.com", status: "accepted" },
    ]);

    expect(await callsDuring(scene, () => project.up("--expect-no-changes"))).to.deep.equal([]);

    await project.write(threeResources, {
      ...wanted,
      groupName: "Administrators",
      members: ids(members.adam, members.ben),
      versionConfigs: [{ targetEnvironment: "windows", version: "2026.7.1.0" }],
    });
    expect(await callsDuring(scene, () => project.up())).to.have.members([
      "PUT …/user_groups/{id} ×1",
      "PUT …/user_groups/{id}/members ×1",
      "PATCH …/deployment-groups/{id} ×1",
    ]);
    const bodies = scene.simulator.journal.requests.map(({ body }) => body);
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

    expect(await callsDuring(scene, () => project.destroy())).to.have.members([
      "PUT …/user_groups/{id}/members ×1",
      "DELETE …/user_groups/{id} ×1",
      "DELETE …/deployment-groups/{id} ×1",
    ]);
    expect(account.userGroups()).to.deep.equal([]);
    expect(account.deploymentGroups()).to.deep.equal([]);
  });

  it("show no difference when the program or the API lists a set in another order", async () => {
    const scene = await setScene();
    const { project } = scene;
    await project.write(threeResources, wanted);
    await project.up();

    await project.write(threeResources, reversed(wanted));
    expect(await callsDuring(scene, () => project.up("--expect-no-changes"))).to.deep.equal([]);

    expect(
      await callsDuring(scene, () => project.refresh("--expect-no-changes")),
      "one call for each resource",
    ).to.have.members([
      "GET …/user_groups/{id} ×1",
      "GET …/user_groups/{id}/members ×1",
      "GET …/deployment-groups/{id} ×1",
    ]);
    await project.up("--expect-no-changes");
  });

  it("take an optional list that is added, changed, emptied and left out, and stay stable in between", async () => {
    const { project, account } = await setScene();
    const without: Wanted = { ...wanted, policies: undefined, policyIds: undefined };
    await project.write(threeResources, without);
    await project.up();
    await project.write(threeResources, { ...without, policies: [], policyIds: [] });
    await project.preview("--expect-no-changes");

    await project.write(threeResources, wanted);
    await project.up();
    expect(account.userGroups()[0]?.policies).to.have.length(2);
    expect(account.deploymentGroups()[0]?.policy_ids).to.have.length(3);

    const fewer = { ...wanted, policies: wanted.policies?.slice(1), policyIds: ["policy-b"] };
    await project.write(threeResources, fewer);
    await project.up();
    expect(account.userGroups()[0]?.policies).to.have.length(1);
    expect(account.deploymentGroups()[0]?.policy_ids).to.deep.equal(["policy-b"]);

    await project.write(threeResources, without);
    await project.up();
    expect(account.userGroups()[0]?.policies ?? []).to.deep.equal([]);
    expect(account.deploymentGroups()[0]?.policy_ids ?? []).to.deep.equal([]);
    expect((await project.outputs()).policyIds).to.deep.equal([]);
    await project.refresh("--expect-no-changes");
    await project.preview("--expect-no-changes");
  });

  it("hold 120 members, read them page by page and see no difference", async () => {
    const pageSizes = { groupMembers: { default: 20, min: 1, max: 50 } };
    const scene = await setScene({ pageSizes, pageSizeOutOfRange: "clamped" });
    const { project, account } = scene;
    const everybody = Array.from({ length: 120 }, (_, index) => {
      const id = index.toString(16).padStart(32, "e");
      account.addMember({ id, email: `${String((index * 37) % 120).padStart(3, "0")}@example.com` });
      return { id };
    });
    await project.write(threeResources, { ...wanted, members: everybody });
    await project.up();
    const [group] = account.userGroups();
    expect(account.groupMembers(group?.id ?? "")).to.have.length(120);
    expect(await callsDuring(scene, () => project.refresh("--expect-no-changes"))).to.include(
      "GET …/user_groups/{id}/members ×3",
    );
    await project.up("--expect-no-changes");
  });
});
