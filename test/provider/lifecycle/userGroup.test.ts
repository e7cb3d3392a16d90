import { expect } from "chai";
import type { UserGroupPolicy } from "../../../provider";
import { html, json, success } from "../cloudflare/scriptedServer";
import {
  accountId,
  callsOf,
  closeAccounts,
  errorOf,
  expectNoUndefined,
  permissionGroups,
  readOnlyToken,
  resourceGroups,
  scripted,
  simulated,
} from "./online";

const ids = (...all: string[]) => all.map((id) => ({ id }));
const { zoneRead, dnsRead, dnsWrite, networkMonitoring } = permissionGroups;

// The simulator answers permission groups newest first, resource groups by id and policies newest first: none of these.
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
const wire = [dns, network].map(({ access, permissionGroups, resourceGroups }) => ({
  access,
  permission_groups: [...permissionGroups],
  resource_groups: resourceGroups.map(({ id = "" }) => ({ id })),
}));
const missing = "f".repeat(32);

async function withGroup(wanted: typeof inputs = inputs) {
  const scene = await simulated();
  const { id, outs } = await scene.userGroup.create(wanted);
  if (!outs) throw new Error("The creation gave no outputs.");
  return { ...scene, id, outs };
}

describe("create of a UserGroup", () => {
  afterEach(closeAccounts);

  it("makes the group with one call and returns it in the program's order", async () => {
    const { simulator, account, userGroup } = await simulated();
    const { result, calls } = await callsOf(simulator, () => userGroup.create(inputs));
    expect(calls).to.deep.equal([["POST /iam/user_groups", { name: "Admins", policies: wire }]]);
    const group = account.userGroup(result.id);
    expect(group.policies).to.have.length(2);
    expect(result.outs).to.deep.equal({ ...inputs, createdOn: group.created_on, modifiedOn: group.modified_on });
    expectNoUndefined(result);
  });

  it("sends the name alone where there are no policies", async () => {
    const { simulator, userGroup } = await simulated();
    const { result, calls } = await callsOf(simulator, () => userGroup.create({ ...inputs, policies: [] }));
    expect(calls).to.deep.equal([["POST /iam/user_groups", { name: "Admins" }]]);
    expect(result.outs?.policies).to.deep.equal([]);
  });

  it("gives an empty list where Cloudflare answers null, and null references", async () => {
    const group = { id: missing, name: "Admins", created_on: "a", modified_on: "b" };
    for (const policies of [null, undefined, []]) {
      const { userGroup } = await scripted(success({ ...group, policies }));
      const result = await userGroup.create({ ...inputs, policies: [] });
      expect(result.outs?.policies).to.deep.equal([]);
      expectNoUndefined(result);
    }
    const { userGroup } = await scripted(
      success({ ...group, policies: [{ access: "allow", permission_groups: null }] }),
    );
    expect((await userGroup.create(inputs)).outs?.policies).to.deep.equal([
      { access: "allow", permissionGroups: [], resourceGroups: [] },
    ]);
  });

  it("says which group it was when the name is taken", async () => {
    const { userGroup } = await withGroup();
    const { message } = await errorOf(userGroup.create(inputs));
    expect(message)
      .to.contain('Could not create the user group "Admins": POST /accounts/')
      .and.to.contain("(at /name)");
    expect(message).to.contain("User group name 'Admins' is already in use");
  });

  it("keeps the id, the inputs and the code of a group whose answer cannot be read", async () => {
    const { userGroup } = await scripted(success({ id: missing, name: "Admins" }));
    const withCode = { ...inputs, __provider: "code" };
    const error = await errorOf(userGroup.create(withCode));
    expect(error).to.include({ id: missing });
    expect(error).to.have.deep.property("properties", withCode);
    expect(error).to.have.deep.property("reasons", [error.message]);
    expect(error.message).to.contain('Could not create the user group "Admins"').and.to.contain("created_on");
  });

  it("does not speak of a stored credential when the given one is not allowed", async () => {
    const { userGroup } = await simulated({}, readOnlyToken);
    const { message } = await errorOf(userGroup.create(inputs));
    expect(message).to.contain('give the credential the permission "SCIM Provisioning" or "Account Settings Write"');
    expect(message).not.to.contain("--run-program");
  });
});

