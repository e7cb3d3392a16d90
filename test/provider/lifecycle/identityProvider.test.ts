import { expect } from "chai";
import {
  accountId,
  catchError,
  closeAccounts,
  createLifecycles,
  members,
  permissionGroups,
  readOnlyToken,
  resourceGroups,
  simulateAccount,
} from "./online";

const { zoe, adam } = members;
const policy = {
  access: "allow" as const,
  permissionGroups: [{ id: permissionGroups.zoneRead }],
  resourceGroups: [{ id: resourceGroups.account }],
};
const hint = "may belong to an identity provider (SCIM)";

/** A group that an identity provider owns, and the changes that only this provider may make. */
async function withOwnedGroup(scimRejection: "status-403" | "status-400" = "status-403") {
  const scene = await simulateAccount({ scimRejection });
  const { id } = scene.account.addUserGroup({ name: "From the provider", members: [zoe], scim_managed: true });
  const { userGroup, userGroupMember, userGroupMembers } = scene;
  const outs = { accountId, name: "From the provider", policies: [], createdOn: "a", modifiedOn: "b" };
  const renamed = { accountId, name: "Renamed", policies: [] };
  const single = { accountId, userGroupId: id, memberId: adam };
  const set = { accountId, userGroupId: id, members: [{ id: zoe }] };
  const rename = () => userGroup.update(id, outs, renamed);
  const changes = {
    deletion: () => userGroup.delete(id, outs),
    "a new set of members": () => userGroupMembers.create({ ...set, members: [{ id: adam }], removeOthers: true }),
    "another set of members": () => userGroupMembers.update(id, set, { ...set, members: [] }),
    "an empty set of members": () => userGroupMembers.delete(id, set),
    "a new member": () => userGroupMember.create(single),
    "one member less": () => userGroupMember.delete(`${id}/${zoe}`, { ...single, memberId: zoe }),
  };
  return { ...scene, id, outs, rename, changes };
}

describe("A change of a user group that an identity provider owns", () => {
  afterEach(closeAccounts);

  for (const rejection of ["status-403", "status-400"] as const)
    it(`fails with a hint at the provider, with ${rejection}`, async () => {
      const { account, id, rename, changes } = await withOwnedGroup(rejection);
      for (const [what, change] of Object.entries({ rename, ...changes }))
        expect((await catchError(change())).message, what)
          .to.contain(hint)
          .and.to.contain("`pulumi state delete <urn>`");
      expect(account.userGroup(id).name).to.equal("From the provider");
      expect(account.groupMembers(id)).to.have.length(1);
    });

  it("gets the hint that fits what was changed", async () => {
    const { rename, changes } = await withOwnedGroup();
    expect((await catchError(rename())).message)
      .to.contain("manage only its policies, with a UserGroupPolicies")
      .and.to.contain("give the credential the permission");
    expect((await catchError(changes.deletion())).message).to.contain("`retainOnDelete`");
    expect((await catchError(changes["a new member"]())).message).to.contain("change its members there");
  });

  it("may be a change of its policies", async () => {
    const { account, userGroup, id, outs } = await withOwnedGroup();
    await userGroup.update(id, outs, { accountId, name: outs.name, policies: [policy] });
    expect(account.userGroup(id).policies).to.have.length(1);
  });
});

describe("A rejection that something else explains", () => {
  afterEach(closeAccounts);

  it("gets no hint for a name in use or an unknown member", async () => {
    const { account, userGroup, userGroupMember } = await simulateAccount();
    account.addUserGroup({ name: "Taken" });
    const { id } = account.addUserGroup({ name: "Admins" });
    const outs = { accountId, name: "Admins", policies: [], createdOn: "a", modifiedOn: "b" };
    const rename = userGroup.update(id, outs, { accountId, name: "Taken", policies: [] });
    const stranger = userGroupMember.create({ accountId, userGroupId: id, memberId: "f".repeat(32) });
    for (const change of [rename, stranger]) expect((await catchError(change)).message).to.not.contain("SCIM):");
  });

  it("gets no hint after a wrong token, rejected policies or an outage", async () => {
    const { simulator, rename, userGroup, id, outs } = await withOwnedGroup();
    simulator.faults.add({ method: "PUT", fault: { status: 401 } });
    simulator.faults.add({ method: "PUT", fault: { status: 409, message: "The name already exists" } });
    simulator.faults.add({ method: "PUT", fault: { status: 501 } });
    for (let fault = 0; fault < 3; fault++) expect((await catchError(rename())).message).to.not.contain("SCIM):");
    const wrong = { ...policy, permissionGroups: [{ id: "f".repeat(32) }] };
    const update = userGroup.update(id, outs, { accountId, name: outs.name, policies: [wrong] });
    expect((await catchError(update)).message).to.not.contain("SCIM):");
  });

  it("keeps the advice on a stored credential before the hint", async () => {
    const { simulator, id, outs } = await withOwnedGroup();
    const { userGroup } = createLifecycles(simulator.url, readOnlyToken);
    const { message } = await catchError(userGroup.delete(id, outs));
    expect(message).to.match(
      /--run-program; otherwise give the credential the permission .* If that is not it, .*SCIM/,
    );
  });

  it("says which members can join no group when their roles are not domain-scoped", async () => {
    const { account, userGroupMembers } = await simulateAccount();
    const { id: member } = account.addMember({
      id: "a".repeat(32),
      email: "a@example.com",
      domain_scoped_roles: false,
    });
    const { id } = account.addUserGroup({ name: "Admins" });
    const set = { accountId, userGroupId: id, members: [{ id: member }] };
    const { message } = await catchError(userGroupMembers.create(set));
    expect(message)
      .to.contain("only members who support domain-scoped roles (DSR) can join a user group")
      .and.to.not.contain("SCIM):");
  });
});
