import { expect } from "chai";
import type { UserGroupPolicyArgs } from "../../provider";
import {
  cleanUp,
  createTestStack,
  members,
  permissionGroups,
  recordRequests,
  resourceGroups,
  type TestStack,
} from "./account";
import type { Program } from "./pulumiProject";

interface Desired {
  /** The policies of a UserGroup and of a UserGroupPolicies. */
  policies: UserGroupPolicyArgs[];
  groupId: string;
  /** The members of a group that exists already. */
  people?: { groupId: string; members: ({ id: string } | { email: string })[] };
}

const program: Program<Desired> = (
  { UserGroup, UserGroupMembers, UserGroupPolicies },
  { policies, groupId, people },
) => {
  const group = new UserGroup("group", { name: "DNS team", policies });
  new UserGroupPolicies("policies", { userGroupId: groupId, policies });
  if (people) new UserGroupMembers("people", { userGroupId: people.groupId, members: people.members });
  return { policies: group.policies };
};

const { dnsRead, dnsWrite } = permissionGroups;
const policyOf = (
  permissionGroup: { id: string } | { name: string },
  resourceGroup: { id: string } | { name: string },
) => [{ access: "allow" as const, permissionGroups: [permissionGroup], resourceGroups: [resourceGroup] }];
const byName = policyOf({ name: "DNS Read" }, { name: "example.com" });
const byId = policyOf({ id: dnsRead }, { id: resourceGroups.zone });
const lists = ["GET …/permission_groups ×1", "GET …/resource_groups ×1"];

async function setUp(policies: UserGroupPolicyArgs[]): Promise<TestStack & { desired: Desired }> {
  const testStack = await createTestStack();
  const desired = { policies, groupId: testStack.account.addUserGroup({ name: "From elsewhere" }).id };
  await testStack.project.write(program, desired);
  return { ...testStack, desired };
}

describe("Policies by name", () => {
  afterEach(cleanUp);

  it("cost one listing of each kind while they are new, and show drift by name", async () => {
    const testStack = await setUp(byName);
    const { account, project, desired } = testStack;
    expect(await recordRequests(testStack, () => project.preview())).to.have.members(lists);
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      ...lists,
      "POST …/user_groups ×1",
      "GET …/user_groups/{id} ×1",
      "PUT …/user_groups/{id} ×1",
    ]);
    const [group] = account.userGroups().filter(({ name }) => name === "DNS team");
    expect((await project.outputs()).policies).to.deep.equal([
      {
        access: "allow",
        permissionGroups: [{ id: dnsRead, name: "DNS Read" }],
        resourceGroups: [{ id: resourceGroups.zone, name: "example.com" }],
      },
    ]);

    const unchanged = async () => {
      expect(await project.preview("--expect-no-changes")).to.not.include("not checked");
      await project.up("--expect-no-changes");
      await project.write(program, { ...desired, policies: byId });
      await project.up("--expect-no-changes");
    };
    expect(await recordRequests(testStack, unchanged)).to.deep.equal([]);
    await project.write(program, desired);
    await project.refresh("--expect-no-changes");
    await project.up("--expect-no-changes");

    account.editUserGroup(group?.id ?? "", {
      policies: [
        { access: "allow", permission_groups: [{ id: dnsWrite }], resource_groups: [{ id: resourceGroups.zone }] },
      ],
    });
    const drift = await project.fail("refresh", "--preview-only", "--expect-no-changes", "--diff");
    expect(drift).to.match(/name: "DNS Read" => "DNS Write"/);
    expect(drift).to.not.include(resourceGroups.zone);
    await project.up("--refresh");
    expect(account.userGroup(group?.id ?? "").policies[0]?.permission_groups[0]?.id).to.equal(dnsRead);
  });

  it("are no difference to the same policies by id, also without a credential", async () => {
    const testStack = await setUp(byId);
    const { project, desired } = testStack;
    await project.up();
    await project.write(program, { ...desired, policies: byName });
    expect(await recordRequests(testStack, () => project.preview("--expect-no-changes"))).to.have.members(lists);
    await project.up("--expect-no-changes");
    const afterwards = await recordRequests(testStack, async () => {
      await project.preview("--expect-no-changes");
      const { code, output } = await project.run(["preview", "--expect-no-changes"], { CLOUDFLARE_API_TOKEN: "" });
      expect(output).to.not.include("not checked");
      expect(code).to.equal(0);
    });
    expect(afterwards).to.deep.equal([]);
    await project.refresh("--expect-no-changes");
    await project.up("--expect-no-changes");
  });

  it("fail the preview when they are wrong, as wrong emails do", async () => {
    const testStack = await setUp(policyOf({ name: "DNS Wriet" }, { name: "exmaple.com" }));
    const { account, project, desired } = testStack;
    const preview = await project.fail("preview");
    expect(preview).to.include("policies[0].permissionGroups[0].name").and.to.include('did you mean "DNS Write"?');
    expect(preview).to.include("policies[0].resourceGroups[0].name").and.to.include('did you mean "example.com"?');
    expect(preview).to.not.match(/^\s+at /m);

    const { id } = account.addUserGroup({ name: "Shared", members: [members.zoe, members.adam] });
    const people = (list: Desired["people"] & object) =>
      project.write(program, { ...desired, policies: byId, people: list });
    await people({ groupId: id, members: [{ email: "zo@example.com" }, { email: "adan@example.com" }] });
    const emails = await project.fail("preview");
    expect(emails).to.include("did you mean zoe@example.com?").and.to.include("did you mean adam@example.com?");
    await people({ groupId: id, members: [{ email: "zoe@example.com" }] });
    expect(await project.fail("preview")).to.include("the group already has other members: adam@example.com");
    expect(testStack.simulator.journal.requests.every(({ method }) => method === "GET")).to.equal(true);

    await project.write(program, { ...desired, people: { groupId: id, members: [{ email: "zo@example.com" }] } });
    const { code, output } = await project.run(["preview"], { CLOUDFLARE_API_TOKEN: "" });
    expect(code).to.equal(0);
    expect(output)
      .to.include("were not checked, because there is no credential")
      .and.to.match(/ 1 message$/m);
  });
});
