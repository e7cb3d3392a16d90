import { expect } from "chai";
import { cleanUp, createTestStack, members, permissionGroups, resourceGroups } from "./account";
import type { Program } from "./pulumiProject";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const policies: ThreeResources["policies"] = [
  {
    access: "allow",
    permissionGroups: ids(permissionGroups.dnsRead),
    resourceGroups: ids(resourceGroups.account),
  },
];

const desired: ThreeResources = { policies, members: ids(members.adam) };

describe("The state of a stack", () => {
  afterEach(cleanUp);

  it("contains only the properties and one literal for each resource", async () => {
    const { project } = await createTestStack();
    await project.write(threeResources, desired);
    await project.up();
    const resources = await project.resources();
    const properties = Object.fromEntries(
      resources.map(({ type, outputs = {} }) => [type, Object.keys(outputs).sort()]),
    );
    expect(properties).to.deep.equal({
      "pulumi-nodejs:dynamic/cloudflare:UserGroup": [
        "__provider",
        "accountId",
        "createdOn",
        "modifiedOn",
        "name",
        "policies",
      ],
      "pulumi-nodejs:dynamic/cloudflare:UserGroupMembers": ["__provider", "accountId", "members", "userGroupId"],
      "pulumi-nodejs:dynamic/cloudflare:DeploymentGroup": [
        "__provider",
        "accountId",
        "createdAt",
        "name",
        "policyIds",
        "updatedAt",
        "versionConfigs",
      ],
    });
    const group = resources.find(({ type }) => type.endsWith(":UserGroup"));
    expect(group?.outputs?.policies, "no ids, names or scopes of the API").to.deep.equal(policies);
  });

  it("records each resource's position in the program, not in the package", async () => {
    const { project } = await createTestStack();
    await project.write(threeResources, desired, { inProcess: false });
    await project.up();
    const resources = (await project.resources()).filter(({ type }) => type.includes("dynamic/cloudflare"));
    expect(resources).to.have.length(3);
    for (const { urn, sourcePosition } of resources)
      expect(sourcePosition, urn).to.match(/^project:\/\/\/program\/index\.js#/);
  });
});

describe("A failed update", () => {
  afterEach(cleanUp);

  it("names the policy id, its group and what to do", async () => {
    const { project, account } = await createTestStack();
    const holder = account.addDeploymentGroup({
      name: "Ring X",
      version_config: [{ target_environment: "windows", version: "1.0" }],
      policy_ids: ["policy-a", "policy-b"],
    });
    const taken: Program<object> = ({ DeploymentGroup }) => {
      const versionConfigs = [{ targetEnvironment: "windows", version: "1.0" }];
      new DeploymentGroup("ring", { name: "Ring 0", versionConfigs, policyIds: ["policy-b", "policy-c"] });
    };
    await project.write(taken, {});
    const output = await project.fail("up", "--yes", "--skip-preview");
    expect(output)
      .to.include('Could not create the deployment group "Ring 0"')
      .and.to.include("answered 409")
      .and.to.include(`policy-b belongs to the deployment group "Ring X" (${holder.id})`)
      .and.to.match(/cf-ray: [0-9a-f]+-[A-Z]{3}/)
      .and.to.not.include("policy-c belongs");
    expect(account.deploymentGroups()).to.have.length(1);
  });

  it("keeps created resources in the state, so that the next up continues", async () => {
    const { project, account, simulator } = await createTestStack();
    await project.write(threeResources, desired);
    simulator.faults.add({ method: "PUT", path: "/members", fault: { status: 400, message: "not now" } });
    const output = await project.fail("up", "--yes", "--skip-preview");
    expect(output).to.include("not now");
    expect((await project.resources()).map(({ type }) => type)).to.include(
      "pulumi-nodejs:dynamic/cloudflare:UserGroup",
    );
    simulator.faults.clear();
    await project.up();
    expect(account.userGroups()).to.have.length(1);
    expect(account.groupMembers(account.userGroups()[0]?.id ?? "")).to.have.length(1);
  });
});
