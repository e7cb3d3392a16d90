import { expect } from "chai";
import { accountId, catchError, closeAccounts, expectNoUndefined, recordRequests, simulateAccount } from "./online";

const versionConfigs = [
  { targetEnvironment: "windows", version: "2026.6.234.0" },
  { targetEnvironment: "macos", version: "2026.6.100.0" },
];
const inputs = { accountId, name: "Ring 0", versionConfigs, policyIds: ["policy-b", "policy-c", "policy-a"] };
const path = "/devices/deployment-groups";

async function setUpGroup() {
  const simulated = await simulateAccount();
  const { id, outs } = await simulated.deploymentGroup.create(inputs);
  if (!outs) throw new Error("The creation gave no outputs.");
  return { ...simulated, id, outs, patch: `PATCH ${path}/${id}` };
}

/** Returns an external group with these policies. */
function groupWithPolicies(name: string, ...policy_ids: string[]) {
  return { name, version_config: [{ target_environment: null, version: "1" }], policy_ids };
}

describe("Update of a DeploymentGroup", () => {
  afterEach(closeAccounts);

  const newer = [{ targetEnvironment: "windows", version: "2026.7.1.0" }];
  const newerInApi = [{ target_environment: "windows", version: "2026.7.1.0" }];
  for (const [what, change, body] of [
    ["the name", { name: "Ring 1" }, { name: "Ring 1" }],
    ["the version configurations", { versionConfigs: newer }, { version_config: newerInApi }],
    ["the policy ids", { policyIds: ["policy-d", "policy-a"] }, { policy_ids: ["policy-d", "policy-a"] }],
    ["an empty list of policy ids", { policyIds: [] }, { policy_ids: [] }],
    ["two changes", { name: "Ring 1", versionConfigs: newer }, { name: "Ring 1", version_config: newerInApi }],
  ] as const)
    it(`sends only ${what} with one request`, async () => {
      const { simulator, account, deploymentGroup, id, outs, patch } = await setUpGroup();
      const reordered = {
        ...inputs,
        versionConfigs: versionConfigs.toReversed(),
        policyIds: inputs.policyIds.toReversed(),
      };
      const news = { ...reordered, ...change };
      const { result, calls } = await recordRequests(simulator, () => deploymentGroup.update(id, outs, news));
      expect(calls).to.deep.equal([[patch, body]]);
      const group = account.deploymentGroup(id);
      expect(group.name).to.equal(news.name);
      expect(group.policy_ids ?? []).to.have.members([...news.policyIds]);
      expect(group.version_config.map(({ version }) => version)).to.have.members(
        news.versionConfigs.map(({ version }) => version),
      );
      expect(result.outs, "in the program's order").to.deep.equal({
        ...news,
        createdAt: outs.createdAt,
        updatedAt: group.updated_at,
      });
      expectNoUndefined(result);
    });

  it("only reads the group when nothing changed", async () => {
    const { simulator, deploymentGroup, id, outs } = await setUpGroup();
    const { result, calls } = await recordRequests(simulator, () => deploymentGroup.update(id, outs, inputs));
    expect(calls).to.deep.equal([`GET ${path}/${id}`]);
    expect(result.outs).to.deep.equal(outs);
  });

  it("fails and names the group when it no longer exists", async () => {
    const { account, deploymentGroup, id, outs } = await setUpGroup();
    account.deleteDeploymentGroup(id);
    const { message } = await catchError(deploymentGroup.update(id, outs, { ...inputs, name: "Ring 1" }));
    expect(message).to.contain(`Could not update the deployment group "Ring 1" (${id})`);
    expect(message).to.contain("Deployment group not found");
  });
});

describe("Device policy in use by another deployment group", () => {
  afterEach(closeAccounts);

  it("names the policy and its group when a create conflicts", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const one = account.addDeploymentGroup(groupWithPolicies("Ring 1", "policy-x", "policy-a"));
    const two = account.addDeploymentGroup(groupWithPolicies("Ring 2", "policy-c"));
    account.addDeploymentGroup(groupWithPolicies("Ring 3", "policy-y"));
    const { message } = await catchError(deploymentGroup.create(inputs));
    expect(message).to.contain('Could not create the deployment group "Ring 0": POST ').and.to.contain("409 Conflict");
    expect(message).to.contain(`policy-a belongs to the deployment group "Ring 1" (${one.id})`);
    expect(message).to.contain(`policy-c belongs to the deployment group "Ring 2" (${two.id})`);
    expect(message).to.contain("Remove it there first");
    expect(message).not.to.match(/policy-b|policy-x|policy-y|Ring 3/);
    expect(account.deploymentGroups()).to.have.length(3);
  });

  it("names only the conflicting policy when an update conflicts", async () => {
    const { account, deploymentGroup, id, outs } = await setUpGroup();
    const other = account.addDeploymentGroup(groupWithPolicies("Ring 1", "policy-x"));
    const news = { ...inputs, policyIds: ["policy-a", "policy-x"] };
    const { message } = await catchError(deploymentGroup.update(id, outs, news));
    expect(message).to.contain(`policy-x belongs to the deployment group "Ring 1" (${other.id})`);
    expect(message).not.to.match(/policy-a|policy-b/);
    expect(account.deploymentGroup(id).policy_ids).to.have.members(inputs.policyIds);
  });

  it("finds the policy's group on a later page", async () => {
    const { account, deploymentGroup } = await simulateAccount();
    const holder = account.addDeploymentGroup(groupWithPolicies("The oldest", "policy-a"));
    for (let index = 0; index < 60; index++)
      account.addDeploymentGroup(groupWithPolicies(`Ring ${index}`, `other-${index}`));
    expect((await catchError(deploymentGroup.create(inputs))).message).to.contain(holder.id);
  });

  it("reports the conflict when the policy's group is unknown", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    account.addDeploymentGroup(groupWithPolicies("Ring 1", "policy-a"));
    simulator.faults.add({ method: "GET", skip: 1, fault: { status: 403, message: "Not yours to list" } });
    const { message } = await catchError(deploymentGroup.create(inputs));
    expect(message).to.contain("409 Conflict").and.to.contain("already belong to another deployment group");
    expect(message).not.to.contain("Not yours to list");
  });

  it("gives advice when the policy's group is unknown", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    account.addDeploymentGroup(groupWithPolicies("Ring 1", "policy-a"));
    simulator.faults.add({ method: "GET", skip: 1, fault: { status: 403, message: "Not yours to list" } });
    expect((await catchError(deploymentGroup.create(inputs))).message).to.match(/What to do: \S/);
  });
});
