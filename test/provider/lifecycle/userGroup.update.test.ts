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

describe("UserGroup.update", () => {
  afterEach(closeAccounts);

  it("sends only a changed name, so that policies keep their ids", async () => {
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

  it("sends only the policies, without ids, when one of them changed", async () => {
    const { simulator, account, userGroup, id, outs, path } = await withGroup();
    const { result, calls } = await recordRequests(simulator, () =>
      userGroup.update(id, outs, { ...inputs, policies: [network, zone] }),
    );
    expect(calls).to.deep.equal([[path, { policies: [wireOf(network), wireOf(zone)] }]]);
    expect(account.userGroup(id).policies).to.have.length(2);
    expect(result.outs?.policies).to.deep.equal([network, zone]);
  });

  it("sends a changed name and an empty list of policies in one request", async () => {
    const { simulator, account, userGroup, id, outs, path } = await withGroup();
    const { result, calls } = await recordRequests(simulator, () =>
      userGroup.update(id, outs, { accountId, name: "Nobody", policies: [] }),
    );
    expect(calls).to.deep.equal([[path, { name: "Nobody", policies: [] }]]);
    expect(account.userGroup(id)).to.include({ name: "Nobody" }).and.to.have.deep.property("policies", []);
    expect(result.outs).to.deep.include({ name: "Nobody", policies: [] });
  });

  it("only reads when nothing has changed, which repairs an incomplete create", async () => {
    const { simulator, userGroup, id, outs, get } = await withGroup();
    const { result, calls } = await recordRequests(simulator, () => userGroup.update(id, outs, inputs));
    expect(calls).to.deep.equal([get]);
    expect(result.outs).to.deep.equal(outs);
  });

  it("reads the group when the response has no result", async () => {
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

  it("fails when the group does not exist and names it", async () => {
    const { account, userGroup, id, outs } = await withGroup();
    account.deleteUserGroup(id);
    const { message } = await catchError(userGroup.update(id, outs, { ...inputs, name: "Renamed" }));
    expect(message)
      .to.contain(`Could not update the user group "Renamed" (${id})`)
      .and.to.contain("User group not found");
  });
});

describe("Policy ids in UserGroup.update", () => {
  afterEach(closeAccounts);

  for (const policyIds of ["observed", "documented"] as const)
    it(`allow every change of the policies when Cloudflare behaves as ${policyIds}`, async () => {
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

  it("are sent when Cloudflare requires them, and unchanged policies keep theirs", async () => {
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

  it("are not sent when Cloudflare rejects policies for another reason", async () => {
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

  for (const [what, message, pointer] of [
    ["an invalid policy", "Policy validation failed", "/policies/0"],
    ["another id", "Policy 0 is invalid: permission group id c8fed203 is not allowed here", "/policies"],
  ] as const)
    it(`do not hide an error about ${what} when they are rejected too`, async () => {
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
