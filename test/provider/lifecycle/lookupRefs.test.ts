import { expect } from "chai";
import type {
  GetAccountMemberResult,
  GetPermissionGroupResult,
  GetResourceGroupResult,
  UserGroupMembersMember,
} from "../../../provider";
import { accountId, createOfflineLifecycles, formatFailures, idOf, ids, unknown } from "./offline";

const scope = { key: `com.cloudflare.api.account.${accountId}`, objects: [{ key: "*" }] };
const permissionGroup: Required<GetPermissionGroupResult> = {
  accountId,
  id: idOf(1),
  name: "DNS Read",
  label: "dns_read",
  scopes: "com.cloudflare.api.account.zone",
};
const resourceGroup: Required<GetResourceGroupResult> = { accountId, id: idOf(2), name: "example.com", scope };
const accountMember: Required<GetAccountMemberResult> = {
  accountId,
  id: idOf(3),
  email: "ada@example.com",
  status: "accepted",
};
const groupMember: Required<UserGroupMembersMember> = { id: idOf(4), email: "ben@example.com", status: "pending" };

const policyWith = (permissionGroups: unknown, resourceGroups: unknown) => ({
  access: "allow",
  permissionGroups,
  resourceGroups,
});
const misspelled = "is not a property of this resource: check the spelling";

describe("The results of lookups and outputs", () => {
  const checkGroup = (...policies: unknown[]) =>
    createOfflineLifecycles().userGroup.check({}, { name: "Admins", policies });
  const checkMembers = (members: unknown) =>
    createOfflineLifecycles().userGroupMembers.check({}, { userGroupId: idOf(9), members });

  it("become ids in the policies of both resources that have policies", async () => {
    const policies = [policyWith([permissionGroup], [resourceGroup])];
    const expected = [policyWith(ids(1), ids(2))];
    const group = await createOfflineLifecycles().userGroup.check({}, { name: "Admins", policies });
    expect(group.failures).to.deep.equal([]);
    expect(group.inputs).to.deep.equal({ accountId, name: "Admins", policies: expected });
    const { userGroupPolicies } = createOfflineLifecycles();
    const { inputs, failures } = await userGroupPolicies.check({}, { userGroupId: idOf(9), policies });
    expect(failures).to.deep.equal([]);
    expect(inputs).to.deep.equal({ accountId, userGroupId: idOf(9), policies: expected });
  });

  it("become ids among members, and the id decides when there is an email too", async () => {
    const { email } = groupMember;
    const members = [accountMember, groupMember, { id: idOf(5), email }, { email }];
    const { inputs, failures } = await checkMembers(members);
    expect(failures).to.deep.equal([]);
    expect(inputs.members).to.deep.equal([...ids(3, 4, 5), { email }]);
  });

  it("are the same element as their id", async () => {
    expect(formatFailures(await checkMembers([accountMember, ...ids(3)]))).to.deep.equal([
      `members[1]: is the same person (${idOf(3)}) as [0]: list each element once`,
    ]);
    const repeated = policyWith([permissionGroup, ...ids(1)], [resourceGroup, ...ids(2)]);
    expect(formatFailures(await checkGroup(repeated))).to.deep.equal([
      "policies[0].permissionGroups[1]: is the same as [0]: list each element once",
      "policies[0].resourceGroups[1]: is the same as [0]: list each element once",
    ]);
  });

  it("are rejected when their id is invalid or a property is misspelled", async () => {
    const wrong = policyWith([{ ...permissionGroup, id: "short" }], [{ ...resourceGroup, nmae: "example.com" }]);
    expect(formatFailures(await checkGroup(wrong))).to.deep.equal([
      'policies[0].permissionGroups[0].id: must be an id of 32 characters, not "short"',
      `policies[0].resourceGroups[0].nmae: ${misspelled}`,
    ]);
    expect(formatFailures(await checkMembers([{ ...accountMember, emial: "" }]))).to.deep.equal([
      `members[0].emial: ${misspelled}`,
    ]);
    expect(formatFailures(await checkGroup(policyWith([{ ...permissionGroup, email: "" }], ids(2))))).to.deep.equal([
      `policies[0].permissionGroups[0].email: ${misspelled}`,
    ]);
  });

  it("differ from a program's own resource group with an id and a scope", async () => {
    expect(formatFailures(await checkGroup(policyWith(ids(1), [{ id: idOf(2), scope }])))).to.deep.equal([
      "policies[0].resourceGroups[0].scope: is set beside id: give one of the two",
    ]);
    expect(formatFailures(await checkGroup(policyWith(ids(1), [{ ...resourceGroup, account: true }])))).to.deep.equal([
      "policies[0].resourceGroups[0].account: must be true, and stand alone",
    ]);
  });

  it("pass during a preview while they are unknown, in part or as a whole", async () => {
    for (const policies of [
      unknown,
      [unknown],
      [policyWith(unknown, unknown)],
      [policyWith([unknown], [unknown])],
      [policyWith([{ ...permissionGroup, id: unknown }], [{ ...resourceGroup, id: unknown }])],
      [policyWith([{ ...permissionGroup, name: unknown }], [{ ...resourceGroup, scope: unknown }])],
    ]) {
      const { userGroup } = createOfflineLifecycles();
      expect(formatFailures(await userGroup.check({}, { name: "Admins", policies }))).to.deep.equal([]);
    }
    for (const members of [
      unknown,
      [unknown],
      [{ ...accountMember, id: unknown }],
      [{ ...accountMember, email: unknown }],
    ])
      expect(formatFailures(await checkMembers(members))).to.deep.equal([]);
  });

  it("show no difference to a state that has only their ids", async () => {
    const { userGroup, userGroupMembers } = createOfflineLifecycles();
    const stored = { accountId, name: "Admins", policies: [policyWith(ids(1), ids(2))] };
    const policies = [policyWith([permissionGroup], [resourceGroup])];
    const { inputs } = await userGroup.check(stored, { ...stored, policies });
    expect(inputs).to.deep.equal(stored);
    const set = { accountId, userGroupId: idOf(9), members: ids(3, 4) };
    const checked = await userGroupMembers.check(set, { ...set, members: [groupMember, accountMember] });
    expect(checked.inputs).to.deep.equal(set);
  });
});
