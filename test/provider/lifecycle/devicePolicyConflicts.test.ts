import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { accountId, catchError, closeAccounts, declare, logDuring, recordRequests, simulateAccount } from "./online";
import { ringWithPolicies as inputs, withDeploymentGroup } from "./sampleGroups";

const { versionConfigs } = inputs;
const path = "/devices/deployment-groups";

/** Returns the body of a group that somebody else created with these policies. */
function groupBody(name: string, ...policy_ids: string[]) {
  return { name, version_config: [{ target_environment: null, version: "1" }], policy_ids };
}

/** Returns the error of a write that waits for the policies of another group. */
async function failureOf(write: Promise<unknown>): Promise<Error> {
  let failure = new Error("The write did not run.");
  await recordWaits(async () => {
    failure = await catchError(write);
  });
  return failure;
}

/** Returns an account with a group that an earlier run created, and the group's stored outputs. */
async function withHolder(...policyIds: string[]) {
  const scene = await simulateAccount();
  const { id, created_at, updated_at } = scene.account.addDeploymentGroup(groupBody("Holder", ...policyIds));
  const program = { accountId, name: "Holder", versionConfigs: [{ targetEnvironment: null, version: "1" }], policyIds };
  const stored = { ...program, createdAt: created_at, updatedAt: updated_at };
  const policiesOf = (groupId: string) => scene.account.deploymentGroup(groupId).policy_ids ?? [];
  return { ...scene, id, program, stored, policiesOf };
}

describe("A device policy of another deployment group", () => {
  afterEach(closeAccounts);

  it("is named with its group in the error of a create", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const one = account.addDeploymentGroup(groupBody("Ring 1", "policy-x", "policy-a"));
    const two = account.addDeploymentGroup(groupBody("Ring 2", "policy-c"));
    account.addDeploymentGroup(groupBody("Ring 3", "policy-y"));
    const { message } = await failureOf(deploymentGroup.create(inputs));
    expect(message).to.contain('Could not create the deployment group "Ring 0": POST ').and.to.contain("409 Conflict");
    expect(message).to.contain(`policy-a belongs to the deployment group "Ring 1" (${one.id})`);
    expect(message).to.contain(`policy-c belongs to the deployment group "Ring 2" (${two.id})`);
    expect(message).to.contain("Otherwise remove the policy there first");
    expect(message).not.to.match(/policy-b|policy-x|policy-y|Ring 3/);
    expect(account.deploymentGroups()).to.have.length(3);
  });

  it("is named in the error of an update, unlike the group's own policies", async () => {
    const { account, deploymentGroup, id, outs } = await withDeploymentGroup();
    const other = account.addDeploymentGroup(groupBody("Ring 1", "policy-x"));
    const news = { ...inputs, policyIds: ["policy-a", "policy-x"] };
    const { message } = await failureOf(deploymentGroup.update(id, outs, news));
    expect(message).to.contain(`policy-x belongs to the deployment group "Ring 1" (${other.id})`);
    expect(message).not.to.match(/policy-a|policy-b/);
    expect(account.deploymentGroup(id).policy_ids).to.have.members(inputs.policyIds);
  });

  it("is found when the account has more groups than one page", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const holder = account.addDeploymentGroup(groupBody("The oldest", "policy-a"));
    for (let index = 0; index < 60; index++) account.addDeploymentGroup(groupBody(`Ring ${index}`, `other-${index}`));
    expect((await failureOf(deploymentGroup.create(inputs))).message).to.contain(holder.id);
  });

  it("is reported as a conflict when its group cannot be found", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    account.addDeploymentGroup(groupBody("Ring 1", "policy-a"));
    simulator.faults.add({ method: "GET", skip: 1, fault: { status: 403, message: "Not yours to list" } });
    const { message } = await catchError(deploymentGroup.create(inputs));
    expect(message).to.contain("409 Conflict").and.to.contain("already belong to another deployment group");
    expect(message).not.to.contain("Not yours to list");
  });

  it("is reported with advice when its group cannot be found", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    account.addDeploymentGroup(groupBody("Ring 1", "policy-a"));
    simulator.faults.add({ method: "GET", skip: 1, fault: { status: 403, message: "Not yours to list" } });
    expect((await catchError(deploymentGroup.create(inputs))).message).to.match(/What to do: \S/);
  });
});

