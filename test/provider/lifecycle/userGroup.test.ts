import { expect } from "chai";
import type { UserGroupPolicy } from "../../../provider";
import { html, json, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  catchError,
  closeAccounts,
  expectNoUndefined,
  permissionGroups,
  readOnlyToken,
  recordRequests,
  resourceGroups,
  scriptResponses,
  simulateAccount,
} from "./online";

const ids = (...all: string[]) => all.map((id) => ({ id }));
const { zoneRead, dnsRead, dnsWrite, networkMonitoring } = permissionGroups;

// None of these lists has the order in which the simulator returns it.
const dns: UserGroupPolicy = {
  access: "allow",
  permissionGroups: ids(dnsRead, zoneRead, dnsWrite),
  resourceGroups: ids(resourceGroups.account, resourceGroups.zone),
};
const network: UserGroupPolicy = {
  access: "deny",
  permissionGroups: ids(networkMonitoring),
  resourceGroups: ids(resourceGroups.account),
};
const inputs = { accountId, name: "Admins", policies: [dns, network] };
const apiPolicies = [dns, network].map(({ access, permissionGroups, resourceGroups }) => ({
  access,
  permission_groups: [...permissionGroups],
  resource_groups: resourceGroups.map(({ id = "" }) => ({ id })),
}));
const missing = "f".repeat(32);

async function setUpGroup(desired: typeof inputs = inputs) {
  const simulated = await simulateAccount();
  const { id, outs } = await simulated.userGroup.create(desired);
  if (!outs) throw new Error("The create returned no outputs.");
  return { ...simulated, id, outs };
}

describe("UserGroup.create", () => {
  afterEach(closeAccounts);

  it("creates the group with one request and returns the program's order", async () => {
    const { simulator, account, userGroup } = await simulateAccount();
    const { result, calls } = await recordRequests(simulator, () => userGroup.create(inputs));
    expect(calls).to.deep.equal([["POST /iam/user_groups", { name: "Admins", policies: apiPolicies }]]);
    const group = account.userGroup(result.id);
    expect(group.policies).to.have.length(2);
    expect(result.outs).to.deep.equal({ ...inputs, createdOn: group.created_on, modifiedOn: group.modified_on });
    expectNoUndefined(result);
  });

  it("sends only the name when there are no policies", async () => {
    const { simulator, userGroup } = await simulateAccount();
    const { result, calls } = await recordRequests(simulator, () => userGroup.create({ ...inputs, policies: [] }));
    expect(calls).to.deep.equal([["POST /iam/user_groups", { name: "Admins" }]]);
    expect(result.outs?.policies).to.deep.equal([]);
  });

  it("returns empty lists when Cloudflare sends null", async () => {
    const group = { id: missing, name: "Admins", created_on: "a", modified_on: "b" };
    for (const policies of [null, undefined, []]) {
      const { userGroup } = await scriptResponses(success({ ...group, policies }));
      const result = await userGroup.create({ ...inputs, policies: [] });
      expect(result.outs?.policies).to.deep.equal([]);
      expectNoUndefined(result);
    }
    const { userGroup } = await scriptResponses(
      success({ ...group, policies: [{ access: "allow", permission_groups: null }] }),
    );
    expect((await userGroup.create(inputs)).outs?.policies).to.deep.equal([
      { access: "allow", permissionGroups: [], resourceGroups: [] },
    ]);
  });

  it("imports and renames a group with a name of over 255 characters", async () => {
    const { account, userGroup } = await simulateAccount();
    const desired = { accountId, name: "🦊".repeat(1_000), policies: [] };
    const { id } = account.addUserGroup({ name: desired.name });
    expect((await userGroup.check({}, { ...desired, importId: id })).failures).to.deep.equal([]);
    const { outs } = await userGroup.create({ ...desired, importId: id });
    expect(outs).to.deep.include(desired);
    const renamed = { ...desired, name: "é".repeat(2_000) };
    await userGroup.update(id, { createdOn: "", modifiedOn: "", ...desired }, renamed);
    expect(account.userGroup(id)).to.include({ name: renamed.name });
  });

  it("names the group when the name is in use", async () => {
    const { userGroup } = await setUpGroup();
    const { message } = await catchError(userGroup.create(inputs));
    expect(message)
      .to.contain('Could not create the user group "Admins": POST /accounts/')
      .and.to.contain("(at /name)");
    expect(message).to.contain("User group name 'Admins' is already in use");
  });

  it("keeps the id and inputs when the create's response is malformed", async () => {
    const { userGroup } = await scriptResponses(success({ id: missing, name: "Admins" }));
    const withCode = { ...inputs, __provider: "code" };
    const error = await catchError(userGroup.create(withCode));
    expect(error).to.include({ id: missing });
    expect(error).to.have.deep.property("properties", withCode);
    expect(error).to.have.deep.property("reasons", [error.message]);
    expect(error.message).to.contain('Could not create the user group "Admins"').and.to.contain("created_on");
  });

  it("does not mention a stored credential when the current one lacks permission", async () => {
    const { userGroup } = await simulateAccount({}, readOnlyToken);
    const { message } = await catchError(userGroup.create(inputs));
    expect(message).to.contain('give the credential the permission "SCIM Provisioning" or "Account Settings Write"');
    expect(message).not.to.contain("--run-program");
  });
});

