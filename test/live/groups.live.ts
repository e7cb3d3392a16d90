import { expect } from "chai";
import { type Program, PulumiProject } from "../e2e/pulumiProject";
import { LiveAccount } from "./account";
import { liveSettings } from "./settings";

interface Wanted {
  name: string;
  permissionGroups: string[];
  resourceGroup: string;
  members: string[];
  targetEnvironments: string[];
  version: string;
}

const program: Program<Wanted> = ({ UserGroup, UserGroupMembers, DeploymentGroup }, wanted) => {
  const ids = (all: string[]) => all.map((id) => ({ id }));
  const group = new UserGroup("group", {
    name: `${wanted.name} group`,
    policies: [
      {
        access: "allow",
        permissionGroups: ids(wanted.permissionGroups),
        resourceGroups: ids([wanted.resourceGroup]),
      },
    ],
  });
  // The test's member joins a group without policies, so it gains no permission.
  const empty = new UserGroup("empty", { name: `${wanted.name} empty` });
  const people = new UserGroupMembers("people", { userGroupId: empty.id, members: ids(wanted.members) });
  const ring = new DeploymentGroup("ring", {
    name: `${wanted.name} ring`,
    versionConfigs: wanted.targetEnvironments.map((targetEnvironment) => ({
      targetEnvironment,
      version: wanted.version,
    })),
  });
  return { group: group.id, empty: empty.id, people: people.id, ring: ring.id };
};

const settings = liveSettings();
const account = new LiveAccount(settings);

describe(`The three resources on the account ${settings.accountId}`, function () {
  // A timeout would not stop the Pulumi commands of a step, and nothing would remove what they create.
  this.timeout(0);
  this.bail(true);

  let project: PulumiProject;
  let wanted: Wanted;
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
    wanted = {
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

  it("creates the resources as the program declares them", async () => {
    await project.write(program, wanted);
    await project.up();
    await isAsWanted();
  });

  it("shows no difference afterwards, in any order of a set", async () => {
    await project.up("--expect-no-changes");
    const { permissionGroups, targetEnvironments } = wanted;
    await project.write(program, {
      ...wanted,
      permissionGroups: permissionGroups.toReversed(),
      targetEnvironments: targetEnvironments.toReversed(),
    });
    await project.up("--expect-no-changes");
    await project.refresh("--expect-no-changes");
  });

  it("changes the resources in place", async () => {
    const before = await project.outputs();
    wanted = {
      ...wanted,
      name: `${account.prefix} renamed`,
      permissionGroups: wanted.permissionGroups.slice(1),
      members: [],
      targetEnvironments: ["windows"],
    };
    await project.write(program, wanted);
    await project.up();
    await isAsWanted();
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
    await isAsWanted();
  });

  it("recreates deleted resources", async () => {
    await account.removeEverything();
    await project.up("--refresh");
    await isAsWanted();
  });

  it("deletes the resources with destroy", async () => {
    await project.destroy();
    expect(await account.userGroups()).to.deep.equal([]);
    expect(await account.deploymentGroups()).to.deep.equal([]);
  });

  async function isAsWanted() {
    const { group, empty, ring } = await project.outputs();
    const idsOf = (all: { id?: string }[] | undefined) => (all ?? []).map(({ id }) => id);

    const userGroups = await account.userGroups();
    expect(idsOf(userGroups)).to.have.members([group, empty]);
    const withPolicy = userGroups.find(({ id }) => id === group);
    expect(withPolicy?.name).to.equal(`${wanted.name} group`);
    expect(withPolicy?.policies).to.have.length(1);
    expect(idsOf(withPolicy?.policies?.[0]?.permission_groups)).to.have.members(wanted.permissionGroups);
    expect(idsOf(withPolicy?.policies?.[0]?.resource_groups)).to.deep.equal([wanted.resourceGroup]);
    expect(await account.memberIds(String(empty))).to.deep.equal(wanted.members);

    const rings = await account.deploymentGroups();
    expect(rings.map(({ id, name }) => ({ id, name }))).to.deep.equal([{ id: ring, name: `${wanted.name} ring` }]);
    const { targetEnvironments, version } = wanted;
    const versions = targetEnvironments.map((target_environment) => ({ target_environment, version }));
    expect(rings[0]?.version_config).to.have.deep.members(versions);
  }
});
