import { expect } from "chai";
import type { AccountView } from "../../../simulator/src";
import {
  accountId,
  adopting,
  catchError,
  closeAccounts,
  declare,
  logDuring,
  members,
  permissionGroups,
  resourceGroups,
  simulateAccount,
} from "./online";
import { group, ring, version_config } from "./sampleGroups";

const policiesOf = (...ids: string[]) => [
  {
    access: "allow" as const,
    permission_groups: ids.map((id) => ({ id })),
    resource_groups: [{ id: resourceGroups.account }],
  },
];
const policies = policiesOf(permissionGroups.zoneRead, permissionGroups.dnsRead);
const setting = "CLOUDFLARE_ADOPT_INTERRUPTED_CREATES=true";
const minuteMs = 60_000;

type Scene = Awaited<ReturnType<typeof simulateAccount>>;

const writesOf = ({ simulator }: Scene) =>
  simulator.journal.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, status }) => `${method} ${status}`);

describe("A user group that may come from an interrupted create", () => {
  afterEach(closeAccounts);

  it("is not adopted by default, and the error lists its id, age and options", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    const { id } = account.addUserGroup({ name: "Admins", policies });
    simulator.clock.advance(3 * minuteMs);
    const before = account.userGroups();
    const { message } = await catchError(userGroup.create(group));
    expect(message).to.contain(`the user group ${id}, created 3 minutes ago, has this name`);
    expect(message).to.contain("`aliases`").and.to.contain(`{ import: "${id}" }`).and.to.contain(setting);
    expect(account.userGroups()).to.deep.equal(before);
  });

  it("is adopted when the setting is on, and the run logs it", async () => {
    const { simulator, account } = await simulateAccount();
    const { id } = account.addUserGroup({ name: "Admins", policies });
    const before = account.userGroups();
    const lines = await logDuring(async () => {
      const created = await adopting(simulator).userGroup.create(group);
      expect(created.id).to.equal(id);
      expect(created.outs).to.deep.include(group);
    });
    expect(lines).to.deep.equal([`Adopting the user group "Admins" (${id}), because adoptInterruptedCreates is set.`]);
    expect(account.userGroups()).to.deep.equal(before);
  });

  it("is adopted once, and the deletion of a dropped resource keeps it", async () => {
    const { simulator, account } = await simulateAccount();
    const { id, created_on, modified_on } = account.addUserGroup({ name: "Admins", policies });
    const { userGroup } = adopting(simulator);
    await userGroup.create(group);
    expect((await catchError(userGroup.create(group))).message).to.contain(
      "another resource of this program has the name",
    );
    const lines = await logDuring(() =>
      userGroup.delete(id, { ...group, createdOn: created_on, modifiedOn: modified_on }),
    );
    expect(lines).to.deep.equal([
      `Keeping the user group "Admins" (${id}), because another resource of the program manages it.`,
    ]);
    expect(account.userGroup(id).name).to.equal("Admins");
  });

  const others: Record<string, (account: AccountView, clock: { advance(ms: number): unknown }) => string> = {
    "differs from the program": (account) =>
      account.addUserGroup({ name: "Admins", policies: policiesOf(permissionGroups.zoneRead) }).id,
    "has members": (account) => account.addUserGroup({ name: "Admins", policies, members: [members.adam] }).id,
    "is older than an hour": (account, clock) => {
      const { id } = account.addUserGroup({ name: "Admins", policies });
      clock.advance(61 * minuteMs);
      return id;
    },
    "has changed since its creation": (account, clock) => {
      const { id } = account.addUserGroup({ name: "Admins" });
      clock.advance(10_000);
      account.editUserGroup(id, { policies });
      return id;
    },
  };
  for (const [why, add] of Object.entries(others))
    it(`is not adopted even with the setting when it ${why}`, async () => {
      const { simulator, account, userGroup } = await simulateAccount();
      const id = add(account, simulator.clock);
      const before = account.userGroups();
      for (const lifecycle of [userGroup, adopting(simulator).userGroup]) {
        const { message } = await catchError(lifecycle.create(group));
        expect(message).to.contain(`the user group ${id}, created`).and.to.contain("`aliases`");
        expect(message).to.contain(`if nothing else manages it, give the resource the option { import: "${id}" }`);
        expect(message).to.not.contain(setting);
      }
      expect(account.userGroups()).to.deep.equal(before);
    });

  it("is not adopted when another resource of the program manages it", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    const { id, outs } = await userGroup.create(group);
    if (!outs) throw new Error("The create returned no outputs.");
    const other = "another resource of this program has the name";
    expect((await catchError(userGroup.create(group))).message).to.contain(`${other} (${id})`);
    const nextRun = adopting(simulator);
    await declare(nextRun.userGroup, id, outs, { accountId, name: "Renamed", policies: group.policies });
    expect((await catchError(nextRun.userGroup.create(group))).message).to.contain(`${other} (${id})`);
    expect(account.userGroups().map(({ name }) => name)).to.deep.equal(["Admins"]);
  });

  it("is not adopted when a refresh has read it from the state", async () => {
    const { simulator, account } = await simulateAccount();
    const { id, created_on, modified_on } = account.addUserGroup({ name: "Admins", policies });
    const { userGroup } = adopting(simulator);
    await userGroup.diff(id, { ...group, createdOn: created_on, modifiedOn: modified_on }, group);
    expect((await catchError(userGroup.create(group))).message).to.contain(`the user group ${id}`);
    expect(account.userGroups()).to.have.length(1);
  });
});

