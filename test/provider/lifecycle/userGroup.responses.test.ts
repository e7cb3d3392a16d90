import { expect } from "chai";
import { accountId, callsOf, closeAccounts, permissionGroups, resourceGroups, simulated } from "./online";

const policy = {
  access: "allow" as const,
  permissionGroups: [{ id: permissionGroups.zoneRead }],
  resourceGroups: [{ id: resourceGroups.account }],
};
const inputs = { accountId, name: "Admins", policies: [policy] };

describe("UserGroup and Cloudflare's documented responses", () => {
  afterEach(closeAccounts);

  for (const status of [400, 422])
    it(`sends policies with their ids when a ${status} asks for them`, async () => {
      const { simulator, account, userGroup } = await simulated({ policyIds: "documented" });
      const { id, outs } = await userGroup.create(inputs);
      if (!outs) throw new Error("The creation returned no outputs.");
      const errors = [{ code: 1001, message: "policies[0].id is required", source: { pointer: "/policies/0/id" } }];
      simulator.faults.add({ method: "PUT", fault: { status, errors } });
      const [before] = account.userGroup(id)?.policies ?? [];
      const denied = { ...policy, access: "deny" as const };
      const { calls } = await callsOf(simulator, () => userGroup.update(id, outs, { ...inputs, policies: [denied] }));
      expect(calls).to.have.length(3);
      expect(account.userGroup(id)?.policies).to.deep.equal([{ ...before, access: "deny" }]);
    });
});
