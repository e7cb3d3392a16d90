import { expect } from "chai";
import { accountId, closeAccounts, permissionGroups, recordRequests, resourceGroups, simulateAccount } from "./online";

const policy = {
  access: "allow" as const,
  permissionGroups: [{ id: permissionGroups.zoneRead }],
  resourceGroups: [{ id: resourceGroups.account }],
};
const inputs = { accountId, name: "Admins", policies: [policy] };

describe("UserGroup.update", () => {
  afterEach(closeAccounts);

  for (const status of [400, 422])
    it(`sends policies with their ids when a ${status} asks for them`, async () => {
      const { simulator, account, userGroup } = await simulateAccount({ policyIds: "documented" });
      const { id, outs } = await userGroup.create(inputs);
      if (!outs) throw new Error("The creation returned no outputs.");
      const errors = [{ code: 1001, message: "policies[0].id is required", source: { pointer: "/policies/0/id" } }];
      simulator.faults.add({ method: "PUT", fault: { status, errors } });
      const [before] = account.userGroup(id)?.policies ?? [];
      const denied = { ...policy, access: "deny" as const };
      const { calls } = await recordRequests(simulator, () =>
        userGroup.update(id, outs, { ...inputs, policies: [denied] }),
      );
      expect(calls).to.have.length(3);
      expect(account.userGroup(id)?.policies).to.deep.equal([{ ...before, access: "deny" }]);
    });
});

const scope = {
  key: `com.cloudflare.api.account.${accountId}`,
  objects: [{ key: "com.cloudflare.api.account.worker.b" }, { key: "com.cloudflare.api.account.worker.a" }],
};
const scoped = { ...policy, resourceGroups: [{ scope }, { id: resourceGroups.zone }] };

for (const anonymousResourceGroups of ["scope-only", "with-id"] as const)
  for (const scopeShape of ["object", "list"] as const)
    describe(`A policy's scope in the form ${scopeShape}, ${anonymousResourceGroups},`, () => {
      afterEach(closeAccounts);

      const desired = { ...inputs, policies: [scoped] };
      const open = () => simulateAccount({ anonymousResourceGroups, scopeShape });

      it("shows no difference after create, read and update", async () => {
        const { account, userGroup } = await open();
        const { id, outs } = await userGroup.create(desired);
        if (!outs) throw new Error("The creation returned no outputs.");
        expect(outs.policies).to.deep.equal([scoped]);
        expect((await userGroup.read(id, outs)).inputs).to.deep.equal(desired);
        const reordered = { ...scope, objects: [...scope.objects].reverse() };
        const resourceGroups = [...scoped.resourceGroups.slice(1), { scope: reordered }];
        const same = { ...inputs, policies: [{ ...scoped, resourceGroups }] };
        expect(await userGroup.diff(id, outs, same)).to.deep.equal({ changes: false });
        const narrower = { scope: { ...scope, objects: scope.objects.slice(1) } };
        const changed = { ...inputs, policies: [{ ...scoped, resourceGroups: [narrower] }] };
        expect(await userGroup.diff(id, outs, changed)).not.to.deep.equal({ changes: false });
        const updated = await userGroup.update(id, outs, changed);
        expect(updated.outs?.policies).to.deep.equal(changed.policies);
        const [stored] = account.userGroup(id)?.policies ?? [];
        expect(stored?.resource_groups.map(({ scope: kept }) => kept)).to.deep.equal([[narrower.scope]]);
      });

      it("shows an external change in a refresh", async () => {
        const { account, userGroup } = await open();
        const { id, outs } = await userGroup.create(desired);
        const other = { ...scope, objects: [{ key: "*" }] };
        account.editUserGroup(id, {
          policies: [
            {
              access: "allow",
              permission_groups: policy.permissionGroups,
              resource_groups: [{ scope: other, meta: { adhoc: "true" } }, { id: resourceGroups.zone }],
            },
          ],
        });
        const [read] = (await userGroup.read(id, outs)).props.policies;
        expect(read?.resourceGroups).to.have.deep.members([{ scope: other }, { id: resourceGroups.zone }]);
      });
    });

