import { expect } from "chai";
import type { AccountView } from "../../simulator/src";
import { accountId, apiToken, cleanUp, createTestStack, members, recordRequests, type TestStack } from "./account";
import type { Program } from "./pulumiProject";
import { expectStateToAgree } from "./stateAgreement";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const desired: ThreeResources = { members: ids(members.zoe, members.adam) };

const types = { group: "UserGroup", people: "UserGroupMembers", ring: "DeploymentGroup" };

function urn(resource: keyof typeof types): string {
  return `urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:${types[resource]}::${resource}`;
}

async function deploy(): Promise<TestStack> {
  const testStack = await createTestStack();
  await testStack.project.write(threeResources, desired);
  await testStack.project.up();
  return testStack;
}

/** Makes sure that each group exists once, under the id in the state, and that the user group holds exactly its members. */
async function expectComplete({ project }: TestStack, account: AccountView): Promise<void> {
  const [group, ...otherGroups] = account.userGroups();
  const [ring, ...otherRings] = account.deploymentGroups();
  expect(group?.name).to.equal("Admins");
  expect(ring?.name).to.equal("Ring 0");
  expect([...otherGroups, ...otherRings]).to.deep.equal([]);
  expect(listMemberIds(account, group?.id)).to.have.members(desired.members.map(({ id }) => id));
  const stored = Object.fromEntries((await project.resources()).map(({ type, id }) => [type.split(":").at(-1), id]));
  expect(stored).to.deep.equal({ UserGroup: group?.id, UserGroupMembers: group?.id, DeploymentGroup: ring?.id });
}

function listMemberIds(account: AccountView, groupId: string | undefined): string[] {
  return account.groupMembers(groupId ?? "").map(({ id }) => id);
}

describe("A replacement", () => {
  afterEach(cleanUp);

  it("keeps every object when pulumi up --replace names resources", async () => {
    const testStack = await deploy();
    const { project, account } = testStack;
    const group = account.userGroups()[0]?.id;
    const ring = account.deploymentGroups()[0]?.id;
    for (const replace of [
      ["--replace", urn("people"), "--replace", urn("ring")],
      ["--replace", urn("group"), "--replace", urn("people"), "--replace", urn("ring")],
      ["--target-replace", urn("group"), "--target-dependents"],
    ]) {
      await project.up(...replace);
      await expectComplete(testStack, account);
    }
    expect(account.userGroups()[0]?.id).to.not.equal(group);
    expect(account.deploymentGroups()[0]?.id).to.not.equal(ring);
    await expectStateToAgree(testStack);
  });

  it("keeps members and groups when deleteBeforeReplace is false", async () => {
    const testStack = await createTestStack();
    const { project, account } = testStack;
    const createFirst = { deleteBeforeReplace: false };
    const options = { group: createFirst, people: createFirst, ring: createFirst };
    await project.write(threeResources, { ...desired, options });
    await project.up();
    await project.up("--replace", urn("people"));
    await expectComplete(testStack, account);
    // The old ring looks like one that an interrupted run created, so the create of a second one fails.
    expect(await project.fail("up", "--yes", "--skip-preview", "--replace", urn("ring"))).to.include(
      "Nothing was written",
    );
    await expectComplete(testStack, account);
    const output = await project.fail("up", "--yes", "--skip-preview", "--replace", urn("group"));
    expect(output).to.include('Could not create the user group "Admins"').and.to.include("has this name");
    await expectComplete(testStack, account);
  });

  it("keeps a new, empty group when deleteBeforeReplace is false", async () => {
    const { project, account } = await createTestStack();
    const program: Program<object> = ({ UserGroup }) => {
      new UserGroup("group", { name: "Admins" }, { deleteBeforeReplace: false });
    };
    await project.write(program, {});
    await project.up();
    await project.run(["up", "--yes", "--skip-preview", "--replace", urn("group")]);
    const ids = (await project.resources()).filter((resource) => !resource.delete).map(({ id }) => id);
    expect(account.userGroups().map(({ id }) => id)).to.deep.equal(ids);
  });

  it("moves every object when the accountId changes", async () => {
    const [first, second] = ["a".repeat(32), "b".repeat(32)] as const;
    const people = desired.members.map(({ id }, index) => ({ id, email: `member-${index}@example.com` }));
    const testStack = await createTestStack(
      {
        seed: {
          accounts: [
            { id: first, members: people },
            { id: second, members: people },
          ],
          credentials: [{ token: apiToken }],
        },
      },
      { CLOUDFLARE_ACCOUNT_ID: first },
    );
    const { project, simulator } = testStack;
    await project.write(threeResources, desired);
    await project.up();
    await project.write(threeResources, { ...desired, accountId: second });
    await project.up();
    await expectComplete(testStack, simulator.account(second));
    expect(simulator.account(first).userGroups()).to.deep.equal([]);
    expect(simulator.account(first).deploymentGroups()).to.deep.equal([]);
  });

  it("keeps every object when a resource moves between providers", async () => {
    const testStack = await deploy();
    const { project, account, simulator } = testStack;
    const provider = { apiToken, accountId, baseUrl: simulator.url };
    await project.write(threeResources, { ...desired, provider });
    await project.up();
    await expectComplete(testStack, account);
    await expectStateToAgree(testStack);
  });

  it("keeps every object when a resource is renamed without an alias", async () => {
    const testStack = await deploy();
    const { project, account, simulator } = testStack;
    // A ring of the last hour could be one that an interrupted run created.
    simulator.clock.advance(2 * 60 * 60 * 1000);
    await project.write(threeResources, { ...desired, names: { people: "renamed-people", ring: "renamed-ring" } });
    await project.up();
    await expectComplete(testStack, account);
    await expectStateToAgree(testStack);
  });
});