describe("A device policy that moves between deployment groups", () => {
  afterEach(closeAccounts);

  const receiver = { accountId, name: "Receiver", versionConfigs, policyIds: ["policy-a"] };
  const post = { name: "Receiver", version_config: configsOf(versionConfigs), policy_ids: ["policy-a"] };

  it("is removed from the old group when the program no longer lists it there", async () => {
    const { simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a", "policy-x");
    await declare(deploymentGroup, id, stored, { ...program, policyIds: ["policy-x"] });
    const lines = await logDuring(async () => {
      const { result, calls } = await recordRequests(simulator, () => deploymentGroup.create(receiver));
      expect(calls).to.deep.equal([
        `GET ${path}`,
        [`POST ${path}`, post],
        `GET ${path}`,
        [`PATCH ${path}/${id}`, { policy_ids: ["policy-x"] }],
        [`POST ${path}`, post],
      ]);
      expect(policiesOf(result.id)).to.deep.equal(["policy-a"]);
    });
    expect(lines).to.deep.equal([`Moved policy-a out of the deployment group "Holder" (${id}).`]);
    expect(policiesOf(id)).to.deep.equal(["policy-x"]);
  });

  it("is removed from a dropped group that a refresh has read", async () => {
    const { deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    await deploymentGroup.diff(id, stored, program);
    await logDuring(() => deploymentGroup.create(receiver));
    expect(policiesOf(id)).to.deep.equal([]);
  });

  it("swaps with another policy in one run, in either order of updates", async () => {
    for (const first of [0, 1]) {
      const { account, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
      const other = account.addDeploymentGroup(groupBody("Other", "policy-b"));
      const groups = [
        { id, stored, news: { ...program, policyIds: ["policy-b"] } },
        {
          id: other.id,
          stored: { ...stored, name: "Other", policyIds: ["policy-b"] },
          news: { ...program, name: "Other", policyIds: ["policy-a"] },
        },
      ];
      for (const group of groups) await declare(deploymentGroup, group.id, group.stored, group.news);
      const order = first === 0 ? groups : groups.toReversed();
      await logDuring(() =>
        Promise.all(order.map((group) => deploymentGroup.update(group.id, group.stored, group.news))),
      );
      expect([policiesOf(id), policiesOf(other.id)]).to.deep.equal([["policy-b"], ["policy-a"]]);
    }
  });

  it("moves when the program declares the old group after the write has started", async () => {
    const { simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    await logDuring(async () => {
      const creating = deploymentGroup.create(receiver);
      while (simulator.journal.count({ method: "POST" }) === 0) await new Promise(setImmediate);
      const news = { ...program, policyIds: [] };
      await declare(deploymentGroup, id, stored, news);
      await deploymentGroup.update(id, stored, news);
      expect(policiesOf((await creating).id)).to.deep.equal(["policy-a"]);
    });
    expect(policiesOf(id)).to.deep.equal([]);
  });

  it("stays in a group that still lists it, and the write fails at once", async () => {
    const { simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    await declare(deploymentGroup, id, stored, program);
    const { message } = await catchError(deploymentGroup.create(receiver));
    expect(message).to.contain(`policy-a belongs to the deployment group "Holder" (${id})`);
    expect(simulator.journal.count({ method: "POST" })).to.equal(1);
    expect(simulator.journal.count({ method: "PATCH" })).to.equal(0);
    expect(policiesOf(id)).to.deep.equal(["policy-a"]);
  });

  it("stays in its group when another policy of the same write cannot move", async () => {
    const { account, simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    const unmanaged = account.addDeploymentGroup(groupBody("Unmanaged", "policy-b"));
    await declare(deploymentGroup, id, stored, { ...program, policyIds: [] });
    const both = { ...receiver, policyIds: ["policy-a", "policy-b"] };
    const { message } = await failureOf(deploymentGroup.create(both));
    expect(message).to.contain(`policy-b belongs to the deployment group "Unmanaged" (${unmanaged.id})`);
    expect(simulator.journal.count({ method: "PATCH" })).to.equal(0);
    expect(policiesOf(id)).to.deep.equal(["policy-a"]);
  });

  it("returns to its group when the second write is rejected", async () => {
    const { account, simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder(
      "policy-a",
      "policy-x",
    );
    await declare(deploymentGroup, id, stored, { ...program, policyIds: [] });
    simulator.faults.add({ method: "POST", skip: 1, fault: { status: 403, message: "Not allowed" } });
    const lines = await logDuring(async () => {
      const { message } = await catchError(deploymentGroup.create(receiver));
      expect(message).to.contain("Not allowed");
    });
    expect(policiesOf(id)).to.have.members(["policy-a", "policy-x"]);
    expect(lines).to.have.length(2);
    expect(lines[1]).to.match(/^Gave policy-[ax], policy-[ax] back to the deployment group "Holder" \(/);
    expect(account.deploymentGroups()).to.have.length(1);
    // The group has its policies again, so a program that keeps them there is right.
    await deploymentGroup.diff(id, { ...stored, policyIds: [] }, program);
  });

  it("returns to its group when another group's policy cannot be removed", async () => {
    const { account, simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    const second = account.addDeploymentGroup(groupBody("Second", "policy-b"));
    await declare(deploymentGroup, id, stored, { ...program, policyIds: [] });
    const secondProgram = { ...program, name: "Second" };
    await declare(
      deploymentGroup,
      second.id,
      { ...stored, name: "Second", policyIds: ["policy-b"] },
      {
        ...secondProgram,
        policyIds: [],
      },
    );
    simulator.faults.add({ method: "PATCH", skip: 1, fault: { status: 403, message: "Not allowed" } });
    await logDuring(() => catchError(deploymentGroup.create({ ...receiver, policyIds: ["policy-a", "policy-b"] })));
    expect([policiesOf(id), policiesOf(second.id)]).to.deep.equal([["policy-a"], ["policy-b"]]);
    expect(simulator.journal.count({ method: "POST" })).to.equal(1);
  });

  it("is logged as lost when it cannot return to its group", async () => {
    const { simulator, deploymentGroup, id, program, stored } = await withHolder("policy-a");
    await declare(deploymentGroup, id, stored, { ...program, policyIds: [] });
    simulator.faults.add({ method: "POST", skip: 1, fault: { status: 403 } });
    simulator.faults.add({ method: "PATCH", skip: 1, fault: { status: 403, message: "Not allowed" } });
    const lines = await logDuring(() => catchError(deploymentGroup.create(receiver)));
    expect(lines[1])
      .to.contain(`The deployment group "Holder" (${id}) has lost policies: it had policy-a.`)
      .and.to.contain("pulumi up --refresh")
      .and.to.contain("Not allowed");
  });

  it("moves when the response of the second write is lost", async () => {
    const { simulator, account, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    await declare(deploymentGroup, id, stored, { ...program, policyIds: [] });
    simulator.faults.add({ method: "POST", skip: 1, fault: { reset: "after" } });
    await logDuring(() =>
      recordWaits(async () => {
        const created = await deploymentGroup.create(receiver);
        expect(policiesOf(created.id)).to.deep.equal(["policy-a"]);
      }),
    );
    expect(policiesOf(id)).to.deep.equal([]);
    expect(account.deploymentGroups()).to.have.length(2);
  });

  it("is denied to two waiting writes after seconds, not after minutes", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    account.addDeploymentGroup(groupBody("Unmanaged", "policy-a", "policy-b"));
    const waits = await recordWaits(async () => {
      const creates = ["policy-a", "policy-b"].map((policyId) =>
        catchError(deploymentGroup.create({ ...receiver, name: policyId, policyIds: [policyId] })),
      );
      for (const { message } of await Promise.all(creates)) expect(message).to.contain('group "Unmanaged"');
    });
    expect(waits.length).to.be.lessThan(60);
    expect(simulator.journal.count()).to.be.lessThan(60);
  });
});

function configsOf(configs: typeof versionConfigs) {
  return configs.map(({ targetEnvironment, version }) => ({ target_environment: targetEnvironment, version }));
}
