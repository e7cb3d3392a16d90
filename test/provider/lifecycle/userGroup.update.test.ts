import { expect } from "chai";
import type { UserGroupPolicy } from "../../../provider";
import type { SimulatorOptions } from "../../../simulator/src";
import { errorResponse, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  expectNoUndefined,
  permissionGroups,
  recordRequests,
  resourceGroups,
  scriptResponses,
  simulateAccount,
} from "./online";

function policyOf(...all: string[]): UserGroupPolicy {
  return {
    access: "allow",
    permissionGroups: all.map((id) => ({ id })),
    resourceGroups: [{ id: resourceGroups.account }],
  };
}

function wireOf({ access, permissionGroups, resourceGroups }: UserGroupPolicy) {
  return { access, permission_groups: permissionGroups, resource_groups: resourceGroups };
}

const { zoneRead, dnsRead, dnsWrite, networkMonitoring } = permissionGroups;
const [zone, dns, network] = [policyOf(zoneRead), policyOf(dnsRead, dnsWrite), policyOf(networkMonitoring)];
const inputs = { accountId, name: "Admins", policies: [zone, dns] };

async function withGroup(options: SimulatorOptions = {}) {
  const scene = await simulateAccount(options);
  const { id, outs } = await scene.userGroup.create(inputs);
  if (!outs) throw new Error("The creation gave no outputs.");
  const path = `PUT /iam/user_groups/${id}`;
  return { ...scene, id, outs, path, get: `GET /iam/user_groups/${id}` };
}

describe("update of a UserGroup", () => {
  afterEach(closeAccounts);

  it("sends the name alone when nothing else changed, so that policies keep their ids", async () => {
    const { simulator, account, userGroup, id, outs, path } = await withGroup();
    const before = account.userGroup(id).policies;
    const turned = [policyOf(dnsWrite, dnsRead), zone];
    const { result, calls } = await recordRequests(simulator, () =>
      userGroup.update(id, outs, { ...inputs, name: "Administrators", policies: turned }),
    );
    expect(calls).to.deep.equal([[path, { name: "Administrators" }]]);
    const group = account.userGroup(id);
    expect(group.name).to.equal("Administrators");
    expect(group.policies).to.deep.equal(before);
    expect(result.outs).to.deep.equal({
      accountId,
      name: "Administrators",
      policies: turned,
      createdOn: group.created_on,
      modifiedOn: group.modified_on,
    });
    expectNoUndefined(result);
  });

  it("sends all policies and nothing else when one changed, without ids", async () => {
    const { simulator, account, userGroup, id, outs, path } = await withGroup();
    const { result, calls } = await recordRequests(simulator, () =>
      userGroup.update(id, outs, { ...inputs, policies: [network, zone] }),
    );
    expect(calls).to.deep.equal([[path, { policies: [wireOf(network), wireOf(zone)] }]]);
    expect(account.userGroup(id).policies).to.have.length(2);
    expect(result.outs?.policies).to.deep.equal([network, zone]);
  });

  it("sends both with one call when both changed, and an empty list to take all policies away", async () => {
    const { simulator, account, userGroup, id, outs, path } = await withGroup();
    const { result, calls } = await recordRequests(simulator, () =>
      userGroup.update(id, outs, { accountId, name: "Nobody", policies: [] }),
    );
    expect(calls).to.deep.equal([[path, { name: "Nobody", policies: [] }]]);
    expect(account.userGroup(id)).to.include({ name: "Nobody" }).and.to.have.deep.property("policies", []);
    expect(result.outs).to.deep.include({ name: "Nobody", policies: [] });
  });

  it("only reads when there is nothing to send: a creation that did not end well is repaired by that", async () => {
    const { simulator, userGroup, id, outs, get } = await withGroup();
    const { result, calls } = await recordRequests(simulator, () => userGroup.update(id, outs, inputs));
    expect(calls).to.deep.equal([get]);
    expect(result.outs).to.deep.equal(outs);
  });

  it("reads the group where the answer holds no result", async () => {
    const group = {
      id: "a".repeat(32),
      name: "Renamed",
      policies: [wireOf(dns), wireOf(zone)],
      created_on: "a",
      modified_on: "b",
    };
    const { outs } = await withGroup();
    const { userGroup, server } = await scriptResponses(success(null), success(group));
    const result = await userGroup.update(group.id, outs, { ...inputs, name: "Renamed" });
    expect(result.outs).to.include({ name: "Renamed", modifiedOn: "b" });
    expect(server.requests.map(({ method }) => method)).to.deep.equal(["PUT", "GET"]);
  });

  it("fails where the group is gone, and says which one", async () => {
    const { account, userGroup, id, outs } = await withGroup();
    account.deleteUserGroup(id);
    const { message } = await catchError(userGroup.update(id, outs, { ...inputs, name: "Renamed" }));
    expect(message)
      .to.contain(`Could not update the user group "Renamed" (${id})`)
      .and.to.contain("User group not found");
  });
});

