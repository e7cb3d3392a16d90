import { expect } from "chai";
import { catchError, closeAccounts, expectNoUndefined, recordRequests } from "./online";
import { ringWithPolicies as inputs, withDeploymentGroup } from "./sampleGroups";

describe("DeploymentGroup.update", () => {
  afterEach(closeAccounts);

  const newer = [{ targetEnvironment: "windows", version: "2026.7.1.0" }];
  const newerOnWire = [{ target_environment: "windows", version: "2026.7.1.0" }];
  for (const [what, change, body] of [
    ["the name", { name: "Ring 1" }, { name: "Ring 1" }],
    ["the version configurations", { versionConfigs: newer }, { version_config: newerOnWire }],
    ["the policy ids", { policyIds: ["policy-d", "policy-a"] }, { policy_ids: ["policy-d", "policy-a"] }],
    ["an emptied list of policy ids", { policyIds: [] }, { policy_ids: [] }],
    [
      "every changed property",
      { name: "Ring 1", versionConfigs: newer },
      { name: "Ring 1", version_config: newerOnWire },
    ],
  ] as const)
    it(`sends only ${what} in one request`, async () => {
      const { simulator, account, deploymentGroup, id, outs, path } = await withDeploymentGroup();
      const reordered = {
        ...inputs,
        versionConfigs: inputs.versionConfigs.toReversed(),
        policyIds: inputs.policyIds.toReversed(),
      };
      const { policyIds = reordered.policyIds, ...others } = change;
      const news = { ...reordered, ...others, policyIds: [...policyIds] };
      const { result, calls } = await recordRequests(simulator, () => deploymentGroup.update(id, outs, news));
      expect(calls).to.deep.equal([[`PATCH ${path}`, body]]);
      const group = account.deploymentGroup(id);
      expect(group.name).to.equal(news.name);
      expect(group.policy_ids ?? []).to.have.members(news.policyIds);
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

  it("only reads when nothing has changed, which repairs an incomplete create", async () => {
    const { simulator, deploymentGroup, id, outs, path } = await withDeploymentGroup();
    const { result, calls } = await recordRequests(simulator, () => deploymentGroup.update(id, outs, inputs));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result.outs).to.deep.equal(outs);
  });

  it("fails when the group does not exist and names it", async () => {
    const { account, deploymentGroup, id, outs } = await withDeploymentGroup();
    account.deleteDeploymentGroup(id);
    const { message } = await catchError(deploymentGroup.update(id, outs, { ...inputs, name: "Ring 1" }));
    expect(message).to.contain(`Could not update the deployment group "Ring 1" (${id})`);
    expect(message).to.contain("Deployment group not found");
  });
});
