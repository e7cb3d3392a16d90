import { expect } from "chai";
import { accountId, createOfflineLifecycles, formatFailures, idOf, ids, unknown } from "./offline";

// Each check belongs to another run, because two resources of one run may not set the policies of the same group.
const check = (inputs: Record<string, unknown>) => createOfflineLifecycles().userGroupPolicies.check({}, inputs);
const userGroupId = idOf(9);
const policy = { access: "allow" as const, permissionGroups: ids(1, 2), resourceGroups: ids(3) };
const policies = [policy];
const outs = { accountId, userGroupId, policies };
const group = { accountId, name: "Admins", policies: [] };
const groupOuts = { ...group, createdOn: "a", modifiedOn: "b" };

describe("UserGroupPolicies.check", () => {
  it("accepts policies and an empty list, and completes the account", async () => {
    expect(await check({ userGroupId, policies, __provider: "code" })).to.deep.equal({
      inputs: { accountId, userGroupId, policies },
      failures: [],
    });
    expect(formatFailures(await check({ userGroupId, policies: [] }))).to.deep.equal([]);
  });

  it("requires the list, because without it every policy would be removed", async () => {
    expect(formatFailures(await check({ userGroupId }))).to.deep.equal(["policies: is required"]);
  });

  it("rejects what a UserGroup rejects, and a name", async () => {
    const inputs = { name: "Admins", userGroupId: "short", policies: [policy, { access: "permit" }, policy] };
    expect(formatFailures(await check(inputs))).to.deep.equal([
      "name: is not a property of this resource: check the spelling",
      'policies[1].access: must be allow or deny, not "permit"',
      "policies[1].permissionGroups: is required",
      "policies[1].resourceGroups: is required",
      "policies[2]: is the same as [0]: list each element once",
      'userGroupId: must be an id of 32 characters, not "short"',
    ]);
  });

  it("accepts unknown values", async () => {
    expect(formatFailures(await check({ userGroupId: unknown, policies: unknown }))).to.deep.equal([]);
    expect(formatFailures(await check({ userGroupId, policies: [unknown] }))).to.deep.equal([]);
  });
});

describe("UserGroupPolicies.diff", () => {
  const diff = (news: object) =>
    createOfflineLifecycles().userGroupPolicies.diff(userGroupId, outs, { ...outs, ...news });

  it("ignores the order of policies and of their groups", async () => {
    const other = { ...policy, access: "deny" as const };
    const turned = { ...policy, permissionGroups: ids(2, 1) };
    const { userGroupPolicies } = createOfflineLifecycles();
    const stored = { ...outs, policies: [policy, other] };
    expect(await userGroupPolicies.diff(userGroupId, stored, { ...outs, policies: [other, turned] })).to.deep.equal({
      changes: false,
    });
  });

  it("changes policies in place, and replaces for another group or account", async () => {
    expect((await diff({ policies: [] })).replaces).to.deep.equal([]);
    expect((await diff({ userGroupId: idOf(8) })).replaces).to.deep.equal(["userGroupId"]);
    expect((await diff({ accountId: idOf(7) })).replaces).to.deep.equal(["accountId"]);
    expect((await diff({ userGroupId: unknown })).replaces).to.deep.equal(["userGroupId"]);
  });
});

describe("Two resources that set the policies of one group", () => {
  const twoSets = "is the group of two UserGroupPolicies of this program";
  const alsoUserGroup = "is also a UserGroup of this program, and the two undo each other";
  const alsoPolicies = "is also the group of a UserGroupPolicies of this program, and the two undo each other";

  it("fail the preview when both are UserGroupPolicies", async () => {
    const { userGroupPolicies } = createOfflineLifecycles();
    await userGroupPolicies.check({}, { userGroupId, policies });
    expect(formatFailures(await userGroupPolicies.check({}, { userGroupId, policies: [] }))[0]).to.contain(twoSets);
  });

  it("fail the preview when the state has one of them already", async () => {
    const { userGroupPolicies } = createOfflineLifecycles();
    const { inputs } = await userGroupPolicies.check(outs, { userGroupId, policies });
    await userGroupPolicies.diff(userGroupId, outs, inputs);
    expect(formatFailures(await userGroupPolicies.check({}, { userGroupId, policies: [] }))[0]).to.contain(twoSets);
  });

  it("fail the preview when an existing UserGroup comes first", async () => {
    const { userGroup, userGroupPolicies } = createOfflineLifecycles();
    const { inputs } = await userGroup.check(groupOuts, group);
    await userGroup.diff(userGroupId, groupOuts, inputs);
    expect(formatFailures(await userGroupPolicies.check({}, { userGroupId, policies }))[0]).to.contain(alsoUserGroup);
  });

  it("fail the preview when an existing UserGroup comes last", async () => {
    const { userGroup, userGroupPolicies } = createOfflineLifecycles();
    await userGroupPolicies.check({}, { userGroupId, policies });
    const { inputs } = await userGroup.check(groupOuts, group);
    const error = await userGroup.diff(userGroupId, groupOuts, inputs).catch((error: Error) => error);
    expect(error).to.be.an("error").with.property("message").that.contains(alsoPolicies);
  });

  it("fail the preview when a UserGroup imports the group, in both orders", async () => {
    const importing = { ...group, importId: userGroupId };
    const before = createOfflineLifecycles();
    await before.userGroup.check({}, importing);
    const after = createOfflineLifecycles();
    expect(formatFailures(await before.userGroupPolicies.check({}, { userGroupId, policies }))[0]).to.contain(
      alsoUserGroup,
    );
    await after.userGroupPolicies.check({}, { userGroupId, policies });
    expect(formatFailures(await after.userGroup.check({}, importing))[0]).to.contain(alsoPolicies);
  });

  it("pass during a refresh and for other groups", async () => {
    const { userGroup, userGroupPolicies } = createOfflineLifecycles();
    await userGroup.diff(userGroupId, groupOuts, group);
    await userGroupPolicies.diff(userGroupId, outs, outs);
    await userGroupPolicies.diff(userGroupId, outs, outs);
    expect(formatFailures(await userGroupPolicies.check({}, { userGroupId, policies }))).to.deep.equal([]);
    expect(formatFailures(await userGroupPolicies.check({}, { userGroupId: idOf(8), policies }))).to.deep.equal([]);
    const { inputs } = await userGroup.check(groupOuts, { ...group, name: "Others" });
    expect(await userGroup.diff(idOf(7), { ...groupOuts, name: "Others" }, inputs)).to.deep.equal({ changes: false });
  });
});
