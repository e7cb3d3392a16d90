import { expect } from "chai";
import { cleanUp, createTestStack, members, recordRequests } from "./account";
import type { Program } from "./pulumiProject";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const desired: ThreeResources = { members: ids(members.zoe, members.adam) };

const urns = {
  group: "urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:UserGroup::group",
  people: "urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:UserGroupMembers::people",
  ring: "urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:DeploymentGroup::ring",
};

describe("Resource options that refer to other resources", () => {
  afterEach(cleanUp);

  it("keep a resource without a request when an alias matches", async () => {
    const testStack = await createTestStack();
    const before: Program<{ adam: string }> = ({ UserGroup, UserGroupMembers, DeploymentGroup }, { adam }, sdk) => {
      const group = new UserGroup("old-name", { name: "Admins" });
      new UserGroupMembers("people", { userGroupId: group.id, members: [{ id: adam }] });
      const versionConfigs = [{ targetEnvironment: "windows", version: "1.0" }];
      const __provider = 'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").deploymentGroup';
      class Ring extends sdk.CustomResource {}
      new Ring("pulumi-nodejs:dynamic/cloudflare:Ring", "typed", {
        __provider,
        name: "A",
        versionConfigs,
      });
      new DeploymentGroup("old-name-and-parent", { name: "B", versionConfigs });
    };
    const after: Program<{ adam: string }> = ({ UserGroup, UserGroupMembers, DeploymentGroup }, { adam }, sdk) => {
      const parent = new sdk.ComponentResource("example:team:Team", "team");
      const group = new UserGroup("group", { name: "Admins" }, { aliases: [{ name: "old-name" }] });
      const people = { userGroupId: group.id, members: [{ id: adam }] };
      new UserGroupMembers("people", people, { parent, aliases: [{ parent: sdk.rootStackResource }] });
      const versionConfigs = [{ targetEnvironment: "windows", version: "1.0" }];
      const aliases = [{ type: "pulumi-nodejs:dynamic/cloudflare:Ring" }];
      new DeploymentGroup("typed", { name: "A", versionConfigs }, { aliases });
      const both = [{ name: "old-name-and-parent", parent: sdk.rootStackResource }];
      new DeploymentGroup("ring", { name: "B", versionConfigs }, { parent, aliases: both });
    };
    await testStack.project.write(before, members);
    await testStack.project.up();
    await testStack.project.write(after, members);
    expect(await recordRequests(testStack, () => testStack.project.up())).to.deep.equal([]);
    expect((await testStack.project.resources()).map(({ urn }) => urn.replace(/^.*::pulumi:/, ""))).to.have.members([
      "urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:UserGroup::group",
      "urn:pulumi:dev::e2e::example:team:Team$pulumi-nodejs:dynamic/cloudflare:UserGroupMembers::people",
      "urn:pulumi:dev::e2e::pulumi-nodejs:dynamic/cloudflare:DeploymentGroup::typed",
      "urn:pulumi:dev::e2e::example:team:Team$pulumi-nodejs:dynamic/cloudflare:DeploymentGroup::ring",
    ]);
    expect(testStack.account.userGroups()).to.have.length(1);
    expect(testStack.account.deploymentGroups()).to.have.length(2);
  });

  it("create in the order of dependsOn and delete in reverse", async () => {
    const testStack = await createTestStack();
    const { project, simulator } = testStack;
    const ordered: Program<{ adam: string }> = ({ UserGroup, UserGroupMembers, DeploymentGroup }, { adam }) => {
      const versionConfigs = [{ targetEnvironment: "windows", version: "1.0" }];
      const ring = new DeploymentGroup("ring", { name: "Ring 0", versionConfigs });
      const group = new UserGroup("group", { name: "Admins" }, { dependsOn: ring });
      const people = { userGroupId: group.id, members: [{ id: adam }] };
      const first = new UserGroupMembers("people", people);
      new DeploymentGroup("last", { name: "Ring 1", versionConfigs }, { dependsOn: [first] });
    };
    await project.write(ordered, members);
    // Without the option, faster requests would overtake these slow ones.
    simulator.faults.add({ method: "POST", path: "/deployment-groups", fault: { delayMs: 300 } });
    simulator.faults.add({ method: "PUT", path: "/members", fault: { delayMs: 300 } });
    await project.up();
    const changes = () =>
      simulator.journal.requests.filter(({ method }) => method !== "GET").map(({ path }) => path.split("/")[4]);
    const writes = simulator.journal.requests.filter(({ method }) => method !== "GET");
    expect(writes.map(({ path }) => path.split("/").at(-1))).to.deep.equal([
      "deployment-groups",
      "user_groups",
      "members",
      "deployment-groups",
    ]);
    simulator.journal.clear();
    await project.destroy();
    expect(changes()).to.deep.equal(["deployment-groups", "user_groups", "user_groups", "deployment-groups"]);
  });

  it("change and destroy only the --target", async () => {
    const testStack = await createTestStack();
    const { project, account } = testStack;
    await project.write(threeResources, desired);
    await project.up();
    await project.write(threeResources, { groupName: "Administrators", members: ids(members.ben), ringName: "Ring 1" });

    expect(await recordRequests(testStack, () => project.up("--target", urns.ring))).to.deep.equal([
      "PATCH …/deployment-groups/{id} ×1",
    ]);
    expect(await recordRequests(testStack, () => project.refresh("--target", urns.group))).to.deep.equal([
      "GET …/user_groups/{id} ×1",
    ]);
    expect(await recordRequests(testStack, () => project.destroy("--target", urns.people))).to.deep.equal([
      "GET …/user_groups/{id}/members ×1",
      "PUT …/user_groups/{id}/members ×1",
    ]);
    const [group] = account.userGroups();
    expect(group?.name).to.equal("Admins");
    expect(account.groupMembers(group?.id ?? "")).to.deep.equal([]);

    await project.up("--target", urns.group, "--target-dependents");
    expect(account.userGroups()[0]?.name).to.equal("Administrators");
    expect(account.groupMembers(group?.id ?? "").map(({ id }) => id)).to.deep.equal([members.ben]);
  });

  it("apply the transforms of a resource, its parent and the stack", async () => {
    const { project, account } = await createTestStack();
    const transformed: Program<{ adam: string; zoe: string }> = (
      { UserGroup, UserGroupMembers, DeploymentGroup },
      { adam, zoe },
      sdk,
    ) => {
      const component = new sdk.ComponentResource("example:team:Team", "team", undefined, {
        transforms: [
          ({ type, props, opts }) =>
            type === "pulumi-nodejs:dynamic/cloudflare:UserGroup"
              ? { props: { ...props, name: `Team ${props.name}` }, opts }
              : undefined,
        ],
      });
      sdk.runtime.registerStackTransformation(({ type, props, opts }) =>
        type === "pulumi-nodejs:dynamic/cloudflare:DeploymentGroup"
          ? { props: { ...props, policyIds: ["policy-a"] }, opts }
          : undefined,
      );
      const group = new UserGroup("group", { name: "Admins" }, { parent: component });
      const people = { userGroupId: group.id, members: [{ id: adam }] };
      const members = [{ id: adam }, { id: zoe }];
      new UserGroupMembers("people", people, {
        transforms: [({ props, opts }) => ({ props: { ...props, members }, opts: { ...opts, retainOnDelete: true } })],
      });
      const versionConfigs = [{ targetEnvironment: "windows", version: "1.0" }];
      new DeploymentGroup("ring", { name: "Ring 0", versionConfigs });
    };
    await project.write(transformed, members);
    await project.up();
    const [group] = account.userGroups();
    expect(group?.name).to.equal("Team Admins");
    expect(account.groupMembers(group?.id ?? "")).to.have.length(2);
    expect(account.deploymentGroups()[0]?.policy_ids).to.deep.equal(["policy-a"]);
    const people = (await project.resources()).find(({ type }) => type.endsWith("Members"));
    expect(people?.retainOnDelete).to.equal(true);
  });
});
