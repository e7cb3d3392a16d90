import { expect } from "chai";
import { cleanUp, createSecondProject, createTestStack, members, permissionGroups, resourceGroups } from "./account";
import type { Program } from "./pulumiProject";

interface Desired {
  id: string;
  name: string;
  permission: string;
  members: string[];
}

const importingProgram: Program<Desired> = ({ UserGroup, UserGroupMembers }, desired) => {
  const policies = [
    {
      access: "allow" as const,
      permissionGroups: [{ id: desired.permission }],
      resourceGroups: [{ id: "6d7f2f5f5b1d4a0e9081fdc98d432fd1" }],
    },
  ];
  const group = new UserGroup("group", { name: desired.name, policies }, { import: desired.id });
  const ids = desired.members.map((id) => ({ id }));
  new UserGroupMembers("people", { userGroupId: group.id, members: ids }, { import: desired.id });
};

describe("Two programs on one account", () => {
  afterEach(cleanUp);

  it("keep different changes and show conflicting ones as drift", async () => {
    const testStack = await createTestStack();
    const { project: one, account } = testStack;
    const other = await createSecondProject(testStack);
    const { id } = account.addUserGroup({
      name: "Admins",
      policies: [
        {
          access: "allow",
          permission_groups: [{ id: permissionGroups.dnsRead }],
          resource_groups: [{ id: resourceGroups.account }],
        },
      ],
      members: [members.adam],
    });
    const desired: Desired = { id, name: "Admins", permission: permissionGroups.dnsRead, members: [members.adam] };
    for (const project of [one, other]) {
      await project.write(importingProgram, desired);
      await project.up();
    }

    await one.write(importingProgram, { ...desired, name: "Administrators" });
    await other.write(importingProgram, { ...desired, permission: permissionGroups.dnsWrite });
    await Promise.all([one.up(), other.up()]);
    expect(account.userGroup(id).name).to.equal("Administrators");
    expect(account.userGroup(id).policies?.[0]?.permission_groups?.map((group) => group.id)).to.deep.equal([
      permissionGroups.dnsWrite,
    ]);

    // The members are one set, so the last write wins and the other program's drift check reports it.
    await one.write(importingProgram, { ...desired, name: "Administrators", members: [members.adam, members.zoe] });
    await one.up();
    await other.write(importingProgram, { ...desired, permission: permissionGroups.dnsWrite, members: [members.ben] });
    await other.up();
    const drift = await one.fail("refresh", "--preview-only", "--expect-no-changes", "--diff");
    expect(drift).to.include("ben@example.com").and.to.include(permissionGroups.dnsWrite);
  });
});
