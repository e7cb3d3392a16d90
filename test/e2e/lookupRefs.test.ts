import { expect } from "chai";
import { cleanUp, createTestStack, members, permissionGroups, resourceGroups } from "./account";
import type { Program } from "./pulumiProject";

/** A program that passes results and outputs on as they are. */
const program: Program<{ ownerId: string }> = (package_, { ownerId }) => {
  const { getAccountMemberOutput, getPermissionGroupOutput, getResourceGroupOutput, getUserGroupMembersOutput } =
    package_;
  const { UserGroup, UserGroupMembers, UserGroupPolicies } = package_;
  const first = new UserGroup("first", {
    name: "First",
    policies: [
      {
        access: "allow",
        permissionGroups: [getPermissionGroupOutput({ name: "DNS Read" })],
        resourceGroups: [getResourceGroupOutput({ name: "example.com" }), { account: true }],
      },
    ],
  });
  const second = new UserGroup("second", { name: "Second", policies: first.policies });
  new UserGroupPolicies("owner", { userGroupId: ownerId, policies: second.policies });
  const people = new UserGroupMembers("first", {
    userGroupId: first.id,
    members: [getAccountMemberOutput({ email: "zoe@example.com" }), { email: "adam@example.com" }],
  });
  new UserGroupMembers("second", { userGroupId: second.id, members: people.members });
  const ofOwner = getUserGroupMembersOutput({ userGroupId: ownerId }).members;
  const third = new UserGroup("third", { name: "Third" });
  new UserGroupMembers("third", { userGroupId: third.id, members: ofOwner });
};

describe("The results of lookups and outputs in arguments", () => {
  afterEach(cleanUp);

  it("are what the groups get, and show no difference afterwards", async () => {
    const { project, account } = await createTestStack();
    const { id: ownerId } = account.addUserGroup({ name: "Owner", members: [members.ben] });
    await project.write(program, { ownerId });
    expect(await project.preview()).to.include("8 to create");
    await project.up();
    const groups = Object.fromEntries(account.userGroups().map((group) => [group.name, group]));
    for (const name of ["First", "Second", "Owner"]) {
      const [policy, ...others] = groups[name]?.policies ?? [];
      expect(others, name).to.deep.equal([]);
      expect(policy?.permission_groups.map(({ id }) => id)).to.deep.equal([permissionGroups.dnsRead]);
      expect(policy?.resource_groups.map(({ id }) => id))
        .to.have.length(2)
        .and.to.include(resourceGroups.zone);
    }
    const peopleIn = (name: string) => account.groupMembers(groups[name]?.id ?? "").map(({ id }) => id);
    expect(peopleIn("First")).to.have.members([members.zoe, members.adam]);
    expect(peopleIn("Second")).to.have.members([members.zoe, members.adam]);
    expect(peopleIn("Third")).to.deep.equal([members.ben]);
    const sets = (await project.resources()).filter(({ type }) => type.endsWith(":UserGroupMembers"));
    const inputs = Object.fromEntries(sets.map((set) => [set.urn.split("::").at(-1), set.inputs?.members]));
    expect(inputs).to.deep.equal({
      first: [{ id: members.zoe }, { email: "adam@example.com" }],
      second: [{ id: members.zoe }, { id: members.adam }],
      third: [{ id: members.ben }],
    });
    await project.up("--refresh", "--expect-no-changes");
  });
});
