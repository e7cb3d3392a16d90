import { expect } from "chai";
import type { Fault } from "../../../simulator/src/faults";
import { recordWaits } from "../cloudflare/fakeClock";
import {
  accountId,
  catchError,
  closeAccounts,
  members,
  permissionGroups,
  resourceGroups,
  simulateAccount,
} from "./online";

const group = {
  accountId,
  name: "Admins",
  policies: [
    {
      access: "allow" as const,
      permissionGroups: [{ id: permissionGroups.dnsRead }, { id: permissionGroups.zoneRead }],
      resourceGroups: [{ id: resourceGroups.account }],
    },
  ],
};

const ring = {
  accountId,
  name: "Ring 0",
  versionConfigs: [{ targetEnvironment: "windows", version: "2026.6.234.0" }],
  policyIds: [],
};

// Every way to lose the response to a POST, after the create and instead of it.
const losses: [string, Fault][] = [
  ...[500, 502, 503, 504, 520, 524].flatMap((status): [string, Fault][] => [
    [`a ${status} that follows the create`, { status, after: true }],
    [`a ${status} instead of the create`, { status }],
  ]),
  ["a gateway's HTML page", { html: 502 }],
  ["a login page", { html: 200 }],
  ["truncated JSON", { truncate: "json" }],
  ["a truncated connection", { truncate: "connection" }],
  ["a connection reset that follows the create", { reset: "after" }],
  ["a connection reset instead of the create", { reset: "before" }],
];

describe("Creates with a lost response", () => {
  afterEach(closeAccounts);

  for (const [loss, fault] of losses)
    it(`creates exactly one group after ${loss}`, async () => {
      const { simulator, account, userGroup, deploymentGroup } = await simulateAccount();
      simulator.faults.add({ method: "POST", path: "/user_groups", fault });
      simulator.faults.add({ method: "POST", path: "/deployment-groups", fault });
      await recordWaits(async () => {
        const created = await userGroup.create(group);
        expect(account.userGroups().map(({ id }) => id)).to.deep.equal([created.id]);
        expect(created.outs).to.deep.include(group);
        const createdRing = await deploymentGroup.create(ring);
        expect(account.deploymentGroups().map(({ id }) => id)).to.deep.equal([createdRing.id]);
      });
    });

  it("creates a group although an older one has its name and content", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    const older = account.addDeploymentGroup({
      name: "Ring 0",
      version_config: [{ target_environment: "windows", version: "2026.6.234.0" }],
    });
    simulator.clock.advance(2 * 60 * 60 * 1000);
    simulator.faults.add({ method: "POST", fault: { reset: "after" } });
    await recordWaits(async () => {
      const { id } = await deploymentGroup.create(ring);
      expect(id).to.not.equal(older.id);
    });
    expect(account.deploymentGroups()).to.have.length(2);
  });

  it("fails when the outcome is unclear or several groups match", async () => {
    const { simulator, account, userGroup, deploymentGroup } = await simulateAccount();
    simulator.faults.add({ method: "POST", path: "/user_groups", fault: { reset: "after" } });
    simulator.faults.add({ method: "GET", path: "/user_groups", fault: { status: 403 } });
    await recordWaits(async () => {
      const { message } = await catchError(userGroup.create(group));
      expect(message).to.contain('it is unknown whether the user group "Admins" exists now').and.to.contain("403");
    });
    await deploymentGroup.create({ ...ring, name: "Another" });
    simulator.faults.add({ method: "POST", path: "/deployment-groups", fault: { reset: "after" } });
    const before = account.deploymentGroups().length;
    await recordWaits(async () => {
      const creating = catchError(deploymentGroup.create(ring));
      const twin = account.addDeploymentGroup({
        name: "Ring 0",
        version_config: [{ target_environment: "windows", version: "2026.6.234.0" }],
      });
      const { message } = await creating;
      expect(message).to.contain("several groups of this name").and.to.contain(twin.id);
    });
    expect(account.deploymentGroups()).to.have.length(before + 2);
  });
});

describe("Groups left by a killed run", () => {
  afterEach(closeAccounts);

  it("adopts an identical new group", async () => {
    const { account, userGroup, deploymentGroup } = await simulateAccount();
    const orphan = account.addUserGroup({
      name: "Admins",
      policies: [
        {
          access: "allow",
          permission_groups: [{ id: permissionGroups.zoneRead }, { id: permissionGroups.dnsRead }],
          resource_groups: [{ id: resourceGroups.account }],
        },
      ],
    });
    expect((await userGroup.create(group)).id).to.equal(orphan.id);
    const orphanRing = account.addDeploymentGroup({
      name: "Ring 0",
      version_config: [{ target_environment: "windows", version: "2026.6.234.0" }],
    });
    expect((await deploymentGroup.create(ring)).id).to.equal(orphanRing.id);
    expect(account.deploymentGroups()).to.have.length(1);
  });

  it("does not adopt a group that differs, is old or belongs to another resource", async () => {
    const desiredPolicies = [
      {
        access: "allow" as const,
        permission_groups: [{ id: permissionGroups.zoneRead }, { id: permissionGroups.dnsRead }],
        resource_groups: [{ id: resourceGroups.account }],
      },
    ];
    const cases: Record<string, (simulated: Awaited<ReturnType<typeof simulateAccount>>) => Promise<string> | string> =
      {
        "it differs": ({ account }) => account.addUserGroup({ name: "Admins" }).id,
        "it has members": ({ account }) =>
          account.addUserGroup({ name: "Admins", policies: desiredPolicies, members: [members.adam] }).id,
        "it is old": ({ account, simulator }) => {
          const { id } = account.addUserGroup({ name: "Admins", policies: desiredPolicies });
          simulator.clock.advance(61 * 60 * 1000);
          return id;
        },
        "it was changed": ({ account, simulator }) => {
          const { id } = account.addUserGroup({ name: "Admins" });
          simulator.clock.advance(10_000);
          account.editUserGroup(id, { policies: desiredPolicies });
          return id;
        },
        "another resource has it": async ({ userGroup }) => (await userGroup.create(group)).id,
      };
    for (const [why, prepare] of Object.entries(cases)) {
      const simulated = await simulateAccount();
      const id = await prepare(simulated);
      const before = simulated.account.userGroups();
      const { message } = await catchError(simulated.userGroup.create(group));
      expect(message, why).to.contain(id).and.to.contain(`{ import: "${id}" }`);
      expect(simulated.account.userGroups(), why).to.deep.equal(before);
    }
  });

  it("does not adopt a group that this run just deleted", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const { id, created_at, updated_at } = account.addDeploymentGroup({
      name: ring.name,
      version_config: [{ target_environment: "windows", version: "2026.6.234.0" }],
    });
    await deploymentGroup.create({ ...ring, name: "Another, for which all groups are listed" });
    await deploymentGroup.delete(id, { ...ring, createdAt: created_at, updatedAt: updated_at });
    const created = await deploymentGroup.create(ring);
    expect(created.id).to.not.equal(id);
    expect(account.deploymentGroup(created.id).name).to.equal(ring.name);
  });

  it("reads one list for all creates of a run", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    await Promise.all(["a", "b", "c", "d"].map((name) => deploymentGroup.create({ ...ring, name })));
    expect(account.deploymentGroups()).to.have.length(4);
    expect(simulator.journal.count({ method: "GET" })).to.equal(1);
  });
});
