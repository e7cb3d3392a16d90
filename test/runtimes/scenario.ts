import { expect } from "chai";
import { accountId, apiToken, cleanUp, createTestStack, members, permissionGroups } from "../e2e/account";
import { startTruncatingGateway } from "../e2e/gateway";
import type { Program } from "../e2e/pulumiProject";

interface Desired {
  provider: { apiToken: string; accountId: string; baseUrl: string };
  names: { group: string; ring: string };
  member: string;
  importId?: string;
}

// The program uses an explicit provider, lookups, each kind of resource, and the option `import`.
const program: Program<Desired> = (package_, { provider: settings, names, member, importId }) => {
  const { DeploymentGroup, getPermissionGroupOutput, getResourceGroupOutput, Provider } = package_;
  const { UserGroup, UserGroupMember, UserGroupMembers } = package_;
  const provider = new Provider("explicit", settings);
  const policy = {
    access: "allow" as const,
    permissionGroups: [{ id: getPermissionGroupOutput({ name: "DNS Read" }, { provider }).id }],
    resourceGroups: [{ id: getResourceGroupOutput({ name: "example.com" }, { provider }).id }],
  };
  const group = new UserGroup("group", { name: names.group, policies: [policy] }, { provider });
  new UserGroupMembers("people", { userGroupId: group.id, members: [{ email: member }] }, { provider });
  const versionConfigs = [{ targetEnvironment: "windows", version: "2026.6.234.0" }];
  new DeploymentGroup("ring", { name: names.ring, versionConfigs }, { provider });
  if (importId !== undefined) {
    const imported = new UserGroup("imported", { name: "Existing" }, { provider, import: importId });
    new UserGroupMember("single", { userGroupId: imported.id, email: member }, { provider });
  }
};

/** Defines the tests that use every operation of the engine on a runtime. */
export function describeRuntime(runtime: "oldest" | "newest"): void {
  describe(`The package on the ${runtime} runtime`, () => {
    afterEach(cleanUp);

    const createStack = () => createTestStack({}, { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: "" }, runtime);

    it("creates, repairs, refreshes, updates, imports and deletes every kind of resource", async () => {
      const { project, account, simulator } = await createStack();
      const provider = { apiToken, accountId, baseUrl: simulator.url };
      const desired: Desired = { provider, names: { group: "Admins", ring: "Ring 0" }, member: "zoe@example.com" };
      const gateway = await startTruncatingGateway(simulator.url);
      await project.write(program, { ...desired, provider: { ...provider, baseUrl: gateway.url } });
      await project.fail("up", "--yes", "--skip-preview");
      gateway.close();
      const kept = (await project.resources()).filter(({ initErrors }) => initErrors);
      expect(kept.map(({ id }) => id)).to.have.members([
        account.userGroups()[0]?.id,
        account.deploymentGroups()[0]?.id,
      ]);

      await project.write(program, desired);
      await project.up();
      const [group] = account.userGroups();
      const [ring] = account.deploymentGroups();
      const membersOf = (id = "") => account.groupMembers(id).map((member) => member.id);
      expect(group?.policies?.[0]?.permission_groups[0]?.id).to.equal(permissionGroups.dnsRead);
      expect(membersOf(group?.id)).to.deep.equal([members.zoe]);

      account.editDeploymentGroup(ring?.id ?? "", { name: "Edited by hand" });
      await project.fail("refresh", "--preview-only", "--expect-no-changes");
      const existing = account.addUserGroup({ name: "Existing", members: [members.ben] });
      await project.write(program, {
        ...desired,
        names: { group: "Administrators", ring: "Ring 0" },
        member: "adam@example.com",
        importId: existing.id,
      });
      await project.up("--refresh");
      expect(account.userGroup(group?.id ?? "").name).to.equal("Administrators");
      expect(account.deploymentGroup(ring?.id ?? "").name).to.equal("Ring 0");
      expect(membersOf(group?.id)).to.deep.equal([members.adam]);
      expect(membersOf(existing.id)).to.have.members([members.ben, members.adam]);

      await project.destroy();
      expect([account.userGroups(), account.deploymentGroups()]).to.deep.equal([[], []]);
    });

    it("ends a wait for the rate limit at Ctrl-C", async () => {
      const { project, simulator } = await createStack();
      const provider = { apiToken, accountId, baseUrl: simulator.url };
      await project.write(({ Provider, UserGroup }, settings) => {
        new UserGroup("group", { name: "Admins" }, { provider: new Provider("explicit", settings) });
      }, provider);
      simulator.faults.add({ times: 99, fault: { status: 429, retryAfter: 300 } });
      const command = project.start(["up", "--yes", "--skip-preview"]);
      await command.waitForOutput("rate limit is reached");
      command.interrupt();
      await command.waitForOutput("was cancelled with the run while it waited");
      expect((await command.ended).code).to.not.equal(0);
    });
  });
}
