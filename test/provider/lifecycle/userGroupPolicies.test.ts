import { expect } from "chai";
import { html } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  createLifecycles,
  declare,
  expectNoUndefined,
  logDuring,
  permissionGroups,
  readOnlyToken,
  recordRequests,
  resourceGroups,
  scriptResponses,
  simulateAccount,
} from "./online";
import { bodyOf, dns, foreign, id, inputs, missing, path, scoped, withGroup, withOwnedGroup } from "./ownedGroup";

describe("UserGroupPolicies.create", () => {
  afterEach(closeAccounts);

  it("reads the group, sends only the policies, and returns the program's order", async () => {
    const { simulator, account, userGroupPolicies } = await withOwnedGroup();
    const lines = await logDuring(async () => {
      const { result, calls } = await recordRequests(simulator, () => userGroupPolicies.create(inputs));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, bodyOf(dns, scoped)]]);
      expect(result).to.deep.equal({ id, outs: inputs });
      expectNoUndefined(result);
    });
    expect(lines).to.deep.equal([]);
    expect(account.userGroup(id)).to.include({ name: "From the provider" });
    expect(account.groupMembers(id)).to.have.length(1);
  });

  it("names the policies that it replaces in the log", async () => {
    const { userGroupPolicies, policiesNow } = await withOwnedGroup(foreign, dns);
    const lines = await logDuring(() => userGroupPolicies.create(inputs));
    expect(lines).to.deep.equal([
      `Removed policies from the user group ${id}: deny DNS Write (${permissionGroups.dnsWrite}) on example.com (${resourceGroups.zone}).`,
    ]);
    expect(policiesNow()).to.have.length(2);
  });

  it("writes nothing when the group has exactly these policies", async () => {
    const { simulator, userGroupPolicies } = await withOwnedGroup(scoped, dns);
    const { result, calls } = await recordRequests(simulator, () => userGroupPolicies.create(inputs));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result.outs).to.deep.equal(inputs);
  });

  it("sends the policies again with ids when Cloudflare asks for them", async () => {
    const { simulator, userGroupPolicies, policiesNow } = await withGroup({ policyIds: "documented" }, foreign);
    await logDuring(() => userGroupPolicies.create(inputs));
    expect(simulator.journal.count({ method: "PUT" })).to.equal(2);
    expect(policiesNow()).to.have.length(2);
  });

  it("fails when no group has the id", async () => {
    const { simulator, userGroupPolicies } = await withOwnedGroup();
    const { message } = await catchError(userGroupPolicies.create({ ...inputs, userGroupId: missing }));
    expect(message).to.contain(`Could not set the policies of the user group ${missing}`).and.to.contain("404");
    expect(simulator.journal.count({ method: "PUT" })).to.equal(0);
  });

  it("keeps nothing in the state when Cloudflare rejects the policies", async () => {
    const { userGroupPolicies, policiesNow } = await withGroup({ accessDeny: "rejected" }, dns);
    const error = await catchError(userGroupPolicies.create({ ...inputs, policies: [foreign] }));
    expect(error.name).to.equal("CloudflareError");
    expect(error.message).to.contain("Policy validation failed").and.to.not.contain("SCIM):");
    expect(policiesNow()).to.have.length(1);
  });

  it("imports the policies of a group without a write, and fails when they differ", async () => {
    const { simulator, userGroupPolicies } = await withOwnedGroup(dns, scoped);
    const imported = await userGroupPolicies.create({ ...inputs, importId: id });
    expect(imported).to.deep.equal({ id, outs: inputs });
    const again = createLifecycles(simulator.url, readOnlyToken).userGroupPolicies;
    const different = await catchError(again.create({ ...inputs, policies: [dns], importId: id }));
    expect(different.message).to.contain(`Could not import the policies of the user group (${id})`);
    const elsewhere = createLifecycles(simulator.url, readOnlyToken).userGroupPolicies;
    const other = await catchError(elsewhere.create({ ...inputs, userGroupId: missing, importId: id }));
    expect(other.message).to.contain(`userGroupId: "${id}" at Cloudflare, "${missing}" in the program`);
    expect(simulator.journal.count({ method: "PUT" })).to.equal(0);
  });
});

