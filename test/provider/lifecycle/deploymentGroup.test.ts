import { expect } from "chai";
import { html, json, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  expectNoUndefined,
  readOnlyToken,
  recordRequests,
  scriptResponses,
  simulateAccount,
} from "./online";

// None of these lists has the order in which the simulator returns it.
const versionConfigs = [
  { targetEnvironment: "windows", version: "2026.6.234.0" },
  { targetEnvironment: null, version: "2026.6.1.0" },
  { targetEnvironment: "macos", version: "2026.6.100.0" },
];
const versionConfig = versionConfigs.map(({ targetEnvironment, version }) => ({
  target_environment: targetEnvironment,
  version,
}));
const policyIds = ["policy-b", "policy-c", "policy-a"];
const inputs = { accountId, name: "Ring 0", versionConfigs, policyIds };
const missing = "550e8400-e29b-41d4-a716-446655440000";
const path = "/devices/deployment-groups";

async function setUpGroup(desired: typeof inputs = inputs) {
  const simulated = await simulateAccount();
  const { id, outs } = await simulated.deploymentGroup.create(desired);
  if (!outs) throw new Error("The creation gave no outputs.");
  return { ...simulated, id, outs };
}

describe("DeploymentGroup.create", () => {
  afterEach(closeAccounts);

  it("lists the groups, creates one and returns the program's order", async () => {
    const { simulator, account, deploymentGroup } = await simulateAccount();
    const { result, calls } = await recordRequests(simulator, () => deploymentGroup.create(inputs));
    expect(calls).to.deep.equal([
      `GET ${path}`,
      [`POST ${path}`, { name: "Ring 0", version_config: versionConfig, policy_ids: policyIds }],
    ]);
    const group = account.deploymentGroup(result.id);
    expect(group.version_config).to.have.deep.members(versionConfig);
    expect(group.policy_ids).to.have.members(policyIds);
    expect(result.outs).to.deep.equal({ ...inputs, createdAt: group.created_at, updatedAt: group.updated_at });
    expect(result.outs?.createdAt).to.match(/\.\d{9}Z$/);
    expectNoUndefined(result);
  });

  it("sends no policy ids when there are none", async () => {
    const { simulator, deploymentGroup } = await simulateAccount();
    const { result, calls } = await recordRequests(simulator, () =>
      deploymentGroup.create({ ...inputs, policyIds: [] }),
    );
    expect(calls.slice(1)).to.deep.equal([[`POST ${path}`, { name: "Ring 0", version_config: versionConfig }]]);
    expect(result.outs?.policyIds).to.deep.equal([]);
    expectNoUndefined(result);
  });

  it("sends and returns null for an omitted target environment", async () => {
    const { simulator, deploymentGroup } = await simulateAccount();
    const omitted = { ...inputs, versionConfigs: JSON.parse('[{"version":"1"}]'), policyIds: [] };
    const { result, calls } = await recordRequests(simulator, () => deploymentGroup.create(omitted));
    expect(calls).to.deep.equal([
      `GET ${path}`,
      [`POST ${path}`, { name: "Ring 0", version_config: [{ target_environment: null, version: "1" }] }],
    ]);
    expect(result.outs?.versionConfigs).to.deep.equal([{ targetEnvironment: null, version: "1" }]);
  });

  it("keeps the id and inputs when the create's response is malformed", async () => {
    const { deploymentGroup } = await scriptResponses(success([]), success({ id: missing, name: "Ring 0" }));
    const withCode = { ...inputs, __provider: "code" };
    const error = await catchError(deploymentGroup.create(withCode));
    expect(error).to.include({ id: missing });
    expect(error).to.have.deep.property("properties", withCode);
    expect(error).to.have.deep.property("reasons", [error.message]);
  });

  it("names the missing permission of the credential", async () => {
    const { deploymentGroup } = await simulateAccount({}, readOnlyToken);
    expect((await catchError(deploymentGroup.create(inputs))).message).to.contain(
      'give the credential the permission "Zero Trust Write" on this account.',
    );
  });
});