describe("A deployment group that may come from an interrupted create", () => {
  afterEach(closeAccounts);

  it("stops the create by default, and the error lists its id, age and options", async () => {
    const scene = await simulateAccount();
    const { id } = scene.account.addDeploymentGroup({ name: "Ring 0", version_config });
    scene.simulator.clock.advance(1 * minuteMs);
    const { message } = await catchError(scene.deploymentGroup.create(ring));
    expect(message)
      .to.contain('Could not create the deployment group "Ring 0": ')
      .and.to.contain(`the deployment group ${id}, created 1 minute ago, has the same name and content`)
      .and.to.contain("Nothing was written.")
      .and.to.contain(`{ import: "${id}" }`)
      .and.to.contain(setting);
    expect(writesOf(scene)).to.deep.equal([]);
  });

  it("is adopted only once when the setting is on", async () => {
    const scene = await simulateAccount();
    const { id } = scene.account.addDeploymentGroup({ name: "Ring 0", version_config });
    const { deploymentGroup } = adopting(scene.simulator);
    const lines = await logDuring(async () => {
      const [first, second] = await Promise.all([deploymentGroup.create(ring), deploymentGroup.create(ring)]);
      expect(first.id).to.equal(id);
      expect(first.outs).to.deep.include(ring);
      expect(second.id).to.not.equal(id);
    });
    expect(lines).to.deep.equal([
      `Adopting the deployment group "Ring 0" (${id}), because adoptInterruptedCreates is set.`,
    ]);
    expect(writesOf(scene)).to.deep.equal(["POST 200"]);
    expect(scene.account.deploymentGroups()).to.have.length(2);
  });

  it("stops the create even with the setting when two groups match", async () => {
    const scene = await simulateAccount();
    for (let count = 0; count < 2; count++) scene.account.addDeploymentGroup({ name: "Ring 0", version_config });
    await catchError(adopting(scene.simulator).deploymentGroup.create(ring));
    expect(writesOf(scene)).to.deep.equal([]);
  });

  const others: Record<string, (account: AccountView, clock: { advance(ms: number): unknown }) => unknown> = {
    "has another name": (account) => account.addDeploymentGroup({ name: "Ring 1", version_config }),
    "has other policies": (account) =>
      account.addDeploymentGroup({ name: "Ring 0", version_config, policy_ids: ["policy-x"] }),
    "is older than an hour": (account, clock) => {
      account.addDeploymentGroup({ name: "Ring 0", version_config });
      clock.advance(61 * minuteMs);
    },
    "has changed since its creation": (account, clock) => {
      const { id } = account.addDeploymentGroup({ name: "Ring 1", version_config });
      clock.advance(10_000);
      account.editDeploymentGroup(id, { name: "Ring 0" });
    },
  };
  for (const [why, add] of Object.entries(others))
    it(`is ignored when it ${why}`, async () => {
      const { simulator, account } = await simulateAccount();
      add(account, simulator.clock);
      await adopting(simulator).deploymentGroup.create(ring);
      expect(account.deploymentGroups()).to.have.length(2);
    });

  it("is ignored when another resource of the program manages it", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    const { id, outs } = await deploymentGroup.create(ring);
    if (!outs) throw new Error("The create returned no outputs.");
    const nextRun = adopting(simulator);
    await declare(nextRun.deploymentGroup, id, outs, ring);
    expect((await nextRun.deploymentGroup.create(ring)).id).to.not.equal(id);
    expect(account.deploymentGroups()).to.have.length(2);
  });

  it("is ignored when the same run has just deleted it for a replacement", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const { id, created_at, updated_at } = account.addDeploymentGroup({ name: ring.name, version_config });
    await deploymentGroup.create({ ...ring, name: "Another, for which all groups are listed" });
    await deploymentGroup.delete(id, { ...ring, createdAt: created_at, updatedAt: updated_at });
    const created = await deploymentGroup.create(ring);
    expect(created.id).to.not.equal(id);
    expect(account.deploymentGroup(created.id).name).to.equal(ring.name);
  });

  it("is searched for in one list that all creates of a run share", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    await Promise.all(["a", "b", "c", "d"].map((name) => deploymentGroup.create({ ...ring, name })));
    expect(account.deploymentGroups()).to.have.length(4);
    expect(simulator.journal.count({ method: "GET" })).to.equal(1);
  });
});