describe("UserGroup.read", () => {
  afterEach(closeAccounts);

  it("returns the stored values in the stored order with one request", async () => {
    const { simulator, userGroup, id, outs } = await setUpGroup();
    const { result, calls } = await recordRequests(simulator, () => userGroup.read(id, outs));
    expect(calls).to.deep.equal([`GET /iam/user_groups/${id}`]);
    expect(result).to.deep.equal({ id, props: outs, inputs });
    expectNoUndefined(result);
  });

  it("returns external changes in the inputs", async () => {
    const { account, userGroup, id, outs } = await setUpGroup();
    const group = account.editUserGroup(id, { name: "Renamed", policies: apiPolicies.slice(1) });
    const { inputs: read, props } = await userGroup.read(id, outs);
    expect(read).to.deep.equal({ accountId, name: "Renamed", policies: [network] });
    expect(props.modifiedOn).to.equal(group.modified_on);
  });

  it("reads an external group from its id alone", async () => {
    const { userGroup, id, outs } = await setUpGroup();
    for (const stored of [undefined, {}, { accountId }]) {
      const { props } = await userGroup.read(id, stored);
      expect(props).to.include({ accountId, name: "Admins", createdOn: outs.createdOn });
      expect(props.policies).to.have.length(2);
      expectNoUndefined(props);
    }
  });

  it("returns a blank id for a missing group, and fails for get", async () => {
    const { userGroup, outs } = await setUpGroup();
    expect(await userGroup.read(missing, outs)).to.deep.equal({ id: "" });
    const { message } = await catchError(userGroup.read(missing, { accountId }));
    expect(message).to.contain(
      `Could not get the user group (${missing}): it does not exist in the account ${accountId}`,
    );
  });

  it("does not treat a 403 or a proxy's page as not found", async () => {
    const { id, outs, simulator } = await setUpGroup();
    const unauthorized = await simulateAccount({}, "a-token-that-nobody-gave");
    const { message } = await catchError(unauthorized.userGroup.read(id, outs));
    expect(message).to.contain(`Could not read the user group "Admins" (${id})`);
    expect(message).to.contain("refresh and destroy use the credential in the stack's state");
    const proxied = await scriptResponses(html(404), json(404, { error: "no such page" }));
    expect((await catchError(proxied.userGroup.read(id, outs))).message).to.contain("text/html");
    expect((await catchError(proxied.userGroup.read(id, outs))).message).to.contain("404");
    expect(simulator.account().userGroups()).to.have.length(1);
  });
});

describe("UserGroup.delete", () => {
  afterEach(closeAccounts);

  it("deletes the group with one request and accepts a missing group", async () => {
    const { simulator, account, userGroup, id, outs } = await setUpGroup();
    const { calls } = await recordRequests(simulator, () => userGroup.delete(id, outs));
    expect(calls).to.deep.equal([`DELETE /iam/user_groups/${id}`]);
    expect(account.userGroups()).to.deep.equal([]);
    await userGroup.delete(id, outs);
  });

  it("accepts a null result", async () => {
    const { outs } = await setUpGroup();
    const { userGroup, server } = await scriptResponses(success(null));
    await userGroup.delete(missing, outs);
    expect(server.requests).to.have.length(1);
  });

  it("fails when the request is rejected or a proxy responds", async () => {
    const { outs } = await setUpGroup();
    const { userGroup } = await scriptResponses(html(404));
    expect((await catchError(userGroup.delete(missing, outs))).message).to.contain("text/html");
    const unauthorized = await simulateAccount({}, readOnlyToken);
    const { message } = await catchError(unauthorized.userGroup.delete(missing, outs));
    expect(message).to.contain(`Could not delete the user group "Admins" (${missing})`).and.to.contain("--run-program");
  });
});
