import { expect } from "chai";
import { type Program, PulumiProject } from "../e2e/pulumiProject";
import { LiveAccount } from "./account";
import { readLiveSettings } from "./settings";

interface Desired {
  name: string;
  permissionGroups: string[];
  resourceGroup: string;
  members: string[];
  targetEnvironments: string[];
  version: string;
}

const program: Program<Desired> = ({ UserGroup, UserGroupMembers, DeploymentGroup }, desired) => {
  const ids = (all: string[]) => all.map((id) => ({ id }));
  const group = new UserGroup("group", {
    name: `${desired.name} group`,
    policies: [
      {
        access: "allow",
        permissionGroups: ids(desired.permissionGroups),
        resourceGroups: ids([desired.resourceGroup]),
      },
    ],
  });
  // The test's member joins a group without policies, so it gains no permission.
  const empty = new UserGroup("empty", { name: `${desired.name} empty` });
  const people = new UserGroupMembers("people", { userGroupId: empty.id, members: ids(desired.members) });
  const ring = new DeploymentGroup("ring", {
    name: `${desired.name} ring`,
    versionConfigs: desired.targetEnvironments.map((targetEnvironment) => ({
      targetEnvironment,
      version: desired.version,
    })),
  });
  return { group: group.id, empty: empty.id, people: people.id, ring: ring.id };
};

const settings = readLiveSettings();
const account = new LiveAccount(settings);

describe(`The package on the account ${settings.accountId}`, function () {
  // A timeout would not stop the Pulumi commands of a step, and nothing would remove what they create.
  this.timeout(0);
  this.bail(true);

  let project: PulumiProject;
  let desired: Desired;
  let stoppedBy: string | undefined;

  const stop = (signal: string) => {
    if (!stoppedBy) console.log("    Stopping: the current step ends, then all created objects are removed …");
    stoppedBy = signal;
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

  before(async () => {
    for (const signal of signals) process.on(signal, stop);
    console.log(`    The names of all created objects begin with ${account.prefix}.`);
    if (!settings.memberId) console.log("    Without CLOUDFLARE_LIVE_MEMBER_ID nobody is put into a group.");
    project = await PulumiProject.create({
      CLOUDFLARE_API_TOKEN: settings.apiToken,
      CLOUDFLARE_ACCOUNT_ID: settings.accountId,
      CLOUDFLARE_BASE_URL: settings.baseUrl,
    });
    desired = {
      name: account.prefix,
      permissionGroups: await account.permissionGroups(),
      resourceGroup: await account.resourceGroup(),
      members: settings.memberId ? [settings.memberId] : [],
      targetEnvironments: ["windows", "macos"],
      version: settings.clientVersion,
    };
  });

  beforeEach(() => {
    if (stoppedBy) throw new Error(`Stopped by ${stoppedBy}.`);
  });

  after(async () => {
    try {
      await account.removeEverything();
    } finally {
      await project?.remove();
      for (const signal of signals) process.off(signal, stop);
    }
  });

  it("creates the declared resources", async () => {
    await project.write(program, desired);
    await project.up();
    await expectDesired();
  });

  it("shows no difference after a create or in another order of a set", async () => {
    await project.up("--expect-no-changes");
    const { permissionGroups, targetEnvironments } = desired;
    await project.write(program, {
      ...desired,
      permissionGroups: permissionGroups.toReversed(),
      targetEnvironments: targetEnvironments.toReversed(),
    });
    await project.up("--expect-no-changes");
    await project.refresh("--expect-no-changes");
  });

  it("changes the resources in place", async () => {
    const before = await project.outputs();
    desired = {
      ...desired,
      name: `${account.prefix} renamed`,
      permissionGroups: desired.permissionGroups.slice(1),
      members: [],
      targetEnvironments: ["windows"],
    };
    await project.write(program, desired);
    await project.up();
    await expectDesired();
    expect(await project.outputs()).to.deep.equal(before);
  });

  it("repairs changes by hand", async () => {
    const { group, empty, ring } = await project.outputs();
    await account.renameUserGroup(String(group), `${account.prefix} by hand`);
    if (settings.memberId) await account.setMembers(String(empty), [settings.memberId]);
    await account.renameDeploymentGroup(String(ring), `${account.prefix} by hand`);
    const drift = await project.fail("refresh", "--preview-only", "--expect-no-changes", "--diff");
    expect(drift).to.include("by hand");
    await project.up("--refresh");
    await expectDesired();
  });

  it("recreates deleted resources", async () => {
    await account.removeEverything();
    await project.up("--refresh");
    await expectDesired();
  });

  it("deletes the resources with destroy", async () => {
    await project.destroy();
    expect(await account.userGroups()).to.deep.equal([]);
    expect(await account.deploymentGroups()).to.deep.equal([]);
  });

  async function expectDesired() {
    const { group, empty, ring } = await project.outputs();
    const idsOf = (all: { id?: string }[] | undefined) => (all ?? []).map(({ id }) => id);

    const userGroups = await account.userGroups();
    expect(idsOf(userGroups)).to.have.members([group, empty]);
    const withPolicy = userGroups.find(({ id }) => id === group);
    expect(withPolicy?.name).to.equal(`${desired.name} group`);
    expect(withPolicy?.policies).to.have.length(1);
    expect(idsOf(withPolicy?.policies?.[0]?.permission_groups)).to.have.members(desired.permissionGroups);
    expect(idsOf(withPolicy?.policies?.[0]?.resource_groups)).to.deep.equal([desired.resourceGroup]);
    expect(await account.memberIds(String(empty))).to.deep.equal(desired.members);

    const rings = await account.deploymentGroups();
    expect(rings.map(({ id, name }) => ({ id, name }))).to.deep.equal([{ id: ring, name: `${desired.name} ring` }]);
    const { targetEnvironments, version } = desired;
    const versions = targetEnvironments.map((target_environment) => ({ target_environment, version }));
    expect(rings[0]?.version_config).to.have.deep.members(versions);
  }
});
