import { expect } from "chai";
import type { AccessChange } from "../../provider/access/diff/diffAccess";
import { effectiveAccess } from "../../provider/access/effectiveAccess";
import { readAccount } from "../../provider/access/readAccount";
import { CloudflareClient } from "../../provider/cloudflare/client";
import { runCommand } from "../provider/runCommand";
import { accountId, apiToken, cleanUp, createTestStack, members, permissionGroups, resourceGroups } from "./account";
import type { Program } from "./pulumiProject";

const secretName = "Project Bluebird";

/** The second version changes a policy, moves people, deletes a group and creates one with members. */
const program: Program<{ version: 1 | 2; ids: Record<string, string> }> = (package_, { version, ids }, sdk) => {
  const { UserGroup, UserGroupMember, UserGroupMembers } = package_;
  const { read = "", write = "", zone = "", account = "", zoe = "", adam = "" } = ids;
  const policy = (permission: string, resource: string, access: "allow" | "deny" = "allow") => ({
    access,
    permissionGroups: [{ id: permission }],
    resourceGroups: [{ id: resource }],
  });
  const name = sdk.secret("Project Bluebird");
  const secret = new UserGroup("secret", { name, policies: [policy(version === 1 ? read : write, zone)] });
  new UserGroupMembers("secret", { userGroupId: secret.id, members: [{ id: zoe }, { email: "ADAM@example.com" }] });
  const shared = new UserGroup("shared", { name: "Shared", policies: [policy(read, account)] });
  const people = version === 1 ? [{ id: zoe }] : [{ id: adam }, { email: "ben@example.com" }];
  new UserGroupMembers("shared", { userGroupId: shared.id, members: people });
  if (version === 1) {
    const old = new UserGroup("old", { name: "Old", policies: [policy(write, account)] });
    new UserGroupMember("old", { userGroupId: old.id, email: "maria@example.com" });
  } else {
    const blocked = new UserGroup("blocked", { name: "Blocked", policies: [policy(write, zone, "deny")] });
    new UserGroupMember("blocked", { userGroupId: blocked.id, memberId: adam });
  }
};

describe("The access diff of a preview", () => {
  afterEach(cleanUp);

  it("equals what the update changes, and prints no secret", async () => {
    const { project, simulator } = await createTestStack();
    const ids = {
      read: permissionGroups.dnsRead,
      write: permissionGroups.dnsWrite,
      ...resourceGroups,
      zoe: members.zoe,
      adam: members.adam,
    };
    const client = new CloudflareClient({ baseUrl: simulator.url, credential: { apiToken } });
    const listEffects = async () =>
      effectiveAccess(await readAccount(client, accountId))
        .filter(({ overridden }) => !overridden)
        .map(({ person, access, permission, scope }) => `${person.email} ${access} ${permission.name} ${scope.words}`);
    await project.write(program, { version: 1, ids });
    await project.up();
    const before = await listEffects();

    await project.write(program, { version: 2, ids });
    const preview = await project.succeed("preview", "--json");
    const run = (format: string) =>
      runCommand({ url: simulator.url, cwd: project.folder, stdin: preview }, ["access-diff", "--format", format]);
    const { changes, uncounted }: { changes: AccessChange[]; uncounted: string[] } = JSON.parse(
      (await run("json")).stdout,
    );
    const markdown = await run("markdown");
    await project.up();
    const after = await listEffects();

    const planned = changes.map(({ change, person, access, permission, scope }) => {
      const sign = (change === "gains") === (access === "allow") ? "+" : "-";
      return `${sign} ${person.email} ${access} ${permission.name} ${scope.words}`;
    });
    expect(planned).to.have.members([
      ...after.filter((effect) => !before.includes(effect)).map((effect) => `+ ${effect}`),
      ...before.filter((effect) => !after.includes(effect)).map((effect) => `- ${effect}`),
    ]);
    expect(planned).to.have.length.above(5);
    expect(uncounted).to.deep.equal([]);
    expect(markdown.stdout).to.include("`group secret`");
    expect(markdown.stdout + JSON.stringify(changes)).to.not.include(secretName);
  });
});
