import { expect } from "chai";
import { cleanUp, createTestStack, members } from "./account";
import type { Program } from "./pulumiProject";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const people: ThreeResources = { members: ids(members.adam, members.zoe) };

describe("Recovery", () => {
  afterEach(cleanUp);

  it("creates exactly one group when the response is lost", async () => {
    const { project, account, simulator } = await createTestStack();
    await project.write(threeResources, people);
    for (const path of ["/user_groups", "/deployment-groups", "/members"])
      simulator.faults.add({ method: "POST", path, fault: { reset: "after" } });
    await project.up();
    expect(account.userGroups()).to.have.length(1);
    expect(account.deploymentGroups()).to.have.length(1);
    expect(account.groupMembers(account.userGroups()[0]?.id ?? "")).to.have.length(2);
    await project.up("--expect-no-changes");
    await project.destroy();
    expect([account.userGroups(), account.deploymentGroups()]).to.deep.equal([[], []]);
  });

  it("refuses the groups of a killed run, and adopts them when the setting asks for it", async () => {
    const { project, account, simulator } = await createTestStack();
    await project.write(threeResources, people);
    for (const path of ["/user_groups", "/deployment-groups"])
      simulator.faults.add({ method: "POST", path, fault: { delayMs: 600_000 } });
    const command = project.start(["up", "--yes", "--skip-preview"]);
    await Promise.all([
      command.waitForOutput("UserGroup group creating"),
      command.waitForOutput("DeploymentGroup ring creating"),
    ]);
    await command.kill();
    // Cloudflare still completes the requests that it received.
    account.addUserGroup({ name: "Admins" });
    account.addDeploymentGroup({
      name: "Ring 0",
      version_config: [{ target_environment: "windows", version: "2026.6.234.0" }],
    });

    simulator.faults.clear();
    await project.succeed("cancel", "--yes");
    const refusal = await project.fail("up", "--yes", "--skip-preview", "--continue-on-error");
    expect(refusal).to.include("CLOUDFLARE_ADOPT_INTERRUPTED_CREATES=true").and.to.include("Nothing was written");
    const adoption = { CLOUDFLARE_ADOPT_INTERRUPTED_CREATES: "true" };
    const { output } = await project.run(["up", "--yes", "--skip-preview"], adoption);
    expect(output).to.include("Adopting the user group").and.to.include("Adopting the deployment group");
    expect(account.userGroups()).to.have.length(1);
    expect(account.deploymentGroups()).to.have.length(1);
    await project.up("--expect-no-changes");
    await project.destroy();
    expect([account.userGroups(), account.deploymentGroups()]).to.deep.equal([[], []]);
  });

  it("does not adopt a different user group and explains the import", async () => {
    const { project, account } = await createTestStack();
    const existing = account.addUserGroup({ name: "Admins", members: [members.ben] });
    await project.write(threeResources, people);
    const output = await project.fail("up", "--yes", "--skip-preview");
    expect(output).to.include(existing.id).and.to.include(`{ import: "${existing.id}" }`);
    expect(account.groupMembers(existing.id).map(({ id }) => id)).to.deep.equal([members.ben]);
  });

  it("does not drop resources when a read fails", async () => {
    const { project, simulator } = await createTestStack();
    await project.write(threeResources, people);
    await project.up();
    for (const fault of [{ status: 401 }, { status: 403 }, { html: 404 }] as const) {
      simulator.faults.clear();
      simulator.faults.add({ method: "GET", times: 99, fault });
      await project.fail("refresh", "--yes", "--skip-preview");
      expect(await project.resources()).to.have.length(3);
    }
    simulator.faults.clear();
    for (const fault of [{ html: 200 }, { truncate: "json" }, { status: 502 }, { reset: "before" }] as const)
      simulator.faults.add({ method: "GET", fault });
    await project.refresh("--expect-no-changes");
  });

  it("warns when UserGroupMembers removes existing members", async () => {
    const { project, account } = await createTestStack();
    const existing = account.addUserGroup({ name: "Existing", members: [members.ben, members.maria] });
    const membersProgram: Program<{ group: string; ids: string[] }> = ({ UserGroupMembers }, { group, ids }) => {
      const people = { userGroupId: group, members: ids.map((id) => ({ id })) };
      new UserGroupMembers("people", { ...people, removeOthers: true });
    };
    await project.write(membersProgram, { group: existing.id, ids: ["0".repeat(32)] });
    expect(await project.fail("up", "--yes", "--skip-preview"), "refused ids").to.include("400");
    expect(account.groupMembers(existing.id), "left as they were").to.have.length(2);

    const desiredIds = people.members.map(({ id }) => id);
    await project.write(membersProgram, { group: existing.id, ids: desiredIds });
    const output = await project.up();
    expect(output).to.include("ben@example.com, maria@example.com");
    expect(account.groupMembers(existing.id).map(({ id }) => id)).to.have.members(desiredIds);
  });

  it("moves and swaps policies between deployment groups in one up", async () => {
    const { project, account } = await createTestStack();
    const rings: Program<string[][]> = ({ DeploymentGroup }, policies) => {
      const versionConfigs = [{ targetEnvironment: "windows", version: "2026.6.234.0" }];
      for (const [index, policyIds] of policies.entries())
        new DeploymentGroup(`ring-${index}`, { name: `Ring ${index}`, versionConfigs, policyIds });
    };
    const listPolicies = () =>
      account
        .deploymentGroups()
        .sort((left, right) => left.name.localeCompare(right.name))
        .map(({ policy_ids }) => [...(policy_ids ?? [])].sort());
    for (const policies of [
      [["a", "b"], ["c"]],
      [["b"], ["a", "c"]],
      [["a"], ["b", "c"]],
      [["c"], ["a"], ["b"]],
      [["a"], ["b"], ["c"]],
    ]) {
      await project.write(rings, policies);
      await project.up();
      expect(listPolicies()).to.deep.equal(policies);
    }
  });

  it("ends a wait for the rate limit at Ctrl-C", async () => {
    const { project, simulator } = await createTestStack();
    await project.write(threeResources, people);
    simulator.faults.add({ times: 99, fault: { status: 429, retryAfter: 300 } });
    const command = project.start(["up", "--yes", "--skip-preview"]);
    await command.waitForOutput("rate limit is reached");
    const pressedAt = Date.now();
    command.interrupt();
    await command.waitForOutput("was cancelled with the run while it waited");
    expect(Date.now() - pressedAt).to.be.lessThan(1_000);
    expect((await command.ended).code).to.not.equal(0);
  });
});
