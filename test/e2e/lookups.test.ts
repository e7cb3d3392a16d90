import { expect } from "chai";
import {
  accountId,
  apiToken,
  cleanUp,
  createTestStack,
  members,
  permissionGroups,
  recordRequests,
  resourceGroups,
} from "./account";
import type { Program } from "./pulumiProject";

/** Returns enough permission groups for two pages. */
function buildPermissionGroups() {
  const others = Array.from({ length: 60 }, (_, number) => ({
    id: number.toString(16).padStart(32, "0"),
    name: `Other ${number}`,
  }));
  return [
    { id: permissionGroups.dnsRead, name: "DNS Read", label: "dns_read" },
    { id: permissionGroups.dnsWrite, name: "DNS Write", label: "dns_write" },
    ...others,
  ];
}

const token = "canary-2c9e47d1b0";

function createStack(settings: NodeJS.ProcessEnv = {}) {
  const seed = {
    accounts: [
      {
        id: accountId,
        members: [
          { id: members.zoe, email: "zoe@example.com" },
          { id: members.adam, email: "adam@example.com" },
        ],
        permission_groups: buildPermissionGroups(),
        resource_groups: [
          { id: resourceGroups.zone, name: "example.com", scope: { key: "account", objects: [{ key: "*" }] } },
        ],
      },
      { id: "b".repeat(32), permission_groups: [{ id: "9".repeat(32), name: "Theirs" }] },
    ],
    credentials: [
      { token: apiToken, accounts: [accountId] },
      { token, accounts: ["b".repeat(32)] },
    ],
  };
  return createTestStack({ seed }, settings);
}

const fromNames: Program<object> = (package_, _values, sdk) => {
  const { getAccountMemberOutput, getPermissionGroup, getPermissionGroupOutput, getResourceGroupOutput } = package_;
  const group = new package_.UserGroup("readers", {
    name: "DNS readers",
    policies: [
      {
        access: "allow",
        permissionGroups: [
          { id: getPermissionGroupOutput({ name: "DNS Read" }).id },
          { id: getPermissionGroup({ label: "dns_write" }).then(({ id }) => id) },
        ],
        resourceGroups: [{ id: getResourceGroupOutput({ name: "example.com" }).id }],
      },
    ],
  });
  const emails = ["Zoe@example.com", "adam@example.com"];
  new package_.UserGroupMembers("readers", {
    userGroupId: group.id,
    members: emails.map((email) => ({ id: getAccountMemberOutput({ email }).id })),
  });
  const named = package_.getUserGroupOutput({ name: group.name });
  const people = package_.getUserGroupMembersOutput({ userGroupId: group.id });
  return {
    named: named.id,
    people: people.members,
    hidden: getPermissionGroupOutput({ name: sdk.secret("DNS Read") }),
  };
};

