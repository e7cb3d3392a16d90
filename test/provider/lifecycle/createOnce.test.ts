import { expect } from "chai";
import type { Fault } from "../../../simulator/src/faults";
import { recordWaits } from "../cloudflare/fakeClock";
import { html, json, success } from "../cloudflare/scriptedServer";
import { catchError, closeAccounts, scriptResponses, simulateAccount } from "./online";
import { group, ring, ringAtCloudflare } from "./sampleGroups";

// Cloudflare creates the group and the response is lost, or Cloudflare itself reports a failure.
const recoverable: [string, Fault][] = [
  ...[500, 502, 503, 504, 520, 524].flatMap((status): [string, Fault][] => [
    [`Cloudflare creates it but returns ${status}`, { status, after: true }],
    [`Cloudflare returns ${status} and creates nothing`, { status }],
  ]),
  ["the JSON of the response is truncated", { truncate: "json" }],
  ["the connection closes in the middle of the response", { truncate: "connection" }],
  ["the connection is reset after the create", { reset: "after" }],
];

// Nothing was created, but nothing proves that. Cloudflare may still be processing the request.
const undecidable: [string, Fault][] = [
  ["a gateway returns its error page", { html: 502 }],
  ["a proxy returns its login page", { html: 200 }],
  ["the connection is reset before the create", { reset: "before" }],
];

const postsOf = (simulator: { journal: { count(filter: object): number } }, path: string) =>
  simulator.journal.count({ method: "POST", path });

