import { expect } from "chai";
import { callsDuring, clearScenes, members, permissionGroups, resourceGroups, type Scene, setScene } from "./account";
import { type ThreeResources, threeResources } from "./threeResources";

interface Wanted extends ThreeResources {
  /** The ids that the `import` options name. */
  import: { group?: string; people?: string; ring?: string };
}

function write({ project }: Scene, { import: { group, people, ring }, ...values }: Wanted): Promise<void> {
  const importing = (id?: string) => (id === undefined ? {} : { import: id });
  const options = { group: importing(group), people: importing(people), ring: importing(ring) };
  return project.write(threeResources, { ...values, options });
}

/** An account with one group of each kind, and what a program says that is the same but for the order. */
async function existing(): Promise<Scene & { wanted: Wanted; groupId: string; ringId: string }> {
  const scene = await setScene();
  const permissions = [{ id: permissionGroups.dnsWrite }, { id: permissionGroups.zoneRead }];
  const resources = [{ id: resourceGroups.account }, { id: resourceGroups.zone }];
  const group = scene.account.addUserGroup({
    name: "Admins",
    policies: [{ access: "allow", permission_groups: permissions, resource_groups: resources }],
    members: [members.zoe, members.adam],
  });
  const ring = scene.account.addDeploymentGroup({
    name: "Ring 0",
    version_config: [
      { target_environment: "windows", version: "2026.6.234.0" },
      { target_environment: null, version: "1.0" },
    ],
    policy_ids: ["policy-a", "policy-b"],
  });
  const wanted: Wanted = {
    groupName: "Admins",
    policies: [{ access: "allow", permissionGroups: permissions.toReversed(), resourceGroups: resources.toReversed() }],
    members: [{ id: members.zoe }, { id: members.adam }],
    ringName: "Ring 0",
    versionConfigs: [
      { targetEnvironment: "windows", version: "2026.6.234.0" },
      { targetEnvironment: null, version: "1.0" },
    ],
    policyIds: ["policy-b", "policy-a"],
    import: { group: group.id, people: group.id, ring: ring.id },
  };
  return { ...scene, wanted, groupId: group.id, ringId: ring.id };
}

const writes = (calls: string[]) => calls.filter((call) => !call.startsWith("GET "));

