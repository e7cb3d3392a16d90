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
import type { Program } from "./pulumiProject";
import { ids, type ThreeResources, threeResources } from "./threeResources";

interface Desired extends Pick<ThreeResources, "groupName" | "ringName" | "policyIds" | "options"> {
  access: "allow" | "deny";
  members: string[];
  versions: { [targetEnvironment: string]: string };
}

const desired: Desired = {
  access: "allow",
  members: [members.zoe, members.adam],
  versions: { windows: "2026.6.234.0", macos: "2026.6.100.0" },
  policyIds: ["policy-a"],
};

function write({ project }: TestStack, { access, members, versions, ...others }: Desired): Promise<void> {
  const [permissions, resources] = [ids(permissionGroups.dnsRead), ids(resourceGroups.account)];
  return project.write(threeResources, {
    ...others,
    policies: [{ access, permissionGroups: permissions, resourceGroups: resources }],
    members: ids(...members),
    versionConfigs: Object.entries(versions).map(([targetEnvironment, version]) => ({ targetEnvironment, version })),
  });
}

async function deploy(values: Desired): Promise<TestStack> {
  const testStack = await createTestStack();
  await write(testStack, values);
  await testStack.project.up();
  return testStack;
}

/** Returns the content of the account without the ids that a replacement changes. */
function readAccount({ account }: TestStack) {
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
  afterEach(cleanUp);

  it("ignore only the paths in ignoreChanges", async () => {
    const options = {
      group: { ignoreChanges: ["policies[0].access"] },
      people: { ignoreChanges: ["members"] },
      ring: { ignoreChanges: ["versionConfigs[*].version"] },
    };
    const testStack = await deploy({ ...desired, options });
    const { project, account, simulator } = testStack;

    const changed: Desired = {
      ...desired,
      access: "deny",
      members: [members.maria],
      versions: { windows: "2026.7.1.0", macos: "2026.7.1.0" },
      options,
    };
    await write(testStack, { ...changed, groupName: "Administrators", policyIds: ["policy-b"] });
    await recordRequests(testStack, () => project.up());
    expect(simulator.journal.requests.map(({ body }) => body)).to.have.deep.members([
      { name: "Administrators" },
      { policy_ids: ["policy-b"] },
    ]);

    const [group] = account.userGroups();
    account.setGroupMembers(group?.id ?? "", [members.ben]);
    await project.refresh();
    expect(
      await recordRequests(testStack, () => project.up("--expect-no-changes")),
      "drift is left alone too",
    ).to.deep.equal([]);
  });

  it("replace only for a change of the paths in replaceOnChanges", async () => {
    const options = {
      group: { replaceOnChanges: ["policies[0].access"] },
      people: { replaceOnChanges: ["members"] },
      ring: { replaceOnChanges: ["versionConfigs"] },
    };
    const testStack = await deploy({ ...desired, options });
    const { project } = testStack;
    const before = await project.outputs();

    // A new order is no change of a list either.
    const reversed = Object.fromEntries(Object.entries(desired.versions).toReversed());
    const renamed = { ...desired, groupName: "Administrators", ringName: "Ring 1" };
    await write(testStack, { ...renamed, versions: reversed, options });
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      "PUT …/user_groups/{id} ×1",
      "PATCH …/deployment-groups/{id} ×1",
    ]);

    const versions = { windows: "2026.7.1.0" };
    const people = [members.adam, members.maria];
    await write(testStack, { ...desired, members: people, versions, options });
    expect(await recordRequests(testStack, () => project.up())).to.include.members([
      "PUT …/user_groups/{id}/members ×1",
      "DELETE …/deployment-groups/{id} ×1",
      "POST …/deployment-groups ×1",
    ]);
    expect((await project.outputs()).groupId, "not replaced yet").to.equal(before.groupId);

    await write(testStack, { ...desired, access: "deny", members: people, versions, options });
    await project.up();
    expect((await project.outputs()).groupId).to.not.equal(before.groupId);
    expect(readAccount(testStack)).to.deep.equal({
      groups: [{ name: "Admins", access: ["deny"], members: people }],
      rings: [{ name: "Ring 0", versions, policyIds: ["policy-a"] }],
    });
  });

  it("prevent the deletion and replacement of a protected resource", async () => {
    const protect = { protect: true };
    const testStack = await deploy({ ...desired, options: { group: protect, people: protect, ring: protect } });
    const { project } = testStack;
    const before = readAccount(testStack);
    const attempts = async () => {
      const replace = await project.fail("up", "--yes", "--skip-preview", "--replace", "**");
      expect(replace).to.include("protect");
      await project.writeSource("");
      expect(await project.fail("up", "--yes", "--skip-preview")).to.include("protect");
    };
    expect(await recordRequests(testStack, attempts)).to.deep.equal([]);
    expect(readAccount(testStack)).to.deep.equal(before);
    expect(await project.resources()).to.have.length(3);
  });

  it("keep groups and members when retainOnDelete is set", async () => {
    const retain = { retainOnDelete: true };
    const testStack = await deploy({ ...desired, options: { group: retain, people: retain, ring: retain } });
    await testStack.project.writeSource("");
    expect(await recordRequests(testStack, () => testStack.project.up())).to.deep.equal([]);
    expect(await testStack.project.resources()).to.deep.equal([]);
    expect(readAccount(testStack).groups[0]?.members).to.have.length(2);
    expect(readAccount(testStack).rings).to.have.length(1);
  });

  it("skip the request for members when deletedWith names their group", async () => {
    const testStack = await createTestStack();
    const deletedWith: Program<{ adam: string }> = ({ UserGroup, UserGroupMembers }, { adam }) => {
      const group = new UserGroup("group", { name: "Admins" });
      const people = { userGroupId: group.id, members: [{ id: adam }] };
      new UserGroupMembers("people", people, { deletedWith: group });
    };
    await testStack.project.write(deletedWith, members);
    await testStack.project.up();
    expect(await recordRequests(testStack, () => testStack.project.destroy())).to.deep.equal([
      "DELETE …/user_groups/{id} ×1",
    ]);
    expect(testStack.account.userGroups()).to.deep.equal([]);
  });
});