describe("the policy ids of a UserGroup's update", () => {
  afterEach(closeAccounts);

  for (const policyIds of ["observed", "documented"] as const)
    it(`let policies be changed, added, turned round, emptied and filled where they are as ${policyIds}`, async () => {
      const { account, userGroup, id, outs } = await withGroup({ policyIds });
      let stored = outs;
      for (const policies of [
        [zone, network],
        [dns, network, zone],
        [network],
        [dns, zone],
        [],
        [zone, dns, network],
      ]) {
        const { outs } = await userGroup.update(id, stored, { ...inputs, policies });
        if (!outs) throw new Error("The update gave no outputs.");
        expect(outs.policies).to.deep.equal(policies);
        expect(account.userGroup(id).policies).to.have.length(policies.length);
        stored = outs;
      }
    });

  it("are sent where Cloudflare asks for them: an unchanged policy keeps its own", async () => {
    const { simulator, account, userGroup, id, outs, path, get } = await withGroup({ policyIds: "documented" });
    const idOf = (permissionGroup: string) =>
      account
        .userGroup(id)
        .policies.find((policy) => policy.permission_groups.some((each) => each.id === permissionGroup))?.id;
    const [zoneId, dnsId] = [idOf(zoneRead), idOf(dnsRead)];
    const { calls } = await recordRequests(simulator, () =>
      userGroup.update(id, outs, { ...inputs, name: "Renamed", policies: [network, zone] }),
    );
    expect(calls).to.deep.equal([
      [path, { name: "Renamed", policies: [wireOf(network), wireOf(zone)] }],
      get,
      [
        path,
        {
          name: "Renamed",
          policies: [
            { id: dnsId, ...wireOf(network) },
            { id: zoneId, ...wireOf(zone) },
          ],
        },
      ],
    ]);
    expect([idOf(zoneRead), idOf(networkMonitoring)]).to.deep.equal([zoneId, dnsId]);
    expect(account.userGroup(id).name).to.equal("Renamed");
  });

  it("are never an output", async () => {
    const { userGroup, id, outs } = await withGroup({ policyIds: "documented" });
    const result = await userGroup.update(id, outs, { ...inputs, policies: [network] });
    expect(result.outs?.policies).to.deep.equal([network]);
    expect((await userGroup.read(id, result.outs)).props.policies).to.deep.equal([network]);
  });

  it("are not tried when policies are refused for another reason", async () => {
    const { simulator, userGroup, id, outs } = await withGroup({ accessDeny: "rejected" });
    const denied = { ...inputs, policies: [{ ...zone, access: "deny" as const }] };
    const { result, calls } = await recordRequests(simulator, () => catchError(userGroup.update(id, outs, denied)));
    expect(calls).to.have.length(1);
    expect(result.message).to.contain("Policy validation failed");
    const nowhere = { ...inputs, policies: [policyOf("e".repeat(32))] };
    const second = await recordRequests(simulator, () => catchError(userGroup.update(id, outs, nowhere)));
    expect(second.calls).to.have.length(1);
    expect(second.result.message).to.contain("(at /policies/0/permission_groups/0/id)");
  });

  for (const [message, pointer] of [
    ["Policy validation failed", "/policies/0"],
    ["Policy 0 is invalid: permission group id c8fed203 is not allowed here", "/policies"],
  ] as const)
    it(`do not hide the reason of a errorResponse such as "${message}"`, async () => {
      const { outs } = await withGroup();
      const group = { id: "a".repeat(32), name: "Admins", created_on: "a", modified_on: "b" };
      const { userGroup } = await scriptResponses(
        errorResponse(400, { code: 400, message, source: { pointer } }),
        success({ ...group, policies: [{ id: "p", ...wireOf(zone) }] }),
        errorResponse(400, { code: 400, message: "Cannot re-use policy IDs", source: { pointer: "/policies/0/id" } }),
      );
      const error = await catchError(userGroup.update(group.id, outs, { ...inputs, policies: [network] }));
      expect(error.message).to.contain(message);
    });
});
