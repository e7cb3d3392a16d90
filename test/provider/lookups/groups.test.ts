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
import { errorOf } from "../lifecycle/online";
import {
  accountId,
  endPrograms,
  idOf,
  members,
  permissionGroups,
  program,
  resourceGroups,
  seedWith,
  settled,
} from "./program";

const allowed = {
  access: "allow" as const,
  permission_groups: [{ id: permissionGroups.dnsRead }],
  resource_groups: [{ id: resourceGroups.zone }],
};

describe("A user group that is looked up", () => {
  afterEach(endPrograms);

  it("has what a UserGroup has as outputs, by its name and by its id", async () => {
    const { account } = await program();
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
    expect(await settled(getUserGroupOutput({ userGroupId: pulumi.output(id) }))).to.deep.equal(group);
    expect(await getUserGroups()).to.deep.equal({ accountId, results: [group] });
  });

  it("costs one call by its id, whatever else the account has", async () => {
    const { simulator, account } = await program();
    for (let number = 0; number < 60; number++) account.addUserGroup({ name: `Group ${number}` });
    const [first] = account.userGroups();
    await getUserGroup({ userGroupId: first?.id });
    expect(simulator.journal.summary()).to.deep.equal(["GET …/user_groups/{id} ×1"]);
  });

  it("by an id that does not exist fails with Cloudflare's answer and what to check", async () => {
    await program();
    const { message } = await errorOf(getUserGroup({ userGroupId: idOf(404) }));
    expect(message)
      .to.include(`Could not get the user group (${idOf(404)})`)
      .and.to.include("404")
      .and.to.include("What to do: check `userGroupId`");
  });

  it("by a name that does not exist fails with the names that come close", async () => {
    const { account } = await program();
    account.addUserGroup({ name: "Admins" });
    const { message } = await errorOf(getUserGroup({ name: "Admin" }));
    expect(message).to.include('Could not get the user group "Admin"').and.to.include('Similar: "Admins"');
  });

  it("may be called what none of its path may hold", async () => {
    const { account } = await program();
    const { id } = account.addUserGroup({ name: "../Admins & Co?" });
    expect((await getUserGroup({ name: "../Admins & Co?" })).id).to.equal(id);
    expect((await errorOf(getUserGroup({ userGroupId: "../x" }))).message).to.include("is not an id");
  });
});

describe("The members of a user group that are looked up", () => {
  afterEach(endPrograms);

  it("have what a UserGroupMembers has as outputs", async () => {
    const { account } = await program();
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
    expect(await settled(getUserGroupMembersOutput({ userGroupId: pulumi.output(id) }))).to.deep.equal(found);
  });

  it("are all of them, listed once for each group", async () => {
    const people = Array.from({ length: 60 }, (_, number) => ({ id: idOf(number), email: `${number}@example.com` }));
    const { simulator, account } = await program({ seed: seedWith({ members: people }) });
    const { id } = account.addUserGroup({ name: "Everybody", members: people.map((member) => member.id) });
    const { id: empty } = account.addUserGroup({ name: "Nobody" });
    const [all, again, none] = await Promise.all(
      [id, id, empty].map((userGroupId) => getUserGroupMembers({ userGroupId })),
    );
    expect(all?.members.map((member) => member.id)).to.have.members(people.map((member) => member.id));
    expect(again).to.equal(all);
    expect(none?.members).to.deep.equal([]);
    expect(simulator.journal.summary()).to.deep.equal(["GET …/user_groups/{id}/members ×2"]);
  });

  it("of a group that does not exist are an error", async () => {
    await program();
    const { message } = await errorOf(getUserGroupMembers({ userGroupId: idOf(404) }));
    expect(message).to.include(idOf(404)).and.to.include("What to do: check `userGroupId`");
  });
});

describe("A deployment group that is looked up", () => {
  afterEach(endPrograms);

  const versions = [{ target_environment: "windows", version: "2026.6.234.0" }];

  it("has what a DeploymentGroup has as outputs, by its name and by its id", async () => {
    const { account } = await program();
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

  it("whose name another one has fails with the ids of both and how to choose", async () => {
    const { account } = await program();
    const ids = [1, 2].map(() => account.addDeploymentGroup({ name: "Ring 0", version_config: versions }).id);
    const { message } = await errorOf(getDeploymentGroup({ name: "Ring 0" }));
    for (const id of ids) expect(message).to.include(id);
    expect(message).to.include("has 2 with this name").and.to.include("choose one by its `deploymentGroupId`");
    const [first] = ids;
    expect((await getDeploymentGroup({ deploymentGroupId: first })).id).to.equal(first);
  });
});