describe("A resource group with an id and a scope but no name", () => {
  afterEach(closeAccounts);

  it("is stored as its scope unless the program names its id", async () => {
    const { simulator, userGroup } = await simulateAccount();
    const [id, old, fresh] = ["f".repeat(32), "a".repeat(32), "b".repeat(32)];
    const read = async (resourceGroupId: string, stored: object) => {
      const resource_groups = [{ id: resourceGroupId, scope }];
      const policies = [{ access: "allow", permission_groups: policy.permissionGroups, resource_groups }];
      const json = { success: true, result: { id, name: "Admins", created_on: "", modified_on: "", policies } };
      simulator.faults.add({ method: "GET", fault: { json } });
      return (await userGroup.read(id, { accountId, ...stored })).props;
    };
    const imported = await read(old, {});
    expect(imported.policies).to.deep.equal([{ ...policy, resourceGroups: [{ scope }] }]);
    expect(await read(fresh, imported)).to.deep.equal(imported);
    const byId = { ...inputs, policies: [{ ...policy, resourceGroups: [{ id: old }] }] };
    expect((await read(old, byId)).policies).to.deep.equal(byId.policies);
  });
});

describe("The check of a policy's resource groups", () => {
  afterEach(closeAccounts);

  it("accepts an id or a scope and reports errors in both", async () => {
    const { userGroup } = await simulateAccount();
    const check = async (resourceGroups: unknown[]) => {
      const { failures = [] } = await userGroup.check(
        {},
        { name: "Admins", policies: [{ ...policy, resourceGroups }] },
      );
      return failures.map(({ property, reason }) => `${property.replace("policies[0].resourceGroups", "")}: ${reason}`);
    };
    const again = { key: scope.key, objects: [...scope.objects].reverse() };
    expect(await check([{ id: resourceGroups.zone }, { scope }])).to.deep.equal([]);
    expect(await check([{ scope }, { scope: again }])).to.deep.equal([
      "[1]: is the same as [0]: list each element once",
    ]);
    expect(
      await check([{}, { id: resourceGroups.zone, scope }, { scope: { key: "", objects: [{}, { key: 5 }] } }]),
    ).to.have.members([
      "[0].id: is required unless name, scope, account or zone is set",
      "[1].scope: is set beside id: give one of the two",
      "[2].scope.key: must not be empty",
      "[2].scope.objects[0].key: is required",
      "[2].scope.objects[1].key: must be a string, not 5",
    ]);
  });
});

describe("A user group that Cloudflare returns without policies", () => {
  afterEach(closeAccounts);

  const withoutPolicies = ({ policies: _, ...group }: { policies?: unknown }) => group;

  it("is read by its id in a refresh of many groups", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    const groups: string[] = [];
    for (const name of ["a", "b", "c", "d"]) groups.push((await userGroup.create({ ...inputs, name })).id);
    const [first, ...others] = account.userGroups();
    const result = [withoutPolicies(first ?? {}), ...others];
    simulator.faults.add({ method: "GET", path: /user_groups$/, fault: { json: { success: true, result } } });
    const { result: read, calls } = await recordRequests(simulator, () =>
      Promise.all(groups.map((id) => userGroup.read(id, { accountId }))),
    );
    for (const { props } of read) expect(props.policies).to.deep.equal([policy]);
    expect(calls).to.have.members(["GET /iam/user_groups", `GET /iam/user_groups/${first?.id}`]);
  });

  it("keeps the program's policies after a write", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    const group = { id: "f".repeat(32), name: "Admins", created_on: "", modified_on: "" };
    simulator.faults.add({ method: "POST", fault: { json: { success: true, result: group } } });
    expect((await userGroup.create(inputs)).outs?.policies).to.deep.equal([policy]);
    account.addUserGroup({ id: group.id, name: "Admins" });
    simulator.faults.add({ method: "PUT", fault: { after: true, json: { success: true, result: group } } });
    const outs = { ...inputs, createdOn: "", modifiedOn: "" };
    const denied = [{ ...policy, access: "deny" as const }];
    const updated = await userGroup.update(group.id, outs, { ...inputs, policies: denied });
    expect(updated.outs?.policies).to.deep.equal(denied);
  });

  it("keeps the program's access when the response omits it", async () => {
    const { simulator, userGroup } = await simulateAccount();
    const denied = { ...policy, access: "deny" as const };
    const { id, outs } = await userGroup.create({ ...inputs, policies: [denied] });
    const policies = [{ permission_groups: policy.permissionGroups, resource_groups: policy.resourceGroups }];
    const json = { success: true, result: { id, name: "Admins", created_on: "", modified_on: "", policies } };
    simulator.faults.add({ method: "GET", fault: { json } });
    expect((await userGroup.read(id, outs)).props.policies).to.deep.equal([denied]);
    simulator.faults.add({ method: "GET", fault: { json } });
    expect((await userGroup.read(id, { accountId })).props.policies).to.deep.equal([policy]);
  });
});
