import { expect } from "chai";
import { markUnverified } from "../../../provider/lifecycle/notFound";
import { recordWaits } from "../cloudflare/fakeClock";
import { errorResponse, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  permissionGroups,
  recordRequests,
  resourceGroups,
  scriptResponses,
  simulateAccount,
} from "./online";
import { withDeploymentGroup } from "./sampleGroups";

const policy = {
  access: "allow" as const,
  permissionGroups: [{ id: permissionGroups.zoneRead }],
  resourceGroups: [{ id: resourceGroups.account }],
};
const policyAtCloudflare = {
  access: "allow",
  permission_groups: policy.permissionGroups,
  resource_groups: policy.resourceGroups,
};
const group = { accountId, name: "Admins", policies: [policy] };
const ring = {
  accountId,
  name: "Ring 0",
  versionConfigs: [{ targetEnvironment: "windows", version: "2026.6.234.0" }],
  policyIds: ["policy-a"],
};
const code = { __provider: "code" };
/** The number of requests that the client sends when every response is lost. */
const everyAttempt = 7;

async function withUserGroup() {
  const scene = await simulateAccount();
  const { id, outs } = await scene.userGroup.create(group);
  if (!outs) throw new Error("The create returned no outputs.");
  return { ...scene, id, outs, path: `/iam/user_groups/${id}` };
}

/** Returns the stored properties after a failed update, and the error. */
async function stateAfter(update: Promise<unknown>) {
  const error = await catchError(update);
  expect(error.name, error.message).to.equal("InitializationFailed");
  return { error, properties: Reflect.get(error, "properties") };
}

describe("UserGroup.update after a failed request", () => {
  afterEach(closeAccounts);

  it("returns the current outputs when the group is as desired", async () => {
    const { simulator, account, userGroup, id, outs } = await withUserGroup();
    simulator.faults.add({ method: "PUT", times: everyAttempt, fault: { reset: "after" } });
    await recordWaits(async () => {
      const updated = await userGroup.update(id, outs, { ...group, name: "Renamed" });
      const { modified_on } = account.userGroup(id);
      expect(updated.outs).to.deep.equal({ ...outs, name: "Renamed", modifiedOn: modified_on });
    });
  });

  it("stores the current outputs when the group is not as desired", async () => {
    const { simulator, account, userGroup, id, outs } = await withUserGroup();
    account.editUserGroup(id, { policies: [] });
    const { modified_on } = account.userGroup(id);
    simulator.faults.add({ method: "PUT", times: everyAttempt, fault: { reset: "before" } });
    await recordWaits(async () => {
      const news = { ...group, ...code, name: "Renamed" };
      const { error, properties } = await stateAfter(userGroup.update(id, outs, news));
      expect(error).to.include({ id });
      expect(error).to.have.deep.property("reasons", [error.message]);
      expect(error.message)
        .to.contain(`Could not update the user group "Renamed" (${id})`)
        .and.to.contain("ECONNRESET");
      expect(properties, "the current policies, not those of the old state").to.deep.equal({
        ...outs,
        ...code,
        policies: [],
        modifiedOn: modified_on,
      });
    });
  });

  it("is repaired by the next update, which sends every difference", async () => {
    const { simulator, account, userGroup, id, outs, path } = await withUserGroup();
    account.editUserGroup(id, { policies: [] });
    simulator.faults.add({ method: "PUT", times: everyAttempt, fault: { reset: "before" } });
    const news = { ...group, name: "Renamed" };
    await recordWaits(async () => {
      const { properties } = await stateAfter(userGroup.update(id, outs, news));
      const { calls } = await recordRequests(simulator, () => userGroup.update(id, properties, news));
      expect(calls).to.deep.equal([[`PUT ${path}`, { name: "Renamed", policies: [policyAtCloudflare] }]]);
    });
    expect(account.userGroup(id).policies).to.have.length(1);
  });

  it("keeps the old outputs when the group cannot be read", async () => {
    const { simulator, userGroup, id, outs } = await withUserGroup();
    simulator.faults.add({ method: "PUT", times: everyAttempt, fault: { reset: "after" } });
    simulator.faults.add({ method: "GET", times: everyAttempt, fault: { status: 403 } });
    await recordWaits(async () => {
      const { properties } = await stateAfter(userGroup.update(id, outs, { ...group, ...code, name: "Renamed" }));
      expect(properties).to.deep.equal({ ...outs, ...code, unverified: true });
    });
  });

  it("keeps the old outputs when response and read contain no group", async () => {
    const id = "a".repeat(32);
    const stored = { ...group, createdOn: "a", modifiedOn: "b" };
    const no = errorResponse(403, { code: 1000, message: "No" });
    const { userGroup } = await scriptResponses(success(null), no, no);
    const { properties } = await stateAfter(userGroup.update(id, stored, { ...group, ...code, name: "Renamed" }));
    expect(properties).to.deep.equal({ ...stored, ...code, unverified: true });
  });

  it("leaves the state unchanged when Cloudflare rejects the request", async () => {
    const { simulator, userGroup, id, outs, path } = await withUserGroup();
    simulator.faults.add({ method: "PUT", fault: { status: 403 } });
    const news = { ...group, name: "Renamed" };
    const { result, calls } = await recordRequests(simulator, () => catchError(userGroup.update(id, outs, news)));
    expect(result.name).to.equal("CloudflareError");
    expect(calls).to.deep.equal([[`PUT ${path}`, { name: "Renamed" }]]);
  });
});

