import { expect } from "chai";
import { anotherProject, clearScenes, members, permissionGroups, resourceGroups, setScene } from "./account";
import type { Program } from "./pulumiProject";

interface Wanted {
  id: string;
  name: string;
  permission: string;
  members: string[];
}

const takesOver: Program<Wanted> = ({ UserGroup, UserGroupMembers }, wanted) => {
  const policies = [
    {
      access: "allow" as const,
      permissionGroups: [{ id: wanted.permission }],
      resourceGroups: [{ id: "6d7f2f5f5b1d4a0e9081fdc98d432fd1" }],
    },
  ];
  const group = new UserGroup("group", { name: wanted.name, policies }, { import: wanted.id });
  const ids = wanted.members.map((id) => ({ id }));
  new UserGroupMembers("people", { userGroupId: group.id, members: ids }, { import: wanted.id });
};

describe("Two programs on one account", () => {
  afterEach(clearScenes);

  it("keeps different changes and shows conflicting ones as drift", async () => {
    const scene = await setScene();
    const { project: one, account } = scene;
    const other = await anotherProject(scene);
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
    const wanted: Wanted = { id, name: "Admins", permission: permissionGroups.dnsRead, members: [members.adam] };
    for (const project of [one, other]) {
      await project.write(takesOver, wanted);
      await project.up();
    }

    await one.write(takesOver, { ...wanted, name: "Administrators" });
    await other.write(takesOver, { ...wanted, permission: permissionGroups.dnsWrite });
    await Promise.all([one.up(), other.up()]);
    expect(account.userGroup(id).name).to.equal("Administrators");
    expect(account.userGroup(id).policies?.[0]?.permission_groups?.map((group) => group.id)).to.deep.equal([
      permissionGroups.dnsWrite,
    ]);

    // The members are one set, so the last write wins and the other program's drift check reports it.
    await one.write(takesOver, { ...wanted, name: "Administrators", members: [members.adam, members.zoe] });
    await one.up();
    await other.write(takesOver, { ...wanted, permission: permissionGroups.dnsWrite, members: [members.ben] });
    await other.up();
    const drift = await one.fail("refresh", "--preview-only", "--expect-no-changes", "--diff");
    expect(drift).to.include(members.ben).and.to.include(permissionGroups.dnsWrite);
  });
});
