import { expect } from "chai";
import {
  cleanUp,
  createTestStack,
  members,
  permissionGroups,
  recordRequests,
  resourceGroups,
  type TestStack,
} from "./account";
import { expectStateToAgree } from "./stateAgreement";
import { type ThreeResources, threeResources } from "./threeResources";

interface Desired extends ThreeResources {
  /** The ids that the `import` options name. */
  import: { group?: string; people?: string; ring?: string };
}

function write({ project }: TestStack, { import: { group, people, ring }, ...values }: Desired): Promise<void> {
  const importing = (id?: string) => (id === undefined ? {} : { import: id });
  const options = { group: importing(group), people: importing(people), ring: importing(ring) };
  return project.write(threeResources, { ...values, options });
}

/** Creates an account with one group of each kind. The returned program differs from it only in the order of sets. */
async function setUpExisting(): Promise<TestStack & { desired: Desired; groupId: string; ringId: string }> {
  const testStack = await createTestStack();
  const permissions = [{ id: permissionGroups.dnsWrite }, { id: permissionGroups.zoneRead }];
  const resources = [{ id: resourceGroups.account }, { id: resourceGroups.zone }];
  const group = testStack.account.addUserGroup({
    name: "Admins",
    policies: [{ access: "allow", permission_groups: permissions, resource_groups: resources }],
    members: [members.zoe, members.adam],
  });
  const ring = testStack.account.addDeploymentGroup({
    name: "Ring 0",
    version_config: [
      { target_environment: "windows", version: "2026.6.234.0" },
      { target_environment: null, version: "1.0" },
    ],
    policy_ids: ["policy-a", "policy-b"],
  });
  const desired: Desired = {
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
  return { ...testStack, desired, groupId: group.id, ringId: ring.id };
}

const filterWrites = (calls: string[]) => calls.filter((call) => !call.startsWith("GET "));

describe("The import option", () => {
  afterEach(cleanUp);

  it("imports matching objects with one read each and no write", async () => {
    const testStack = await setUpExisting();
    const { project, desired, groupId, ringId } = testStack;
    await write(testStack, desired);
    expect(await recordRequests(testStack, () => project.preview())).to.deep.equal([]);
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      "GET …/user_groups/{id} ×1",
      "GET …/user_groups/{id}/members ×1",
      "GET …/deployment-groups/{id} ×1",
    ]);
    expect((await project.resources()).map(({ id }) => id)).to.have.members([groupId, groupId, ringId]);
  });

  it("shows no difference after the import, with and without the option", async () => {
    const testStack = await setUpExisting();
    const { project, account, desired } = testStack;
    await write(testStack, desired);
    await project.up();
    const calls = await recordRequests(testStack, async () => {
      await project.up("--refresh", "--expect-no-changes");
      await write(testStack, { ...desired, import: {} });
      await project.up("--refresh", "--expect-no-changes");
    });
    expect(filterWrites(calls)).to.deep.equal([]);
    await project.destroy();
    expect([account.userGroups(), account.deploymentGroups()]).to.deep.equal([[], []]);
  });

  it("can be removed in the update that changes the object", async () => {
    const testStack = await setUpExisting();
    const { project, desired } = testStack;
    await write(testStack, desired);
    await project.up();
    await write(testStack, { ...desired, ringName: "Ring 1", import: {} });
    expect(filterWrites(await recordRequests(testStack, () => project.up()))).to.deep.equal([
      "PATCH …/deployment-groups/{id} ×1",
    ]);
    await expectStateToAgree(testStack);
  });

  it("fails without a write and names every difference", async () => {
    const testStack = await setUpExisting();
    const { project, desired, groupId, ringId } = testStack;
    const others: Desired = {
      ...desired,
      groupName: "Owners",
      policies: [],
      ringName: "Ring 1",
      versionConfigs: [{ targetEnvironment: "macos", version: "3.0" }],
      policyIds: ["policy-c"],
    };
    await write(testStack, others);
    const calls = await recordRequests(testStack, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview", "--continue-on-error");
      expect(output).to.include(`Could not import the user group (${groupId}): it differs from the program.`);
      expect(output).to.include('name: "Admins" at Cloudflare, "Owners" in the program');
      expect(output).to.match(/policies: only at Cloudflare: \{.*\}$/m);
      expect(output).to.include(`Could not import the deployment group (${ringId}): it differs from the program.`);
      expect(output).to.include('name: "Ring 0" at Cloudflare, "Ring 1" in the program');
      expect(output).to.match(/versionConfigs: only at Cloudflare: .*"1\.0".*; only in the program: .*"3\.0"/);
      expect(output).to.match(/policyIds: only at Cloudflare: .*"policy-a".*; only in the program: "policy-c"/);
      expect(output).to.include("What to do: make the program match the object");
    });
    expect(filterWrites(calls)).to.deep.equal([]);
    expect(await project.resources()).to.deep.equal([]);

    await write(testStack, { ...desired, members: [{ id: members.ben }] });
    const membersCalls = await recordRequests(testStack, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview");
      expect(output).to.include(`Could not import the members of the user group (${groupId})`);
      expect(output).to.match(
        new RegExp(`members: only at Cloudflare: .*${members.zoe}.*; only in the program: .*${members.ben}`),
      );
    });
    expect(filterWrites(membersCalls)).to.deep.equal([]);
  });

  it("fails for an unknown id and stores nothing", async () => {
    const testStack = await setUpExisting();
    const { project, desired } = testStack;
    const noGroup = "0".repeat(32);
    const noRing = "00000000-0000-4000-8000-000000000000";
    await write(testStack, { ...desired, import: { group: noGroup, people: noGroup, ring: noRing } });
    const calls = await recordRequests(testStack, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview", "--continue-on-error");
      expect(output).to.include(`Could not import the user group (${noGroup}): GET`).and.to.include("404 Not Found");
      expect(output).to.include(`Could not import the deployment group (${noRing}): GET`);
    });
    expect(filterWrites(calls)).to.deep.equal([]);
    expect(await project.resources()).to.deep.equal([]);

    await write(testStack, { ...desired, import: { ...desired.import, people: noGroup } });
    const output = await project.fail("up", "--yes", "--skip-preview");
    expect(output).to.include(`Could not import the members of the user group (${noGroup})`);
  });

  it("fails for members with the id of another group", async () => {
    const testStack = await setUpExisting();
    const { project, account, desired, groupId } = testStack;
    const twin = account.addUserGroup({ name: "Twin", members: [members.zoe, members.adam] });
    await write(testStack, { ...desired, import: { ...desired.import, people: twin.id } });
    const calls = await recordRequests(testStack, async () => {
      const output = await project.fail("up", "--yes", "--skip-preview");
      expect(output).to.include(`userGroupId: "${twin.id}" at Cloudflare, "${groupId}" in the program`);
    });
    expect(filterWrites(calls)).to.deep.equal([]);
  });

  it("rejects an empty id at preview", async () => {
    const testStack = await setUpExisting();
    const { project, desired } = testStack;
    await write(testStack, { ...desired, import: { group: "" } });
    expect(await project.fail("preview")).to.include("must be the id of an existing object");
  });
});