describe("A program with lookups", () => {
  afterEach(cleanUp);

  it("resolves names and reads each list once per command", async () => {
    const { simulator, project, account } = await createStack();
    await project.write(fromNames, {});
    const lists = ["GET …/members ×1", "GET …/permission_groups ×2", "GET …/resource_groups ×1"];
    const previewed = await recordRequests({ simulator, project, account }, async () => {
      expect(await project.preview())
        .to.include(permissionGroups.dnsWrite)
        .and.to.match(/named *: \[unknown\]/)
        .and.to.match(/people *: \[unknown\]/);
    });
    expect(previewed.sort()).to.deep.equal(lists);

    expect(await recordRequests({ simulator, project, account }, () => project.up())).to.include.members(lists);
    const [group] = account.userGroups();
    const [policy] = group?.policies ?? [];
    expect(policy?.permission_groups.map(({ id }) => id)).to.have.members([
      permissionGroups.dnsRead,
      permissionGroups.dnsWrite,
    ]);
    expect(policy?.resource_groups.map(({ id }) => id)).to.deep.equal([resourceGroups.zone]);
    expect(account.groupMembers(group?.id ?? "").map(({ id }) => id)).to.have.members([members.zoe, members.adam]);
    expect((await project.outputs()).named).to.equal(group?.id);
  });

  it("gets a secret only when an argument is secret", async () => {
    const { project } = await createStack({ CLOUDFLARE_API_TOKEN: "" });
    await project.succeed("config", "set", "--secret", "cloudflare:apiToken", apiToken);
    await project.write(fromNames, {});
    const output = await project.up();
    const shown = JSON.parse(await project.succeed("stack", "output", "--json"));
    expect(shown.hidden).to.equal("[secret]");
    expect(shown.named).to.match(/^[0-9a-f]{32}$/);
    for (const text of [output, await project.readAllFiles()]) expect(text).to.not.include(apiToken);
  });

  it("reads an explicit provider's account, also with an unknown token", async () => {
    const { project } = await createStack();
    const program: Program<{ token: string; accountId: string }> = (package_, values) => {
      const { Provider, UserGroup, getPermissionGroupOutput } = package_;
      const group = new UserGroup("group", { name: "Admins" });
      // This output stands for a token that another resource creates. It is known once that resource exists.
      const apiToken = group.id.apply(() => values.token);
      const provider = new Provider("partner", { apiToken, accountId: values.accountId });
      return { found: getPermissionGroupOutput({ name: "Theirs" }, { provider }).id, provider };
    };
    await project.write(program, { token, accountId: "b".repeat(32) });
    let output = await project.preview();
    expect(output).to.match(/found *: \[unknown\]/);
    output += await project.up();
    const { found } = await project.outputs();
    expect(found).to.equal("9".repeat(32));
    expect(output).to.not.include(token);
    // The source of the program contains the token, so it is removed before the check.
    await project.writeSource("");
    expect(await project.readAllFiles()).to.not.include(token);
  });

  it("fails in plain form when the provider's token is unknown", async () => {
    const { project } = await createStack();
    const program: Program<{ token: string }> = (package_, values) => {
      const { Provider, UserGroup, getPermissionGroup } = package_;
      const apiToken = new UserGroup("group", { name: "Admins" }).id.apply(() => values.token);
      return getPermissionGroup({ name: "Theirs" }, { provider: new Provider("partner", { apiToken }) });
    };
    await project.write(program, { token });
    const output = await project.fail("preview");
    expect(output).to.include(
      'Could not get the permission group "Theirs": a setting of its provider is not known yet',
    );
  });

  it("fails at preview with similar names and without a stack trace", async () => {
    const { project } = await createStack();
    const program: Program<object> = ({ getPermissionGroup, getPermissionGroupOutput, UserGroup }) => {
      getPermissionGroup({ name: "DNS Raed" });
      const { id } = getPermissionGroupOutput({ name: "DNS Wriet" });
      const policies = [{ access: "allow" as const, permissionGroups: [{ id }], resourceGroups: [{ id }] }];
      new UserGroup("group", { name: "Admins", policies });
    };
    await project.write(program, {}, { inProcess: false });
    const output = await project.fail("preview");
    expect(output)
      .to.match(/Could not get the permission group "DNS Raed".* Similar: "DNS Read"\./)
      .and.to.match(/Could not get the permission group "DNS Wriet".* Similar: "DNS Write"\./)
      .and.to.include("What to do: correct the name");
    expect(output).to.not.match(/^ +at /m);
  });

  it("reports a rejected lookup once, without the credential", async () => {
    const { project } = await createStack({ CLOUDFLARE_API_TOKEN: token });
    const program: Program<object> = ({ getPermissionGroup }) => {
      for (const name of ["DNS Read", "DNS Write"]) getPermissionGroup({ name });
    };
    await project.write(program, {}, { inProcess: false });
    const output = await project.fail("preview");
    expect(output.split("cf-ray")).to.have.length(2);
    expect(output).to.include("What to do: give the credential the permission");
    expect(output)
      .to.not.include(token)
      .and.to.not.include("axios")
      .and.to.not.match(/^ +at /m);
  });

  it("creates resources in a promise that nothing awaits", async () => {
    const { project, account } = await createStack();
    const program: Program<object> = ({ getPermissionGroups, UserGroup }) => {
      getPermissionGroups().then(({ results }) => new UserGroup("group", { name: `Of ${results.length}` }));
    };
    await project.write(program, {}, { inProcess: false });
    await project.up();
    expect(account.userGroups().map(({ name }) => name)).to.deep.equal(["Of 62"]);
  });
});
