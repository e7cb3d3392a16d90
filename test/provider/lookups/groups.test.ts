import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  getDeploymentGroup,
  getDeploymentGroups,
  getUserGroup,
  getUserGroupMembers,
  getUserGroupMembersOutput,
  getUserGroupOutput,
  getUserGroups,
} from "../../../provider";
import { catchError } from "../lifecycle/online";
import {
  accountId,
  changeSeed,
  endPrograms,
  idOf,
  members,
  permissionGroups,
  resolveOutput,
  resourceGroups,
  startProgram,
} from "./program";

const allowed = {
  access: "allow" as const,
  permission_groups: [{ id: permissionGroups.dnsRead }],
  resource_groups: [{ id: resourceGroups.zone }],
};

describe("A lookup of user groups", () => {
  afterEach(endPrograms);

  it("returns the outputs of a UserGroup, by name and by id", async () => {
    const { account } = await startProgram();
    const { id, created_on, modified_on } = account.addUserGroup({ name: "Admins", policies: [allowed] });
    const group = {
      accountId,
      id,
      name: "Admins",
      policies: [
        {
          access: "allow",
          permissionGroups: [{ id: permissionGroups.dnsRead }],
          resourceGroups: [{ id: resourceGroups.zone }],
        },
      ],
      createdOn: created_on,
      modifiedOn: modified_on,
    };
    expect(await getUserGroup({ name: "Admins" })).to.deep.equal(group);
    expect(await getUserGroup({ userGroupId: id })).to.deep.equal(group);
    expect(await resolveOutput(getUserGroupOutput({ userGroupId: pulumi.output(id) }))).to.deep.equal(group);
    expect(await getUserGroups()).to.deep.equal({ accountId, results: [group] });
  });

  it("sends one request for a lookup by id", async () => {
    const { simulator, account } = await startProgram();
    for (let number = 0; number < 60; number++) account.addUserGroup({ name: `Group ${number}` });
    const [userGroupId = ""] = account.userGroups().map(({ id }) => id);
    await getUserGroup({ userGroupId });
    expect(simulator.journal.summary()).to.deep.equal(["GET …/user_groups/{id} ×1"]);
  });

  it("fails with status and advice when the id does not exist", async () => {
    await startProgram();
    const { message } = await catchError(getUserGroup({ userGroupId: idOf(404) }));
    expect(message)
      .to.include(`Could not get the user group (${idOf(404)})`)
      .and.to.include("404")
      .and.to.include("What to do: check `userGroupId`");
  });

  it("does not advise a refresh when the group disappears during the lookup", async () => {
    const { simulator } = await startProgram();
    const result = [{ id: idOf(404), name: "Admins", created_on: "a", modified_on: "b" }];
    simulator.faults.add({ method: "GET", path: /user_groups$/, fault: { json: { success: true, result } } });
    expect((await catchError(getUserGroup({ name: "Admins" }))).message)
      .to.include('Could not get the user group "Admins"')
      .and.to.include("404")
      .and.to.not.include("pulumi refresh");
  });

  it("suggests similar names when the name does not exist", async () => {
    const { account } = await startProgram();
    account.addUserGroup({ name: "Admins" });
    const { message } = await catchError(getUserGroup({ name: "Admin" }));
    expect(message).to.include('Could not get the user group "Admin"').and.to.include('Similar: "Admins"');
  });

  it("finds a name that a path cannot contain", async () => {
    const { account } = await startProgram();
    const { id } = account.addUserGroup({ name: "../Admins & Co?" });
    expect((await getUserGroup({ name: "../Admins & Co?" })).id).to.equal(id);
    expect((await catchError(getUserGroup({ userGroupId: "../x" }))).message).to.include("is not an id");
  });
});

describe("getUserGroupMembers", () => {
  afterEach(endPrograms);

  it("returns the outputs of a UserGroupMembers", async () => {
    const { account } = await startProgram();
    const { id } = account.addUserGroup({ name: "Admins", members: [members.zoe, members.ben] });
    const found = {
      accountId,
      id,
      userGroupId: id,
      members: [
        { id: members.ben, email: "ben@example.com", status: "pending" },
        { id: members.zoe, email: "zoe@example.com", status: "accepted" },
      ],
    };
    expect(await getUserGroupMembers({ userGroupId: id })).to.deep.equal(found);
    expect(await resolveOutput(getUserGroupMembersOutput({ userGroupId: pulumi.output(id) }))).to.deep.equal(found);
  });

  it("returns all members and lists each group once", async () => {
    const people = Array.from({ length: 60 }, (_, number) => ({ id: idOf(number), email: `${number}@example.com` }));
    const { simulator, account } = await startProgram({ seed: changeSeed({ members: people }) });
    const { id } = account.addUserGroup({ name: "Everybody", members: people.map((member) => member.id) });
    const { id: empty } = account.addUserGroup({ name: "Nobody" });
    const [all, again, none] = await Promise.all(
      [id, id, empty].map((userGroupId) => getUserGroupMembers({ userGroupId })),
    );
    expect(all?.members.map((member) => member.id)).to.have.members(people.map((member) => member.id));
    expect(again).to.deep.equal(all);
    expect(again, "the program may change one of them").to.not.equal(all);
    expect(none?.members).to.deep.equal([]);
    expect(simulator.journal.summary()).to.deep.equal(["GET …/user_groups/{id}/members ×2"]);
  });

  it("fails when the group does not exist", async () => {
    await startProgram();
    const { message } = await catchError(getUserGroupMembers({ userGroupId: idOf(404) }));
    expect(message).to.include(idOf(404)).and.to.include("What to do: check `userGroupId`");
  });
});

describe("A lookup of deployment groups", () => {
  afterEach(endPrograms);

  const versions = [{ target_environment: "windows", version: "2026.6.234.0" }];

  it("returns the outputs of a DeploymentGroup, by name and by id", async () => {
    const { account } = await startProgram();
    const ring = { name: "Ring 0", version_config: versions, policy_ids: ["policy-a"] };
    const { id, created_at, updated_at } = account.addDeploymentGroup(ring);
    const group = {
      accountId,
      id,
      name: "Ring 0",
      versionConfigs: [{ targetEnvironment: "windows", version: "2026.6.234.0" }],
      policyIds: ["policy-a"],
      createdAt: created_at,
      updatedAt: updated_at,
    };
    expect(await getDeploymentGroup({ name: "Ring 0" })).to.deep.equal(group);
    expect(await getDeploymentGroup({ deploymentGroupId: id })).to.deep.equal(group);
    expect(await getDeploymentGroups()).to.deep.equal({ accountId, results: [group] });
  });

  it("lists the ids when several deployment groups share the name", async () => {
    const { account } = await startProgram();
    const ids = [1, 2].map(() => account.addDeploymentGroup({ name: "Ring 0", version_config: versions }).id);
    const { message } = await catchError(getDeploymentGroup({ name: "Ring 0" }));
    for (const id of ids) expect(message).to.include(id);
    expect(message).to.include("has 2 with this name").and.to.include("choose one by its `deploymentGroupId`");
    const [first = ""] = ids;
    expect((await getDeploymentGroup({ deploymentGroupId: first })).id).to.equal(first);
  });
});