describe("An update of a group that differs from the state", () => {
  afterEach(closeAccounts);

  it("sends only the changed properties and keeps another program's change", async () => {
    const { simulator, account, userGroup, id, outs, path } = await withUserGroup();
    account.editUserGroup(id, { name: "Elsewhere" });
    const news = { ...group, policies: [] };
    const { result, calls } = await recordRequests(simulator, () => userGroup.update(id, outs, news));
    expect(calls).to.deep.equal([[`PUT ${path}`, { policies: [] }]]);
    expect(result.outs).to.deep.include({ name: "Elsewhere", policies: [] });
  });

  it("sends the remaining differences when the last update could not be verified", async () => {
    const { simulator, account, userGroup, id, outs, path } = await withUserGroup();
    account.editUserGroup(id, { name: "Elsewhere" });
    const { result, calls } = await recordRequests(simulator, () =>
      userGroup.update(id, markUnverified(outs), { ...group, policies: [] }),
    );
    expect(calls).to.deep.equal([
      [`PUT ${path}`, { policies: [] }],
      `GET ${path}`,
      [`PUT ${path}`, { name: "Admins" }],
    ]);
    expect(result.outs).to.deep.include({ name: "Admins", policies: [] });
    expect(account.userGroup(id)).to.include({ name: "Admins" });
  });

  it("stores the accepted changes when the second write is rejected", async () => {
    const { simulator, account, userGroup, id, outs } = await withUserGroup();
    account.editUserGroup(id, { name: "Elsewhere" });
    simulator.faults.add({ method: "PUT", skip: 1, fault: { status: 403, message: "Not this name" } });
    const news = { ...group, ...code, policies: [] };
    const { error, properties } = await stateAfter(userGroup.update(id, markUnverified(outs), news));
    expect(error.message).to.contain("Not this name");
    expect(properties).to.deep.include({ ...code, name: "Elsewhere", policies: [] });
  });

  it("sends every difference when the program equals the state", async () => {
    const { simulator, account, deploymentGroup, id, outs, path } = await withDeploymentGroup(ring);
    account.editDeploymentGroup(id, { name: "Elsewhere", policy_ids: ["policy-x"] });
    const { result, calls } = await recordRequests(simulator, () => deploymentGroup.update(id, outs, ring));
    expect(calls.at(-1)).to.deep.equal([`PATCH ${path}`, { name: "Ring 0", policy_ids: ["policy-a"] }]);
    expect(result.outs).to.deep.include(ring);
  });
});

describe("DeploymentGroup.update after a failed request", () => {
  afterEach(closeAccounts);

  it("returns the current outputs when the group is as desired", async () => {
    const { simulator, account, deploymentGroup, id, outs } = await withDeploymentGroup(ring);
    simulator.faults.add({ method: "PATCH", times: everyAttempt, fault: { status: 502, after: true } });
    await recordWaits(async () => {
      const news = { ...ring, policyIds: ["policy-b"] };
      expect((await deploymentGroup.update(id, outs, news)).outs).to.deep.include(news);
    });
    expect(account.deploymentGroup(id).policy_ids).to.deep.equal(["policy-b"]);
  });

  it("stores the current outputs when the group is not as desired", async () => {
    const { simulator, deploymentGroup, id, outs } = await withDeploymentGroup(ring);
    simulator.faults.add({ method: "PATCH", times: everyAttempt, fault: { reset: "before" } });
    await recordWaits(async () => {
      const news = { ...ring, ...code, policyIds: ["policy-b"] };
      const { error, properties } = await stateAfter(deploymentGroup.update(id, outs, news));
      expect(error).to.include({ id });
      expect(properties).to.deep.equal({ ...outs, ...code });
    });
  });
});