describe("The import option", () => {
  afterEach(clearScenes);

  it("imports matching objects with one read each and no write", async () => {
    const scene = await existing();
    const { project, wanted, groupId, ringId } = scene;
    await write(scene, wanted);
    expect(await callsDuring(scene, () => project.preview())).to.deep.equal([]);
    expect(await callsDuring(scene, () => project.up())).to.have.members([
      "GET …/user_groups/{id} ×1",
      "GET …/user_groups/{id}/members ×1",
      "GET …/deployment-groups/{id} ×1",
    ]);
    expect((await project.resources()).map(({ id }) => id)).to.have.members([groupId, groupId, ringId]);
  });

  it("shows no difference after the import, with and without the option", async () => {
    const scene = await existing();
    const { project, account, wanted } = scene;
    await write(scene, wanted);
    await project.up();
    const calls = await callsDuring(scene, async () => {
      await project.refresh("--expect-no-changes");
      await project.up("--expect-no-changes");

      await write(scene, { ...wanted, import: {} });
      await project.up("--expect-no-changes");
      await project.refresh("--expect-no-changes");
      await project.preview("--expect-no-changes");
    });
    expect(writes(calls)).to.deep.equal([]);

    await write(scene, { ...wanted, groupName: "Administrators", import: {} });
    expect(writes(await callsDuring(scene, () => project.up()))).to.deep.equal(["PUT …/user_groups/{id} ×1"]);
    await project.destroy();
    expect([account.userGroups(), account.deploymentGroups()]).to.deep.equal([[], []]);
  });

  it("can be removed in the update that changes the object", async () => {
    const scene = await existing();
    const { project, wanted } = scene;
    await write(scene, wanted);
    await project.up();
    await write(scene, { ...wanted, ringName: "Ring 1", import: {} });
    expect(writes(await callsDuring(scene, () => project.up()))).to.deep.equal(["PATCH …/deployment-groups/{id} ×1"]);
    await project.succeed("refresh", "--preview-only", "--expect-no-changes");
  });

  it("fails without a write and names every difference", async () => {
    const scene = await existing();
    const { project, wanted, groupId, ringId } = scene;
    const others: Wanted = {
      ...wanted,
      groupName: "Owners",
      policies: [],
      ringName: "Ring 1",
      versionConfigs: [{ targetEnvironment: "macos", version: "3.0" }],
      policyIds: ["policy-c"],
    };
    await write(scene, others);
    const calls = await callsDuring(scene, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview", "--continue-on-error");
      expect(output).to.include(`Could not import the user group (${groupId}): it differs from the program.`);
      expect(output).to.include('name: "Admins" at Cloudflare, "Owners" in the program');
      expect(output).to.match(/policies: \[\{.*\}\] at Cloudflare, \[\] in the program/);
      expect(output).to.include(`Could not import the deployment group (${ringId}): it differs from the program.`);
      expect(output).to.include('name: "Ring 0" at Cloudflare, "Ring 1" in the program');
      expect(output).to.match(/versionConfigs: \[.*"1\.0".*\] at Cloudflare, \[.*"3\.0".*\] in the program/);
      expect(output).to.match(/policyIds: \[.*"policy-a".*\] at Cloudflare, \["policy-c"\] in the program/);
      expect(output).to.include("What to do: write the program as the object is");
    });
    expect(writes(calls)).to.deep.equal([]);
    expect(await project.resources()).to.deep.equal([]);

    await write(scene, { ...wanted, members: [{ id: members.ben }] });
    const membersCalls = await callsDuring(scene, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview");
      expect(output).to.include(`Could not import the members of the user group (${groupId})`);
      expect(output).to.match(
        new RegExp(`members: \\[.*${members.zoe}.*\\] at Cloudflare, \\[.*${members.ben}.*\\] in`),
      );
    });
    expect(writes(membersCalls)).to.deep.equal([]);

    await write(scene, wanted);
    expect(writes(await callsDuring(scene, () => project.up()))).to.deep.equal([]);
  });

  it("fails for an unknown id and stores nothing", async () => {
    const scene = await existing();
    const { project, wanted } = scene;
    const noGroup = "0".repeat(32);
    const noRing = "00000000-0000-4000-8000-000000000000";
    await write(scene, { ...wanted, import: { group: noGroup, people: noGroup, ring: noRing } });
    const calls = await callsDuring(scene, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview", "--continue-on-error");
      expect(output).to.include(`Could not import the user group (${noGroup}): GET`).and.to.include("404 Not Found");
      expect(output).to.include(`Could not import the deployment group (${noRing}): GET`);
    });
    expect(writes(calls)).to.deep.equal([]);
    expect(await project.resources()).to.deep.equal([]);

    await write(scene, { ...wanted, import: { ...wanted.import, people: noGroup } });
    const output = await project.fail("up", "--yes", "--skip-preview");
    expect(output).to.include(`Could not import the members of the user group (${noGroup})`);
  });

  it("fails for members with the id of another group", async () => {
    const scene = await existing();
    const { project, account, wanted, groupId } = scene;
    const twin = account.addUserGroup({ name: "Twin", members: [members.zoe, members.adam] });
    await write(scene, { ...wanted, import: { ...wanted.import, people: twin.id } });
    const calls = await callsDuring(scene, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview");
      expect(output).to.include(`userGroupId: "${twin.id}" at Cloudflare, "${groupId}" in the program`);
    });
    expect(writes(calls)).to.deep.equal([]);
  });

  it("rejects an empty id at preview", async () => {
    const scene = await existing();
    const { project, wanted } = scene;
    await write(scene, { ...wanted, import: { group: "" } });
    expect(await project.fail("preview")).to.include("must be the id of an existing object");
  });
});