describe("read of a UserGroup", () => {
  afterEach(closeAccounts);

  it("gives what is stored in the order in which it is stored, with one call", async () => {
    const { simulator, userGroup, id, outs } = await withGroup();
    const { result, calls } = await callsOf(simulator, () => userGroup.read(id, outs));
    expect(calls).to.deep.equal([`GET /iam/user_groups/${id}`]);
    expect(result).to.deep.equal({ id, props: outs, inputs });
    expectNoUndefined(result);
  });

  it("shows in the inputs what was changed elsewhere", async () => {
    const { account, userGroup, id, outs } = await withGroup();
    const group = account.editUserGroup(id, { name: "Renamed", policies: wire.slice(1) });
    const { inputs: read, props } = await userGroup.read(id, outs);
    expect(read).to.deep.equal({ accountId, name: "Renamed", policies: [network] });
    expect(props.modifiedOn).to.equal(group.modified_on);
  });

  it("reads a group that something else manages from nothing but its id", async () => {
    const { userGroup, id, outs } = await withGroup();
    for (const stored of [undefined, {}, { accountId }]) {
      const { props } = await userGroup.read(id, stored);
      expect(props).to.include({ accountId, name: "Admins", createdOn: outs.createdOn });
      expect(props.policies).to.have.length(2);
      expectNoUndefined(props);
    }
  });

  it("blanks the id of a managed group that is gone, and fails for a get", async () => {
    const { userGroup, outs } = await withGroup();
    expect(await userGroup.read(missing, outs)).to.deep.equal({ id: "" });
    const { message } = await errorOf(userGroup.read(missing, { accountId }));
    expect(message).to.contain(
      `Could not get the user group (${missing}): it does not exist in the account ${accountId}`,
    );
  });

  it("does not take a refusal or a proxy's page for a group that is gone", async () => {
    const { id, outs, simulator } = await withGroup();
    const stranger = await simulated({}, "a-token-that-nobody-gave");
    const { message } = await errorOf(stranger.userGroup.read(id, outs));
    expect(message).to.contain(`Could not read the user group "Admins" (${id})`);
    expect(message).to.contain("refresh and destroy use the credential in the stack's state");
    const proxied = await scripted(html(404), json(404, { error: "no such page" }));
    expect((await errorOf(proxied.userGroup.read(id, outs))).message).to.contain("text/html");
    expect((await errorOf(proxied.userGroup.read(id, outs))).message).to.contain("404");
    expect(simulator.account().userGroups()).to.have.length(1);
  });
});

describe("delete of a UserGroup", () => {
  afterEach(closeAccounts);

  it("takes the group away with one call, and is done where it is gone", async () => {
    const { simulator, account, userGroup, id, outs } = await withGroup();
    const { calls } = await callsOf(simulator, () => userGroup.delete(id, outs));
    expect(calls).to.deep.equal([`DELETE /iam/user_groups/${id}`]);
    expect(account.userGroups()).to.deep.equal([]);
    await userGroup.delete(id, outs);
  });

  it("takes a result of null for done", async () => {
    const { outs } = await withGroup();
    const { userGroup, server } = await scripted(success(null));
    await userGroup.delete(missing, outs);
    expect(server.requests).to.have.length(1);
  });

  it("fails where it is refused or a proxy answers, and leaves the group in the state", async () => {
    const { outs } = await withGroup();
    const { userGroup } = await scripted(html(404));
    expect((await errorOf(userGroup.delete(missing, outs))).message).to.contain("text/html");
    const stranger = await simulated({}, readOnlyToken);
    const { message } = await errorOf(stranger.userGroup.delete(missing, outs));
    expect(message).to.contain(`Could not delete the user group "Admins" (${missing})`).and.to.contain("--run-program");
  });
});
