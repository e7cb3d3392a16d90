import { expect } from "chai";
import type { AccessChange } from "../../provider/access/diff/diffAccess";
import { effectiveAccess } from "../../provider/access/effectiveAccess";
import { readAccount } from "../../provider/access/readAccount";
import { CloudflareClient } from "../../provider/cloudflare/client";
import { DEFAULT_SEED, type Seed } from "../../simulator/src";
import { id32 } from "../provider/access/simulatedAccount";
import { runCommand } from "../provider/runCommand";
import {
  accountId,
  apiToken,
  cleanUp,
  createTestStack,
  members,
  permissionGroups,
  resourceGroups,
  type TestStack,
} from "./account";
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

const policyKeys = [
  "changed",
  "cleared",
  "retained",
  "moved",
  "target",
  "renamed",
  "created",
  "imported",
  "read",
  "taken",
] as const;
type PolicyKey = (typeof policyKeys)[number];

const [defaultAccount] = DEFAULT_SEED.accounts;

/** The default account with one more person for each group. */
const seedWithPeople: Seed = {
  ...DEFAULT_SEED,
  accounts: [
    {
      ...defaultAccount,
      id: accountId,
      members: [
        ...(defaultAccount?.members ?? []),
        ...policyKeys.map((key) => ({ id: id32(key), email: `${key}@example.com` })),
      ],
    },
  ],
};

/** The second version changes, clears, moves, renames, creates and imports the policies of existing groups. */
const policiesProgram: Program<{ version: 1 | 2; groups: Record<PolicyKey, string>; ids: Record<string, string> }> = (
  { UserGroup, UserGroupPolicies },
  { version, groups, ids: { read = "", write = "", account = "" } },
) => {
  const isFirst = version === 1;
  const before = [{ access: "allow" as const, permissionGroups: [{ id: read }], resourceGroups: [{ id: account }] }];
  const after = [
    {
      access: "allow" as const,
      permissionGroups: [{ name: "DNS Write" }],
      resourceGroups: [{ zone: "e5a5b1f0c3d24c6fa0b7d1f2e3a4b5c6" }],
    },
    { access: "deny" as const, permissionGroups: [{ id: write }], resourceGroups: [{ account: true as const }] },
  ];
  const policies = isFirst ? before : after;
  // The option `import` may stay in a program after the import.
  new UserGroupPolicies("changed", { userGroupId: groups.changed, policies }, { import: groups.changed });
  new UserGroupPolicies("moved", { userGroupId: isFirst ? groups.moved : groups.target, policies: before });
  new UserGroupPolicies(isFirst ? "renamed" : "new-name", {
    userGroupId: groups.renamed,
    policies: before,
  });
  if (isFirst) {
    new UserGroupPolicies("cleared", { userGroupId: groups.cleared, policies });
    new UserGroupPolicies("retained", { userGroupId: groups.retained, policies }, { retainOnDelete: true });
    UserGroupPolicies.get("read", groups.read);
    new UserGroup("taken", { name: "taken", policies }, { import: groups.taken });
  } else {
    new UserGroupPolicies("created", { userGroupId: groups.created, policies });
    new UserGroupPolicies("imported", { userGroupId: groups.imported, policies: before }, { import: groups.imported });
    new UserGroupPolicies("taken", { userGroupId: groups.taken, policies });
  }
};

/** Previews and runs the second version. Returns what the command prints and what the update changes. */
async function compareWithUpdate<Values>(
  { project, simulator }: TestStack,
  nextProgram: Program<Values>,
  values: Values,
): Promise<{ planned: string[]; actual: string[]; uncounted: string[]; output: string }> {
  const client = new CloudflareClient({ baseUrl: simulator.url, credential: { apiToken } });
  const listEffects = async () =>
    effectiveAccess(await readAccount(client, accountId))
      .filter(({ overridden }) => !overridden)
      .map(({ person, access, permission, scope }) => `${person.email} ${access} ${permission.name} ${scope.words}`);
  const before = new Set(await listEffects());
  await project.write(nextProgram, values);
  const preview = await project.succeed("preview", "--json");
  const run = (format: string) =>
    runCommand({ url: simulator.url, cwd: project.folder, stdin: preview }, ["access-diff", "--format", format]);
  const { stdout } = await run("json");
  const markdown = await run("markdown");
  await project.up();
  const after = new Set(await listEffects());
  const { changes, uncounted }: { changes: AccessChange[]; uncounted: string[] } = JSON.parse(stdout);
  return {
    planned: changes.map(({ change, person, access, permission, scope }) => {
      const sign = (change === "gains") === (access === "allow") ? "+" : "-";
      return `${sign} ${person.email} ${access} ${permission.name} ${scope.words}`;
    }),
    actual: [
      ...[...after].filter((effect) => !before.has(effect)).map((effect) => `+ ${effect}`),
      ...[...before].filter((effect) => !after.has(effect)).map((effect) => `- ${effect}`),
    ],
    uncounted,
    output: markdown.stdout + stdout,
  };
}

describe("The access diff of a preview", () => {
  afterEach(cleanUp);

  it("equals what the update changes, and prints no secret", async () => {
    const testStack = await createTestStack();
    const ids = {
      read: permissionGroups.dnsRead,
      write: permissionGroups.dnsWrite,
      ...resourceGroups,
      zoe: members.zoe,
      adam: members.adam,
    };
    await testStack.project.write(program, { version: 1, ids });
    await testStack.project.up();
    const { planned, actual, uncounted, output } = await compareWithUpdate(testStack, program, { version: 2, ids });
    expect(planned).to.have.members(actual);
    expect(planned).to.have.length.above(5);
    expect(uncounted).to.deep.equal([]);
    expect(output).to.include("`group secret`");
    expect(output).to.not.include(secretName);
  });

  it("equals what the update changes in the policies of existing groups", async () => {
    const testStack = await createTestStack({ seed: seedWithPeople });
    const { project, account } = testStack;
    const policy = {
      access: "allow" as const,
      permission_groups: [{ id: permissionGroups.dnsRead }],
      resource_groups: [{ id: resourceGroups.account }],
    };
    const groups = Object.fromEntries(
      policyKeys.map((key) => {
        const hasPolicies = ["changed", "imported", "read", "taken"].includes(key);
        const member = id32(key);
        return [key, account.addUserGroup({ name: key, members: [member], policies: hasPolicies ? [policy] : [] }).id];
      }),
    ) as Record<PolicyKey, string>;
    const ids = { read: permissionGroups.dnsRead, write: permissionGroups.dnsWrite, account: resourceGroups.account };
    await project.write(policiesProgram, { version: 1, groups, ids });
    await project.up();
    const { planned, actual, uncounted } = await compareWithUpdate(testStack, policiesProgram, {
      version: 2,
      groups,
      ids,
    });
    expect(planned).to.have.members(actual);
    const people = new Set(planned.map((change) => change.split(/[ @]/)[1]));
    expect([...people]).to.have.members(["changed", "cleared", "moved", "target", "created", "taken"]);
    expect(uncounted).to.deep.equal([]);
  });
});
