import type { CustomResourceOptions } from "@pulumi/pulumi";
import { expect } from "chai";
import { callsDuring, clearScenes, members, permissionGroups, resourceGroups, type Scene, setScene } from "./account";
import type { Program } from "./pulumiProject";

interface Wanted {
  groupName: string;
  access: "allow" | "deny";
  members: string[];
  ringName: string;
  versions: { [targetEnvironment: string]: string };
  policyIds: string[];
  options?: { group?: CustomResourceOptions; people?: CustomResourceOptions; ring?: CustomResourceOptions };
}

const program: Program<Wanted & { permission: string; resource: string }> = (package_, wanted) => {
  const { UserGroup, UserGroupMembers, DeploymentGroup } = package_;
  const { groupName, access, permission, resource, ringName, policyIds, options } = wanted;
  const policies = [{ access, permissionGroups: [{ id: permission }], resourceGroups: [{ id: resource }] }];
  const group = new UserGroup("group", { name: groupName, policies }, options?.group);
  const ids = wanted.members.map((id) => ({ id }));
  const people = new UserGroupMembers("people", { userGroupId: group.id, members: ids }, options?.people);
  const versionConfigs = Object.entries(wanted.versions).map(([targetEnvironment, version]) => ({
    targetEnvironment,
    version,
  }));
  const ring = new DeploymentGroup("ring", { name: ringName, versionConfigs, policyIds }, options?.ring);
  return { groupId: group.id, peopleId: people.id, ringId: ring.id };
};

const wanted: Wanted = {
  groupName: "Admins",
  access: "allow",
  members: [members.zoe, members.adam],
  ringName: "Ring 0",
  versions: { windows: "2026.6.234.0", macos: "2026.6.100.0" },
  policyIds: ["policy-a"],
};

function write({ project }: Scene, values: Wanted): Promise<void> {
  return project.write(program, { ...values, permission: permissionGroups.dnsRead, resource: resourceGroups.account });
}

async function deployed(values: Wanted): Promise<Scene> {
  const scene = await setScene();
  await write(scene, values);
  await scene.project.up();
  return scene;
}

/** What the account holds, without the ids that a replacement changes. */
function contents({ account }: Scene) {
  return {
    groups: account.userGroups().map(({ id, name, policies }) => ({
      name,
      access: policies?.map((policy) => policy.access),
      members: account.groupMembers(id).map((member) => member.id),
    })),
    rings: account.deploymentGroups().map(({ name, version_config, policy_ids }) => ({
      name,
      versions: Object.fromEntries(version_config.map((config) => [config.target_environment, config.version])),
      policyIds: policy_ids,
    })),
  };
}