describe("DeploymentGroup.read", () => {
  afterEach(closeAccounts);

  it("returns the stored values in the stored order with one request", async () => {
    const { simulator, deploymentGroup, id, outs } = await setUpGroup();
    const { result, calls } = await recordRequests(simulator, () => deploymentGroup.read(id, outs));
    expect(calls).to.deep.equal([`GET ${path}/${id}`]);
    expect(result).to.deep.equal({ id, props: outs, inputs });
    expectNoUndefined(result);
  });

  it("returns external changes in the inputs, in the places of removed elements", async () => {
    const { account, deploymentGroup, id, outs } = await setUpGroup();
    const [windows] = versionConfig;
    if (!windows) throw new Error("The fixture is broken.");
    const { updated_at } = account.editDeploymentGroup(id, {
      name: "Ring 1",
      version_config: [{ target_environment: "linux", version: "3" }, windows],
      policy_ids: ["policy-a", "policy-x", "policy-c"],
    });
    const { inputs: read, props } = await deploymentGroup.read(id, outs);
    expect(read).to.deep.equal({
      accountId,
      name: "Ring 1",
      versionConfigs: [versionConfigs[0], { targetEnvironment: "linux", version: "3" }],
      policyIds: ["policy-x", "policy-c", "policy-a"],
    });
    expect(props.updatedAt).to.equal(updated_at);
  });

  it("treats null and missing policy ids as an empty list", async () => {
    const group = { id: missing, name: "Ring 0", version_config: [{ version: "1" }], created_at: "a", updated_at: "b" };
    for (const policy_ids of [null, undefined, []]) {
      const { deploymentGroup } = await scriptResponses(success({ ...group, policy_ids }));
      const result = await deploymentGroup.read(missing, { accountId });
      expect(result.props.policyIds).to.deep.equal([]);
      expect(result.props.versionConfigs).to.deep.equal([{ targetEnvironment: null, version: "1" }]);
      expectNoUndefined(result);
    }
  });

  it("reads an external group from its id alone", async () => {
    const { deploymentGroup, id, outs } = await setUpGroup();
    for (const stored of [undefined, {}, { accountId }]) {
      const { props } = await deploymentGroup.read(id, stored);
      expect(props).to.include({ accountId, name: "Ring 0", createdAt: outs.createdAt });
      expect(props.policyIds).to.have.members(policyIds);
      expectNoUndefined(props);
    }
  });

  it("returns a blank id for a missing group, and fails for get", async () => {
    const { deploymentGroup, outs } = await setUpGroup();
    expect(await deploymentGroup.read(missing, outs)).to.deep.equal({ id: "" });
    const { message } = await catchError(deploymentGroup.read(missing, { accountId }));
    expect(message).to.contain(`Could not get the deployment group (${missing}): it does not exist in the account`);
  });

  it("does not treat a 403 or a proxy's page as not found", async () => {
    const { id, outs } = await setUpGroup();
    const unauthorized = await simulateAccount({}, "a-token-that-nobody-gave");
    const { message } = await catchError(unauthorized.deploymentGroup.read(id, outs));
    expect(message).to.contain(`Could not read the deployment group "Ring 0" (${id})`);
    expect(message).to.contain("refresh and destroy use the credential in the stack's state");
    for (const page of [html(404), json(404, { error: "no such page" })]) {
      const proxied = await scriptResponses(page);
      expect((await catchError(proxied.deploymentGroup.read(id, outs))).message).to.contain("404");
    }
  });
});

describe("DeploymentGroup.delete", () => {
  afterEach(closeAccounts);

  it("deletes the group with one request and accepts a missing group", async () => {
    const { simulator, account, deploymentGroup, id, outs } = await setUpGroup();
    const { calls } = await recordRequests(simulator, () => deploymentGroup.delete(id, outs));
    expect(calls).to.deep.equal([`DELETE ${path}/${id}`]);
    expect(account.deploymentGroups()).to.deep.equal([]);
    await deploymentGroup.delete(id, outs);
  });

  it("fails when the request is rejected or a proxy responds", async () => {
    const { outs } = await setUpGroup();
    const { deploymentGroup } = await scriptResponses(html(404));
    expect((await catchError(deploymentGroup.delete(missing, outs))).message).to.contain("text/html");
    const unauthorized = await simulateAccount({}, readOnlyToken);
    const { message } = await catchError(unauthorized.deploymentGroup.delete(missing, outs));
    expect(message).to.contain(`Could not delete the deployment group "Ring 0" (${missing})`);
    expect(message).to.contain("--run-program");
  });
});
