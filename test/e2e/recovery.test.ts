import { expect } from "chai";
import { cleanUp, createTestStack, members } from "./account";
import type { Program } from "./pulumiProject";
import { expectStateToAgree } from "./stateAgreement";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const people: ThreeResources = { members: ids(members.adam, members.zoe) };

describe("Recovery", () => {
  afterEach(cleanUp);

  it("creates exactly one group when the response is lost", async () => {
    const testStack = await createTestStack();
    const { project, account, simulator } = testStack;
    await project.write(threeResources, people);
    for (const path of ["/user_groups", "/deployment-groups", "/members"])
      simulator.faults.add({ method: "POST", path, fault: { reset: "after" } });
    await project.up();
    expect(account.userGroups()).to.have.length(1);
    expect(account.deploymentGroups()).to.have.length(1);
    expect(account.groupMembers(account.userGroups()[0]?.id ?? "")).to.have.length(2);
    await expectStateToAgree(testStack);
  });

  it("rejects the groups of a killed run and adopts them with the setting", async () => {
    const testStack = await createTestStack();
    const { project, account, simulator } = testStack;
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
    const rejection = await project.fail("up", "--yes", "--skip-preview", "--continue-on-error");
    expect(rejection).to.include("CLOUDFLARE_ADOPT_INTERRUPTED_CREATES=true").and.to.include("Nothing was written");
    const adoption = { CLOUDFLARE_ADOPT_INTERRUPTED_CREATES: "true" };
    const { output } = await project.run(["up", "--yes", "--skip-preview"], adoption);
    expect(output).to.include("Adopting the user group").and.to.include("Adopting the deployment group");
    expect(account.userGroups()).to.have.length(1);
    expect(account.deploymentGroups()).to.have.length(1);
    await expectStateToAgree(testStack);
  });

  it("does not drop resources when a read fails", async () => {
    const { project, simulator } = await createTestStack();
    await project.write(threeResources, people);
    await project.up();
    simulator.faults.add({ method: "GET", path: "/members", times: 99, fault: { status: 401 } });
    simulator.faults.add({ method: "GET", path: "/user_groups/", times: 99, fault: { status: 403 } });
    simulator.faults.add({ method: "GET", path: "/deployment-groups/", times: 99, fault: { html: 404 } });
    await project.fail("refresh", "--yes", "--skip-preview");
    expect(await project.resources()).to.have.length(3);
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
    expect(await project.fail("up", "--yes", "--skip-preview"), "rejected ids").to.include("400");
    expect(account.groupMembers(existing.id), "left as they were").to.have.length(2);

    const desiredIds = people.members.map(({ id }) => id);
    await project.write(membersProgram, { group: existing.id, ids: desiredIds });
    const output = await project.up();
    expect(output).to.include("ben@example.com, maria@example.com");
    expect(account.groupMembers(existing.id).map(({ id }) => id)).to.have.members(desiredIds);
  });
});