describe("UserGroupMembers", () => {
  afterEach(cleanUp);

  interface Placement {
    groups: string[];
    /** The index of each resource's group. */
    places: { [resource: string]: number };
    members: { [resource: string]: string[] };
  }

  const placementProgram: Program<Placement> = ({ UserGroupMembers }, { groups, places, members }) => {
    for (const [resource, index] of Object.entries(places)) {
      const ids = members[resource]?.map((id) => ({ id })) ?? [];
      new UserGroupMembers(resource, { userGroupId: groups[index] ?? "", members: ids });
    }
  };

  async function createPlacement(account: AccountView, places: Placement["places"]): Promise<Placement> {
    const groups = ["Admins", "Readers"].map((name) => account.addUserGroup({ name }).id);
    return { groups, places, members: { people: [members.zoe, members.adam], others: [members.maria] } };
  }

  it("swaps the members of two groups", async () => {
    const testStack = await createTestStack();
    const { project, account } = testStack;
    const placement = await createPlacement(account, { people: 0, others: 1 });
    const [first, second] = placement.groups;
    await project.write(placementProgram, placement);
    await project.up();
    await project.write(placementProgram, { ...placement, places: { people: 1, others: 0 } });
    await project.up();
    expect(listMemberIds(account, first)).to.deep.equal([members.maria]);
    expect(listMemberIds(account, second)).to.have.members([members.zoe, members.adam]);
    await expectStateToAgree(testStack);
  });

  it("empties the group when the resource is removed or destroyed", async () => {
    const testStack = await createTestStack();
    const { project, account } = testStack;
    const placement = await createPlacement(account, { people: 0 });
    const [group] = placement.groups;
    const removals = {
      "taken out": async () => {
        await project.writeSource("");
        await project.up();
      },
      "destroyed with --run-program": () => project.destroy("--run-program"),
    };
    for (const [removal, remove] of Object.entries(removals)) {
      await project.write(placementProgram, placement);
      await project.up();
      expect(listMemberIds(account, group), `before it is ${removal}`).to.have.length(2);
      const calls = await recordRequests(testStack, remove);
      expect(calls, removal).to.deep.equal(["GET …/user_groups/{id}/members ×1", "PUT …/user_groups/{id}/members ×1"]);
      expect(listMemberIds(account, group), removal).to.deep.equal([]);
    }
  });

  it("empties the group when the source of its members is replaced", async () => {
    const { project, account } = await createTestStack();
    const group = account.addUserGroup({ name: "Admins" });
    const program: Program<{ groupId: string; zoe: string; isComplete: boolean }> = (package_, values) => {
      const { groupId: userGroupId, zoe, isComplete } = values;
      const source = new package_.UserGroup("source", { name: zoe });
      if (isComplete) new package_.UserGroupMembers("people", { userGroupId, members: [{ id: source.name }] });
    };
    const values = { groupId: group.id, zoe: members.zoe };
    await project.write(program, { ...values, isComplete: true });
    await project.up();
    expect(listMemberIds(account, group.id)).to.deep.equal([members.zoe]);
    await project.write(program, { ...values, isComplete: false });
    await project.up("--replace", "urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:UserGroup::source");
    expect(listMemberIds(account, group.id)).to.deep.equal([]);
  });

  it("removes unlisted members without a warning when it is replaced", async () => {
    const { project, account } = await createTestStack();
    const program: Program<{ groupId: string; members: string[] }> = ({ UserGroupMembers }, { groupId, members }) => {
      const args = { userGroupId: groupId, members: members.map((id) => ({ id })) };
      new UserGroupMembers("people", args, { replaceOnChanges: ["members"] });
    };
    const { id: groupId } = account.addUserGroup({ name: "Admins" });
    await project.write(program, { groupId, members: [members.zoe, members.adam] });
    await project.up();
    await project.write(program, { groupId, members: [members.adam, members.maria] });
    expect(await project.up())
      .to.include("Removed from the user group")
      .and.to.include("zoe@example.com");
    expect(listMemberIds(account, groupId)).to.have.members([members.adam, members.maria]);
  });
});
