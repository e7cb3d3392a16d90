import type { CustomResourceOptions } from "@pulumi/pulumi";
import { expect } from "chai";
import type { UserGroupPolicyArgs } from "../../provider";
import { cleanUp, createTestStack, members, permissionGroups, recordRequests, resourceGroups } from "./account";
import type { Program } from "./pulumiProject";

interface Desired {
  groupId: string;
  policies: UserGroupPolicyArgs[];
  /** The resource's name in the program. */
  name?: string;
  /** Whether the program has a `UserGroup` for the group. */
  ownsGroup?: boolean;
  options?: CustomResourceOptions;
}

const program: Program<Desired> = (
  { UserGroup, UserGroupPolicies },
  { groupId, policies, name = "one", ownsGroup, options },
) => {
  if (ownsGroup) new UserGroup("group", { name: "Engineers", policies }, { import: groupId });
  return { policies: new UserGroupPolicies(name, { userGroupId: groupId, policies }, options).policies };
};

const policyOf = (...ids: string[]) => ({
  access: "allow" as const,
  permissionGroups: ids.map((id) => ({ id })),
  resourceGroups: [{ id: resourceGroups.zone }, { id: resourceGroups.account }],
});
const { zoneRead, dnsRead, dnsWrite } = permissionGroups;

describe("UserGroupPolicies", () => {
  afterEach(cleanUp);

  it("sets, repairs, changes and removes the policies of an identity provider's group", async () => {
    const testStack = await createTestStack();
    const { project, account } = testStack;
    const group = account.addUserGroup({ name: "Engineers", members: [members.zoe], scim_managed: true });
    const groupId = group.id;
    const permissionsOf = () =>
      account.userGroup(groupId).policies.map((policy) => policy.permission_groups.map(({ id }) => id).sort());
    const policies = [policyOf(zoneRead, dnsRead), policyOf(dnsWrite)];

    await project.write(program, { groupId, policies });
    await project.up();
    expect(permissionsOf()).to.have.deep.members([[zoneRead, dnsRead].sort(), [dnsWrite]]);
    expect((await project.outputs()).policies).to.deep.equal(policies);

    account.editUserGroup(groupId, { name: "Renamed by the provider", policies: [] });
    const repair = await recordRequests(testStack, () => project.up("--refresh"));
    expect(repair).to.have.members(["GET …/user_groups/{id} ×1", "PUT …/user_groups/{id} ×1"]);
    expect(permissionsOf()).to.have.length(2);

    // A rename without an alias creates the new resource first, and must not clear what it has set.
    await project.write(program, { groupId, policies: [policyOf(dnsWrite)], name: "two" });
    expect(await project.up())
      .to.include("Removed policies")
      .and.to.include("Keeping the policies");
    expect(permissionsOf()).to.deep.equal([[dnsWrite]]);

    await project.destroy();
    expect(permissionsOf()).to.deep.equal([]);
    expect(account.userGroup(groupId).name).to.equal("Renamed by the provider");
    expect(account.groupMembers(groupId)).to.have.length(1);
  });

  it("is rejected beside a UserGroup of the same group, and takes its policies over", async () => {
    const testStack = await createTestStack();
    const { project, account } = testStack;
    const { id: groupId } = account.addUserGroup({ name: "Engineers" });
    const desired = { groupId, policies: [], options: { import: groupId } };
    const groupOnly: Program<Desired> = ({ UserGroup }, { groupId, policies }) => {
      new UserGroup("group", { name: "Engineers", policies }, { import: groupId });
    };
    await project.write(groupOnly, desired);
    await project.up();
    await project.write(program, { ...desired, ownsGroup: true });
    expect(await project.fail("preview")).to.include("the two undo each other");
    await project.write(program, desired);
    const calls = await recordRequests(testStack, () => project.up());
    expect(calls, "the group itself stays").to.deep.equal(["GET …/user_groups/{id} ×1"]);
    expect(account.userGroups()).to.have.length(1);
  });
});
