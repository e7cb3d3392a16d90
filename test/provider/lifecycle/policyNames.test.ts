import { expect } from "chai";
import { recordWaits } from "../cloudflare/fakeClock";
import {
  accountId,
  apiToken,
  catchError,
  closeAccounts,
  createLifecycles,
  expectNoUndefined,
  permissionGroups,
  recordRequests,
  resourceGroups,
  simulateAccount,
} from "./online";
import { editAccount, namedGroup, namedPolicies, policyOf } from "./policiesByName";

const { dnsRead, dnsWrite, zoneRead } = permissionGroups;
const { zone } = resourceGroups;
const lists = ["GET /iam/permission_groups", "GET /iam/resource_groups"];
const bodyOf = (...permissions: string[]) => [
  {
    access: "allow" as const,
    permission_groups: permissions.map((id) => ({ id })),
    resource_groups: [{ id: zone }],
  },
];

describe("Policies by name", () => {
  afterEach(closeAccounts);

  it("are written by id and returned with both", async () => {
    const { simulator, userGroup } = await simulateAccount();
    const { result, calls } = await recordRequests(simulator, () => userGroup.create(namedGroup()));
    expect(calls).to.deep.equal([...lists, ["POST /iam/user_groups", { name: "Admins", policies: bodyOf(dnsRead) }]]);
    expect(result.outs?.policies).to.deep.equal(namedPolicies);
    expectNoUndefined(result);
  });

  it("need no further listing after the check of the same run", async () => {
    const { simulator, userGroup, userGroupPolicies, account } = await simulateAccount();
    const { id } = account.addUserGroup({ name: "From elsewhere" });
    const calls = await recordRequests(simulator, async () => {
      const { inputs } = await userGroup.check({}, namedGroup());
      await userGroup.create(inputs);
      const set = await userGroupPolicies.check({}, { userGroupId: id, policies: namedGroup().policies });
      const { outs } = await userGroupPolicies.create(set.inputs);
      expect(outs?.policies).to.deep.equal(namedPolicies);
      const { policies } = namedGroup({}, ["DNS Write"]);
      await userGroupPolicies.update(
        id,
        { accountId, userGroupId: id, policies: namedPolicies },
        { ...set.inputs, policies },
      );
    });
    expect(calls.calls.filter((call) => lists.includes(String(call)))).to.have.members(lists);
    expect(account.userGroup(id).policies[0]?.permission_groups.map((group) => group.id)).to.deep.equal([dnsWrite]);
  });

  it("are read back in the program's words, also beside groups by id", async () => {
    const { simulator, userGroup } = await simulateAccount();
    const mixed = namedGroup({}, ["DNS Read", zoneRead]);
    const { id, outs } = await userGroup.create(mixed);
    const read = () => createLifecycles(simulator.url, apiToken).userGroup.read(id, outs);
    const { props, inputs } = await read();
    expect(inputs).to.deep.equal(mixed);
    expect(props.policies).to.deep.equal(outs?.policies);
    expect(await userGroup.diff(id, props, mixed)).to.deep.equal({ changes: false });
  });

  it("show drift by name, and by id where the name would mean something else", async () => {
    const { simulator, account, userGroup, userGroupPolicies } = await simulateAccount();
    const { id, outs } = await userGroup.create(namedGroup());
    const twin = "e".repeat(32);
    editAccount(simulator, ({ permission_groups }) =>
      permission_groups.push({ id: twin, name: "DNS Read", label: "2" }),
    );
    account.editUserGroup(id, { policies: [...bodyOf(dnsRead, dnsWrite), ...bodyOf(twin)] });
    const { inputs, props } = await createLifecycles(simulator.url, apiToken).userGroup.read(id, outs);
    expect(inputs.policies).to.have.deep.members([
      policyOf(["DNS Read", "DNS Write"], ["example.com"]),
      policyOf([twin], ["example.com"]),
    ]);
    const set = await userGroupPolicies.read(id, { accountId, userGroupId: id, policies: namedPolicies });
    expect(set.inputs.policies).to.deep.equal(inputs.policies);
    expect((await userGroup.diff(id, props, namedGroup())).changes).to.equal(undefined);
  });

  it("find a resource group that was created again under its name", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    const { id, outs } = await userGroup.create(namedGroup());
    const again = "d".repeat(32);
    account.editUserGroup(id, { policies: [] });
    editAccount(simulator, ({ resource_groups }) => {
      for (const group of resource_groups) if (group.id === zone) group.id = again;
    });
    const { userGroup: later } = createLifecycles(simulator.url, apiToken);
    const { inputs } = await later.check(namedGroup(), namedGroup({}, ["DNS Write"]));
    const updated = await later.update(
      id,
      { ...namedGroup(), createdOn: "", modifiedOn: "", ...outs, policies: namedPolicies },
      inputs,
    );
    expect(updated.outs?.policies[0]?.resourceGroups).to.deep.equal([{ id: again, name: "example.com" }]);
    expect(account.userGroup(id).policies[0]?.resource_groups.map((group) => group.id)).to.deep.equal([again]);
  });

  it("are reported in one error when they are wrong, without a write", async () => {
    const { simulator, userGroup, userGroupPolicies } = await simulateAccount();
    const wrong = { ...namedGroup(), policies: [policyOf(["DNS Wriet", "DNS Read", dnsRead], ["exmaple.com"])] };
    const set = { accountId, userGroupId: "a".repeat(32), policies: wrong.policies };
    const outputs = { accountId, userGroupId: set.userGroupId, policies: namedPolicies };
    for (const act of [
      () => userGroup.create(wrong),
      () =>
        userGroup.update("a".repeat(32), { ...wrong, createdOn: "", modifiedOn: "", policies: namedPolicies }, wrong),
      () => userGroupPolicies.create(set),
      () => userGroupPolicies.update(set.userGroupId, outputs, set),
      () => userGroup.create({ ...wrong, importId: "a".repeat(32) }),
      () => userGroupPolicies.create({ ...set, importId: set.userGroupId }),
    ]) {
      const { message } = await catchError(act());
      expect(message).to.match(
        /^Could not (create|update|import|set) the .*: names in its policies are wrong\. Nothing was written\.$/m,
      );
      expect(message).to.include('policies[0].permissionGroups[0].name: "DNS Wriet" is no permission group');
      expect(message).to.include('policies[0].resourceGroups[0].name: "exmaple.com" is no resource group');
      expect(message).to.include(
        `policies[0].permissionGroups[2]: ${dnsRead} is the same as [1], "DNS Read" (${dnsRead})`,
      );
    }
    expect(
      simulator.journal.requests.every(({ method, path }) => method === "GET" && !path.includes("user_groups")),
    ).to.equal(true);
  });

  it("are imported without a write, and compared by id", async () => {
    const { simulator, account, userGroup, userGroupPolicies } = await simulateAccount();
    const { id } = account.addUserGroup({ name: "Admins" });
    account.editUserGroup(id, { policies: bodyOf(dnsRead) });
    const imported = await recordRequests(simulator, () => userGroup.create({ ...namedGroup(), importId: id }));
    expect(imported.calls).to.deep.equal([...lists, `GET /iam/user_groups/${id}`]);
    expect(imported.result.outs?.policies).to.deep.equal(namedPolicies);
    const set = { accountId, userGroupId: id, importId: id };
    const { outs } = await userGroupPolicies.create({ ...set, policies: namedGroup().policies });
    expect(outs?.policies).to.deep.equal(namedPolicies);
    const { userGroup: later } = createLifecycles(simulator.url, apiToken);
    const { message } = await catchError(later.create({ ...namedGroup({}, ["DNS Write"]), importId: id }));
    expect(message).to.include(`{"id":"${dnsRead}","name":"DNS Read"}`);
    expect(message).to.include(`{"id":"${dnsWrite}","name":"DNS Write"}`);
  });

  it("are recognized after a lost response", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    simulator.faults.add({ method: "POST", fault: { reset: "after" } });
    await recordWaits(async () => {
      const { id, outs } = await userGroup.create(namedGroup());
      expect(id).to.equal(account.userGroups()[0]?.id);
      expect(outs?.policies).to.deep.equal(namedPolicies);
    });
  });

  it("are searched once more when an earlier list lacks them", async () => {
    const { simulator, userGroup } = await simulateAccount();
    await userGroup.create(namedGroup());
    editAccount(simulator, ({ resource_groups }) =>
      resource_groups.push({ id: "d".repeat(32), name: "new.org", scope: { key: "x", objects: [{ key: "y" }] } }),
    );
    const policies = [policyOf(["DNS Read"], ["new.org"])];
    const { calls } = await recordRequests(simulator, () => userGroup.create({ accountId, name: "New", policies }));
    expect(calls[0]).to.equal("GET /iam/resource_groups");
    expect(calls).to.have.length(2);
  });
});