describe("UserGroupPolicies.read", () => {
  afterEach(closeAccounts);

  it("returns the stored values in the stored order with one request", async () => {
    const { simulator, userGroupPolicies } = await withOwnedGroup(scoped, dns);
    const { result, calls } = await recordRequests(simulator, () => userGroupPolicies.read(id, inputs));
    expect(calls).to.deep.equal([`GET ${path}`]);
    expect(result).to.deep.equal({ id, props: inputs, inputs });
  });

  it("returns external changes in the inputs, but not another name", async () => {
    const { account, userGroupPolicies } = await withOwnedGroup(dns, foreign);
    account.editUserGroup(id, { name: "Renamed by the provider" });
    const { inputs: read } = await userGroupPolicies.read(id, inputs);
    expect(read).to.deep.equal({ accountId, userGroupId: id, policies: [dns, foreign] });
    const { inputs: alone } = await userGroupPolicies.read(id);
    expect(alone?.policies).to.have.length(2);
  });

  it("shares one list with the groups of the program", async () => {
    const { simulator, account, userGroup, userGroupPolicies } = await simulateAccount();
    const groups = Array.from({ length: 20 }, (_, index) => account.addUserGroup({ name: `Group ${index}` }));
    const { calls } = await recordRequests(simulator, () =>
      Promise.all(
        groups.map(({ id: userGroupId, name }, index) =>
          index % 2 === 0
            ? userGroupPolicies.read(userGroupId, { accountId, userGroupId, policies: [] })
            : userGroup.read(userGroupId, { accountId, name, policies: [] }),
        ),
      ),
    );
    expect(calls).to.deep.equal(["GET /iam/user_groups"]);
  });

  it("returns a blank id for a missing group, and fails for get", async () => {
    const { userGroupPolicies } = await withOwnedGroup();
    expect(await userGroupPolicies.read(missing, inputs)).to.deep.equal({ id: "" });
    const { message } = await catchError(userGroupPolicies.read(missing, { accountId }));
    expect(message).to.contain(`Could not get the policies of the user group ${missing}: it does not exist`);
  });

  it("keeps the resource after a proxy's 404", async () => {
    const { userGroupPolicies } = await scriptResponses(html(404));
    expect((await catchError(userGroupPolicies.read(id, inputs))).message).to.contain("text/html");
  });
});

describe("UserGroupPolicies.delete", () => {
  afterEach(closeAccounts);

  it("removes all policies, logs them, and keeps the group and its members", async () => {
    const { simulator, account, userGroupPolicies, policiesNow } = await withOwnedGroup(foreign);
    const lines = await logDuring(async () => {
      const { calls } = await recordRequests(simulator, () => userGroupPolicies.delete(id, inputs));
      expect(calls).to.deep.equal([`GET ${path}`, [`PUT ${path}`, { policies: [] }]]);
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.contain(`Removed policies from the user group ${id}: deny DNS Write`);
    expect(policiesNow()).to.deep.equal([]);
    expect(account.groupMembers(id)).to.have.length(1);
  });

  it("sends no write when the group has no policies or does not exist", async () => {
    const { simulator, account, userGroupPolicies } = await withOwnedGroup();
    await userGroupPolicies.delete(id, inputs);
    account.deleteUserGroup(id);
    await userGroupPolicies.delete(id, inputs);
    expect(simulator.journal.count({ method: "PUT" })).to.equal(0);
  });

  it("fails when it is rejected, with advice on the stored credential", async () => {
    const { simulator } = await withOwnedGroup(dns);
    const { userGroupPolicies } = createLifecycles(simulator.url, readOnlyToken);
    const { message } = await catchError(userGroupPolicies.delete(id, inputs));
    expect(message).to.contain(`Could not remove the policies of the user group ${id}`).and.to.contain("--run-program");
  });

  it("keeps the policies that another resource of the program sets", async () => {
    const renamed = await withOwnedGroup(dns, scoped);
    await renamed.userGroupPolicies.check({}, inputs);
    const imported = await withOwnedGroup(dns, scoped);
    await imported.userGroup.check({}, { name: "From the provider", policies: [dns, scoped], importId: id });
    for (const { userGroupPolicies, policiesNow } of [renamed, imported]) {
      const lines = await logDuring(() => userGroupPolicies.delete(id, inputs));
      expect(lines[0]).to.contain(`Keeping the policies of the user group ${id}`);
      expect(policiesNow()).to.have.length(2);
    }
  });

  it("removes the policies of the old group when another group replaces it", async () => {
    const { userGroupPolicies, policiesNow } = await withOwnedGroup(dns);
    await declare(userGroupPolicies, id, inputs, { ...inputs, userGroupId: missing });
    await logDuring(() => userGroupPolicies.delete(id, inputs));
    expect(policiesNow()).to.deep.equal([]);
  });
});

describe("A UserGroup beside UserGroupPolicies", () => {
  afterEach(closeAccounts);

  it("is not deleted when only its policies stay in the program", async () => {
    const { account, userGroup, userGroupPolicies } = await simulateAccount();
    account.addUserGroup({ id, name: "Admins" });
    await userGroupPolicies.check({}, inputs);
    const stored = { accountId, name: "Admins", policies: [], createdOn: "a", modifiedOn: "b" };
    const lines = await logDuring(() => userGroup.delete(id, stored));
    expect(lines[0]).to.contain('Keeping the user group "Admins"');
    expect(account.userGroups()).to.have.length(1);
  });

  it("fails as soon as the id of a new group is known", async () => {
    const { userGroup, userGroupPolicies } = await simulateAccount();
    const group = await userGroup.create({ accountId, name: "Admins", policies: [] });
    const { failures } = await userGroupPolicies.check({}, { ...inputs, userGroupId: group.id });
    expect(failures?.[0]?.reason).to.contain("is also a UserGroup of this program");
  });

  it("rejects a second resource for the same group at create", async () => {
    const { simulator, userGroupPolicies } = await withOwnedGroup(dns);
    await declare(userGroupPolicies, id, inputs, inputs);
    const { message } = await catchError(userGroupPolicies.create({ ...inputs, policies: [] }));
    expect(message).to.contain("is the group of two UserGroupPolicies of this program");
    expect(simulator.journal.count({ method: "PUT" })).to.equal(0);
  });
});