describe("A create with a lost response", () => {
  afterEach(closeAccounts);

  for (const [loss, fault] of [...recoverable, ...undecidable])
    it(`creates exactly one user group when ${loss}`, async () => {
      const { simulator, account, userGroup } = await simulateAccount();
      simulator.faults.add({ method: "POST", path: "/user_groups", fault });
      await recordWaits(async () => {
        const created = await userGroup.create(group);
        expect(account.userGroups().map(({ id }) => id)).to.deep.equal([created.id]);
        expect(created.outs).to.deep.include(group);
      });
    });

  for (const [loss, fault] of recoverable)
    it(`creates exactly one deployment group when ${loss}`, async () => {
      const { simulator, account, deploymentGroup } = await simulateAccount();
      simulator.faults.add({ method: "POST", path: "/deployment-groups", fault });
      await recordWaits(async () => {
        const created = await deploymentGroup.create(ring);
        expect(account.deploymentGroups().map(({ id }) => id)).to.deep.equal([created.id]);
        expect(created.outs).to.deep.include(ring);
      });
    });

  for (const [loss, fault] of undecidable)
    it(`sends only one request for a deployment group when ${loss}`, async () => {
      const { simulator, account, deploymentGroup } = await simulateAccount();
      simulator.faults.add({ method: "POST", path: "/deployment-groups", fault });
      const waits = await recordWaits(async () => {
        const { message } = await catchError(deploymentGroup.create(ring));
        expect(message).to.contain('What to do: the deployment group "Ring 0" may exist now. Run `pulumi up` again');
      });
      expect(waits.reduce((sum, ms) => sum + ms)).to.equal(30_000);
      expect(postsOf(simulator, "/deployment-groups")).to.equal(1);
      expect(account.deploymentGroups()).to.deep.equal([]);
    });

  it("returns the deployment group that appears in the list seconds after a 504", async () => {
    const late = { id: "550e8400-e29b-41d4-a716-446655440000", ...ringAtCloudflare, policy_ids: [] };
    const now = new Date().toISOString();
    const { deploymentGroup, server } = await scriptResponses(
      success([]),
      html(504),
      success([]),
      success([]),
      success([{ ...late, created_at: now, updated_at: now }]),
    );
    const waits = await recordWaits(async () => {
      expect((await deploymentGroup.create(ring)).id).to.equal(late.id);
    });
    expect(waits.filter((ms) => ms > 0)).to.deep.equal([1_000, 2_000, 4_000]);
    expect(server.requests.map(({ method }) => method)).to.deep.equal(["GET", "POST", "GET", "GET", "GET"]);
  });

  it("sends the request for a user group at most three times", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    simulator.faults.add({ method: "POST", path: "/user_groups", times: 9, fault: { reset: "before" } });
    await recordWaits(async () => {
      const { message } = await catchError(userGroup.create(group));
      expect(message).to.contain('the user group "Admins" may exist now');
    });
    expect(postsOf(simulator, "/user_groups")).to.equal(3);
    expect(account.userGroups()).to.deep.equal([]);
  });

  it("returns its own group when the retry finds the name taken", async () => {
    const userGroup = { id: "a".repeat(32), name: "Admins", policies: [] };
    const now = new Date().toISOString();
    const taken = { code: 1001, message: "User group name 'Admins' is already in use" };
    const scene = await scriptResponses(
      html(504),
      success([]),
      json(400, { success: false, errors: [taken], messages: [], result: null }),
      success([{ ...userGroup, created_on: now, modified_on: now }]),
    );
    await recordWaits(async () => {
      expect((await scene.userGroup.create({ ...group, policies: [] })).id).to.equal(userGroup.id);
    });
    expect(scene.server.requests.map(({ method }) => method)).to.deep.equal(["POST", "GET", "POST", "GET"]);
  });

  it("does not adopt an identical group that is two hours old", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    const older = account.addDeploymentGroup(ringAtCloudflare);
    simulator.clock.advance(2 * 60 * 60 * 1000);
    simulator.faults.add({ method: "POST", fault: { reset: "after" } });
    await recordWaits(async () => {
      const { id } = await deploymentGroup.create(ring);
      expect(id).to.not.equal(older.id);
    });
    expect(account.deploymentGroups()).to.have.length(2);
  });

  it("does not adopt a group that another resource created in the same run", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    const first = await deploymentGroup.create(ring);
    simulator.faults.add({ method: "POST", fault: { status: 500 } });
    await recordWaits(async () => {
      expect((await deploymentGroup.create(ring)).id).to.not.equal(first.id);
    });
    expect(account.deploymentGroups()).to.have.length(2);
  });

  it("creates two groups for identical resources when both responses are lost", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    simulator.faults.add({ method: "POST", times: 2, fault: { reset: "after" } });
    await recordWaits(async () => {
      const created = await Promise.all([deploymentGroup.create(ring), deploymentGroup.create(ring)]);
      expect(created.map(({ id }) => id)).to.have.members(account.deploymentGroups().map(({ id }) => id));
    });
    expect(account.deploymentGroups()).to.have.length(2);
  });

  it("does not adopt somebody's new group with other policies", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    simulator.faults.add({ method: "POST", path: "/user_groups", fault: { reset: "before" } });
    await recordWaits(async () => {
      const creating = catchError(userGroup.create(group));
      const other = account.addUserGroup({ name: "Admins" });
      const { message } = await creating;
      expect(message).to.contain(`the user group ${other.id}, created less than a minute ago, has this name`);
    });
    expect(account.userGroups()).to.have.length(1);
  });

  it("reports that the group may exist when the search for it fails", async () => {
    const { simulator, userGroup } = await simulateAccount();
    simulator.faults.add({ method: "POST", path: "/user_groups", fault: { reset: "after" } });
    simulator.faults.add({ method: "GET", path: "/user_groups", fault: { status: 403 } });
    await recordWaits(async () => {
      const { message } = await catchError(userGroup.create(group));
      expect(message)
        .to.contain('What to do: the user group "Admins" may exist now.')
        .and.to.contain("Looking for it failed too: ")
        .and.to.contain("403");
    });
  });

  it("lists the candidates when several groups could be its own", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    await deploymentGroup.create({ ...ring, name: "Another" });
    simulator.faults.add({ method: "POST", path: "/deployment-groups", fault: { reset: "after" } });
    const before = account.deploymentGroups().length;
    await recordWaits(async () => {
      const creating = catchError(deploymentGroup.create(ring));
      const twin = account.addDeploymentGroup(ringAtCloudflare);
      const { message } = await creating;
      expect(message).to.contain("several groups of this name").and.to.contain(twin.id);
    });
    expect(account.deploymentGroups()).to.have.length(before + 2);
  });
});
