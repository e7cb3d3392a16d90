import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import { success } from "../cloudflare/scriptedServer";
import { catchError, closeAccounts, recordRequests, scriptResponses } from "./online";
import { bodyOf, dns, foreign, id, inputs, path, scoped, toApi, withOwnedGroup } from "./ownedGroup";

/** As often as the client sends a request whose response is lost. */
const everyAttempt = 7;

describe("UserGroupPolicies.update", () => {
  afterEach(closeAccounts);

  const desired = { ...inputs, policies: [scoped] };

  it("replaces the policies with one request", async () => {
    const { simulator, userGroupPolicies, policiesNow } = await withOwnedGroup(dns, scoped);
    const { result, calls } = await recordRequests(simulator, () => userGroupPolicies.update(id, inputs, desired));
    expect(calls).to.deep.equal([[`PUT ${path}`, bodyOf(scoped)]]);
    expect(result).to.deep.equal({ outs: desired });
    expect(policiesNow()).to.have.length(1);
  });

  it("reads the group first when the state says that nothing has changed", async () => {
    const { simulator, userGroupPolicies } = await withOwnedGroup(dns);
    const repair = () => userGroupPolicies.update(id, inputs, inputs);
    const { calls } = await recordRequests(simulator, repair);
    expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, bodyOf(dns, scoped)]]);
    expect((await recordRequests(simulator, repair)).calls).to.deep.equal([`GET ${path}`]);
  });

  it("reads the group when the response holds no policies", async () => {
    const group = { id, name: "Admins", created_on: "a", modified_on: "b" };
    const { userGroupPolicies } = await scriptResponses(success(null), success({ ...group, policies: [toApi(dns)] }));
    const updated = await userGroupPolicies.update(id, inputs, { ...inputs, policies: [dns] });
    expect(updated.outs?.policies).to.deep.equal([dns]);
  });

  it("succeeds after lost responses when the group has the policies", async () => {
    const { simulator, userGroupPolicies } = await withOwnedGroup(dns);
    simulator.faults.add({ method: "PUT", times: everyAttempt, fault: { reset: "after" } });
    await recordWaits(async () => {
      expect(await userGroupPolicies.update(id, inputs, desired)).to.deep.equal({ outs: desired });
    });
  });

  it("keeps the group's policies in the state when the outcome is another one", async () => {
    const { simulator, userGroupPolicies, policiesNow } = await withOwnedGroup(foreign, dns);
    simulator.faults.add({ method: "PUT", times: everyAttempt, fault: { reset: "before" } });
    await recordWaits(async () => {
      const news = { ...desired, ...{ __provider: "code" } };
      news.policies = [dns];
      const error = await catchError(userGroupPolicies.update(id, inputs, news));
      expect(error).to.include({ name: "InitializationFailed", id });
      const state = { ...inputs, policies: [dns, foreign] };
      expect(error).to.have.deep.property("properties", { ...state, __provider: "code" });
      await userGroupPolicies.update(id, state, news);
    });
    expect(policiesNow()).to.have.length(1);
  });

  it("keeps the old policies in the state when the group is unreadable", async () => {
    const { simulator, userGroupPolicies, policiesNow } = await withOwnedGroup(dns);
    simulator.faults.add({ method: "PUT", times: everyAttempt, fault: { reset: "after" } });
    simulator.faults.add({ method: "GET", times: everyAttempt, fault: { status: 403 } });
    await recordWaits(async () => {
      const stored = { ...inputs, policies: [dns] };
      const error = await catchError(userGroupPolicies.update(id, stored, { ...desired, ...{ __provider: "code" } }));
      expect(error).to.have.deep.property("properties", { ...stored, __provider: "code" });
      simulator.faults.clear();
      // The program has the old policies again, so the state shows no difference from it.
      await userGroupPolicies.update(id, stored, stored);
    });
    expect(policiesNow()[0]?.permission_groups).to.have.length(3);
  });
});

describe("UserGroupPolicies.create with an unknown outcome", () => {
  afterEach(closeAccounts);

  it("keeps a resource without policies in the state when the group is unreadable", async () => {
    const { simulator, userGroupPolicies } = await withOwnedGroup();
    simulator.faults.add({ method: "PUT", times: everyAttempt, fault: { reset: "after" } });
    simulator.faults.add({ method: "GET", skip: 1, fault: { status: 403 } });
    await recordWaits(async () => {
      const error = await catchError(userGroupPolicies.create({ ...inputs, ...{ __provider: "code" } }));
      expect(error).to.include({ name: "InitializationFailed", id });
      expect(error).to.have.deep.property("properties", { ...inputs, policies: [], __provider: "code" });
      expect(error.message).to.contain("ECONNRESET");
    });
  });
});
