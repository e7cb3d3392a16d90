import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { accountId, catchError, closeAccounts, declare, logDuring, recordRequests, simulateAccount } from "./online";

const versionConfigs = [
  { targetEnvironment: "windows", version: "2026.6.234.0" },
  { targetEnvironment: "macos", version: "2026.6.100.0" },
];
const inputs = { accountId, name: "Ring 0", versionConfigs, policyIds: ["policy-b", "policy-c", "policy-a"] };
const path = "/devices/deployment-groups";

async function withGroup() {
  const scene = await simulateAccount();
  const { id, outs } = await scene.deploymentGroup.create(inputs);
  if (!outs) throw new Error("The creation gave no outputs.");
  return { ...scene, id, outs };
}

/** A group that has these policies, created by somebody else. */
function held(name: string, ...policy_ids: string[]) {
  return { name, version_config: [{ target_environment: null, version: "1" }], policy_ids };
}

/** Returns the error of a write that waits for the policies of another group. */
async function failureOf(write: Promise<unknown>): Promise<Error> {
  let failure = new Error("It did not run.");
  await recordWaits(async () => {
    failure = await catchError(write);
  });
  return failure;
}

/** An account with a group of an earlier run that has these policies, and what the state holds of it. */
async function withHolder(...policyIds: string[]) {
  const scene = await simulateAccount();
  const { id, created_at, updated_at } = scene.account.addDeploymentGroup(held("Holder", ...policyIds));
  const program = { accountId, name: "Holder", versionConfigs: [{ targetEnvironment: null, version: "1" }], policyIds };
  const stored = { ...program, createdAt: created_at, updatedAt: updated_at };
  const policiesOf = (groupId: string) => scene.account.deploymentGroup(groupId).policy_ids ?? [];
  return { ...scene, id, program, stored, policiesOf };
}

describe("a device policy that another deployment group has", () => {
  afterEach(closeAccounts);

  it("is named when a group is created, with the group that holds it", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const one = account.addDeploymentGroup(held("Ring 1", "policy-x", "policy-a"));
    const two = account.addDeploymentGroup(held("Ring 2", "policy-c"));
    account.addDeploymentGroup(held("Ring 3", "policy-y"));
    const { message } = await failureOf(deploymentGroup.create(inputs));
    expect(message).to.contain('Could not create the deployment group "Ring 0": POST ').and.to.contain("409 Conflict");
    expect(message).to.contain(`policy-a belongs to the deployment group "Ring 1" (${one.id})`);
    expect(message).to.contain(`policy-c belongs to the deployment group "Ring 2" (${two.id})`);
    expect(message).to.contain("Otherwise remove the policy there first");
    expect(message).not.to.match(/policy-b|policy-x|policy-y|Ring 3/);
    expect(account.deploymentGroups()).to.have.length(3);
  });

  it("is named when a group is updated, which is not blamed for the policies that it holds itself", async () => {
    const { account, deploymentGroup, id, outs } = await withGroup();
    const other = account.addDeploymentGroup(held("Ring 1", "policy-x"));
    const news = { ...inputs, policyIds: ["policy-a", "policy-x"] };
    const { message } = await failureOf(deploymentGroup.update(id, outs, news));
    expect(message).to.contain(`policy-x belongs to the deployment group "Ring 1" (${other.id})`);
    expect(message).not.to.match(/policy-a|policy-b/);
    expect(account.deploymentGroup(id).policy_ids).to.have.members(inputs.policyIds);
  });

  it("is found among more groups than a page holds", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const holder = account.addDeploymentGroup(held("The oldest", "policy-a"));
    for (let index = 0; index < 60; index++) account.addDeploymentGroup(held(`Ring ${index}`, `other-${index}`));
    expect((await failureOf(deploymentGroup.create(inputs))).message).to.contain(holder.id);
  });

  it("is a conflict all the same when its holder cannot be found", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    account.addDeploymentGroup(held("Ring 1", "policy-a"));
    simulator.faults.add({ method: "GET", skip: 1, fault: { status: 403, message: "Not yours to list" } });
    const { message } = await catchError(deploymentGroup.create(inputs));
    expect(message).to.contain("409 Conflict").and.to.contain("already belong to another deployment group");
    expect(message).not.to.contain("Not yours to list");
  });

  it("comes with advice also when its holder cannot be found", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    account.addDeploymentGroup(held("Ring 1", "policy-a"));
    simulator.faults.add({ method: "GET", skip: 1, fault: { status: 403, message: "Not yours to list" } });
    expect((await catchError(deploymentGroup.create(inputs))).message).to.match(/What to do: \S/);
  });
});

describe("a device policy that moves between deployment groups", () => {
  afterEach(closeAccounts);

  const receiver = { accountId, name: "Receiver", versionConfigs, policyIds: ["policy-a"] };
  const post = { name: "Receiver", version_config: configsOf(versionConfigs), policy_ids: ["policy-a"] };

  it("is released by the group that receives it, when the program no longer gives it to the other one", async () => {
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

  it("is released too when a refresh has read the other group, which the program has dropped", async () => {
    const { deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    await deploymentGroup.diff(id, stored, program);
    await logDuring(() => deploymentGroup.create(receiver));
    expect(policiesOf(id)).to.deep.equal([]);
  });

  it("swaps with another one in one run, whichever group is updated first", async () => {
    for (const first of [0, 1]) {
      const { account, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
      const other = account.addDeploymentGroup(held("Other", "policy-b"));
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

  it("waits for a group that the program declares some moments later", async () => {
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

  it("stays where the program keeps it: the write fails at once and names the group", async () => {
    const { simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    await declare(deploymentGroup, id, stored, program);
    const { message } = await catchError(deploymentGroup.create(receiver));
    expect(message).to.contain(`policy-a belongs to the deployment group "Holder" (${id})`);
    expect(simulator.journal.count({ method: "POST" })).to.equal(1);
    expect(simulator.journal.count({ method: "PATCH" })).to.equal(0);
    expect(policiesOf(id)).to.deep.equal(["policy-a"]);
  });

  it("stays where it is when one policy of the write may move and another one may not", async () => {
    const { account, simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    const unmanaged = account.addDeploymentGroup(held("Unmanaged", "policy-b"));
    await declare(deploymentGroup, id, stored, { ...program, policyIds: [] });
    const both = { ...receiver, policyIds: ["policy-a", "policy-b"] };
    const { message } = await failureOf(deploymentGroup.create(both));
    expect(message).to.contain(`policy-b belongs to the deployment group "Unmanaged" (${unmanaged.id})`);
    expect(simulator.journal.count({ method: "PATCH" })).to.equal(0);
    expect(policiesOf(id)).to.deep.equal(["policy-a"]);
  });

  it("is given back when the second write is rejected", async () => {
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

  it("is given back by every group that had one, when the release of the second group fails", async () => {
    const { account, simulator, deploymentGroup, id, program, stored, policiesOf } = await withHolder("policy-a");
    const second = account.addDeploymentGroup(held("Second", "policy-b"));
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

  it("is named in the log when it cannot be given back", async () => {
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

  it("arrives although the response of the second write is lost", async () => {
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

  it("makes two writes that wait for the same group fail after seconds, not after minutes", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    account.addDeploymentGroup(held("Unmanaged", "policy-a", "policy-b"));
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