describe("Resource options", () => {
  afterEach(clearScenes);

  it("ignores only the paths in ignoreChanges", async () => {
    const options = {
      group: { ignoreChanges: ["policies[0].access"] },
      people: { ignoreChanges: ["members"] },
      ring: { ignoreChanges: ["versionConfigs[*].version"] },
    };
    const scene = await deployed({ ...wanted, options });
    const { project, account, simulator } = scene;

    const changed: Wanted = {
      ...wanted,
      access: "deny",
      members: [members.maria],
      versions: { windows: "2026.7.1.0", macos: "2026.7.1.0" },
      options,
    };
    await write(scene, { ...changed, groupName: "Administrators", policyIds: ["policy-b"] });
    await callsDuring(scene, () => project.up());
    expect(simulator.journal.requests.map(({ body }) => body)).to.have.deep.members([
      { name: "Administrators" },
      { policy_ids: ["policy-b"] },
    ]);

    const [group] = account.userGroups();
    account.setGroupMembers(group?.id ?? "", [members.ben]);
    await project.refresh();
    expect(await callsDuring(scene, () => project.up("--expect-no-changes")), "drift is left alone too").to.deep.equal(
      [],
    );
  });

  it("replaces only for a change of the paths in replaceOnChanges", async () => {
    const options = {
      group: { replaceOnChanges: ["policies[0].access"] },
      people: { replaceOnChanges: ["members"] },
      ring: { replaceOnChanges: ["versionConfigs"] },
    };
    const scene = await deployed({ ...wanted, options });
    const { project } = scene;
    const before = await project.outputs();

    await write(scene, { ...wanted, groupName: "Administrators", ringName: "Ring 1", options });
    expect(await callsDuring(scene, () => project.up())).to.have.members([
      "PUT …/user_groups/{id} ×1",
      "PATCH …/deployment-groups/{id} ×1",
    ]);

    const versions = { windows: "2026.7.1.0" };
    const people = [members.adam, members.maria];
    await write(scene, { ...wanted, members: people, versions, options });
    expect(await callsDuring(scene, () => project.up())).to.include.members([
      "POST …/user_groups/{id}/members ×1",
      "DELETE …/deployment-groups/{id} ×1",
      "POST …/deployment-groups ×1",
    ]);
    expect((await project.outputs()).groupId, "not replaced yet").to.equal(before.groupId);

    await write(scene, { ...wanted, access: "deny", members: people, versions, options });
    await project.up();
    expect((await project.outputs()).groupId).to.not.equal(before.groupId);
    expect(contents(scene)).to.deep.equal({
      groups: [{ name: "Admins", access: ["deny"], members: people }],
      rings: [{ name: "Ring 0", versions, policyIds: ["policy-a"] }],
    });
  });

  it("does not replace for a new order of a replaceOnChanges list", async () => {
    const options = { ring: { replaceOnChanges: ["versionConfigs"] } };
    const scene = await deployed({ ...wanted, options });
    const versions = Object.fromEntries(Object.entries(wanted.versions).toReversed());
    await write(scene, { ...wanted, ringName: "Ring 1", versions, options });
    expect(await callsDuring(scene, () => scene.project.up())).to.deep.equal(["PATCH …/deployment-groups/{id} ×1"]);
  });

  it("keeps a protected resource from deletion and replacement", async () => {
    const protect = { protect: true };
    const scene = await deployed({ ...wanted, options: { group: protect, people: protect, ring: protect } });
    const { project } = scene;
    const before = contents(scene);
    const attempts = async () => {
      expect(await project.fail("destroy", "--yes", "--skip-preview")).to.include("protect");
      const replace = await project.fail("up", "--yes", "--skip-preview", "--replace", "**");
      expect(replace).to.include("protect");
      await project.writeSource("");
      expect(await project.fail("up", "--yes", "--skip-preview")).to.include("protect");
    };
    expect(await callsDuring(scene, attempts)).to.deep.equal([]);
    expect(contents(scene)).to.deep.equal(before);
    expect(await project.resources()).to.have.length(3);
  });

  it("keeps groups and members when retainOnDelete is set", async () => {
    const retain = { retainOnDelete: true };
    const scene = await deployed({ ...wanted, options: { group: retain, people: retain, ring: retain } });
    await scene.project.writeSource("");
    expect(await callsDuring(scene, () => scene.project.up())).to.deep.equal([]);
    expect(await scene.project.resources()).to.deep.equal([]);
    expect(contents(scene).groups[0]?.members).to.have.length(2);
    expect(contents(scene).rings).to.have.length(1);
  });

  it("skips the members' request when deletedWith names their group", async () => {
    const scene = await setScene();
    const deletedWith: Program<{ adam: string }> = ({ UserGroup, UserGroupMembers }, { adam }) => {
      const group = new UserGroup("group", { name: "Admins" });
      const people = { userGroupId: group.id, members: [{ id: adam }] };
      new UserGroupMembers("people", people, { deletedWith: group });
    };
    await scene.project.write(deletedWith, members);
    await scene.project.up();
    expect(await callsDuring(scene, () => scene.project.destroy())).to.deep.equal(["DELETE …/user_groups/{id} ×1"]);
    expect(scene.account.userGroups()).to.deep.equal([]);
  });
});
