import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  DeploymentGroup,
  Provider,
  UserGroup,
  UserGroupMember,
  UserGroupMembers,
  UserGroupPolicies,
} from "../provider";

/** A component of a user's program: a team's group and ring in the account of an explicit provider. */
class Team extends pulumi.ComponentResource {
  readonly group: UserGroup;
  readonly members: UserGroupMembers;
  readonly ring: DeploymentGroup;

  constructor(name: string, memberIds: string[]) {
    super("example:team:Team", name);
    const provider = new Provider(name, { apiToken: "a-token", accountId: "a".repeat(32) }, { parent: this });
    const options = { parent: this, provider };
    const policies = [
      {
        access: "allow" as const,
        permissionGroups: [{ id: "b".repeat(32) }],
        resourceGroups: [{ id: "c".repeat(32) }],
      },
    ];
    this.group = new UserGroup(`${name}-group`, { name: `Team ${name}`, policies }, options);
    const people = { userGroupId: this.group.id, members: memberIds.map((id) => ({ id })) };
    this.members = new UserGroupMembers(`${name}-members`, people, options);
    const versionConfigs = [{ targetEnvironment: "windows", version: "2026.6.234.0" }];
    const names = { name: pulumi.interpolate`Ring of ${this.group.name}`, versionConfigs };
    this.ring = new DeploymentGroup(`${name}-ring`, names, options);
  }
}

function resolveOutput<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((settle) => output.apply(settle));
}

describe("A program under pulumi.runtime.setMocks", () => {
  let created: pulumi.runtime.MockResourceArgs[];
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      created.push(args);
      const times = { createdOn: "2026-01-02T03:04:05Z", updatedAt: "2026-01-02T03:04:06.789Z" };
      return { id: args.id || `id-of-${args.name}`, state: { ...times, ...args.inputs } };
    },
    call: ({ inputs }) => inputs,
  };

  beforeEach(async () => {
    created = [];
    await pulumi.runtime.setMocks(mocks);
  });

  it("resolves every output from the mocks", async () => {
    const { group, members, ring } = new Team("dns", ["d".repeat(32)]);
    expect(await resolveOutput(group.id)).to.equal("id-of-dns-group");
    expect(await resolveOutput(group.name)).to.equal("Team dns");
    expect(await resolveOutput(group.policies.apply(([policy]) => policy?.access))).to.equal("allow");
    expect(await resolveOutput(group.createdOn)).to.equal("2026-01-02T03:04:05Z");
    expect(await resolveOutput(members.userGroupId)).to.equal("id-of-dns-group");
    expect(await resolveOutput(members.members)).to.deep.equal([{ id: "d".repeat(32) }]);
    expect(await resolveOutput(ring.name)).to.equal("Ring of Team dns");
    expect(await resolveOutput(ring.updatedAt)).to.equal("2026-01-02T03:04:06.789Z");
  });

  it("recognizes each resource by its type, as policy packs do", () => {
    const { group, members } = new Team("dns", []);
    expect([UserGroup.isInstance(group), UserGroup.isInstance(members), UserGroup.isInstance(undefined)]).to.deep.equal(
      [true, false, false],
    );
    for (const class_ of [DeploymentGroup, UserGroup, UserGroupMember, UserGroupMembers, UserGroupPolicies]) {
      expect(class_.__pulumiType).to.equal(`pulumi-nodejs:dynamic/cloudflare:${class_.name}`);
      expect(class_.isInstance({ __pulumiType: class_.__pulumiType })).to.equal(true);
      expect(class_.isInstance({ __pulumiType: "random:index/randomId:RandomId" })).to.equal(false);
    }
  });

  it("passes each resource's type, inputs and provider to the mocks", async () => {
    const { members, ring } = new Team("dns", ["d".repeat(32)]);
    await Promise.all([resolveOutput(members.urn), resolveOutput(ring.urn)]);
    const shown = (type: string) => created.find((resource) => resource.type === type);
    const group = shown("pulumi-nodejs:dynamic/cloudflare:UserGroup");
    expect(group?.inputs).to.include({ name: "Team dns" }).and.to.not.have.property("createdOn");
    expect(group?.provider).to.match(/pulumi:providers:pulumi-nodejs::dns::id-of-dns$/);
    expect(shown("pulumi-nodejs:dynamic/cloudflare:UserGroupMembers")?.inputs.userGroupId).to.equal("id-of-dns-group");
    expect(shown("pulumi-nodejs:dynamic/cloudflare:DeploymentGroup")?.inputs.name).to.equal("Ring of Team dns");
  });

  it("resolves members by email as the program names them", async () => {
    const userGroupId = "e".repeat(32);
    const single = new UserGroupMember("ada", { userGroupId, email: "ada@example.com" });
    expect(await resolveOutput(single.email)).to.equal("ada@example.com");
    expect(await resolveOutput(single.memberId)).to.equal(undefined);
    const { members } = new UserGroupMembers("people", { userGroupId, members: [{ email: "ada@example.com" }] });
    expect(await resolveOutput(members)).to.deep.equal([{ email: "ada@example.com" }]);
  });

  it("knows no id of a member by email when the mocks run a preview", async () => {
    await pulumi.runtime.setMocks(mocks, "project", "stack", true);
    try {
      const userGroupId = "e".repeat(32);
      const people = [{ id: "d".repeat(32) }, { email: "ada@example.com" }];
      const { members } = new UserGroupMembers("people", { userGroupId, members: people });
      const values = { members, first: members[0], id: members[1]?.id, email: members[1]?.email };
      const { unknownValue, serializeProperties } = pulumi.runtime;
      expect(await serializeProperties("test", values)).to.deep.equal({
        members: unknownValue,
        first: people[0],
        id: unknownValue,
        email: "ada@example.com",
      });
      const known = new UserGroupMembers("known", { userGroupId, members: people.slice(0, 1) });
      expect(await resolveOutput(known.members)).to.deep.equal(people.slice(0, 1));
    } finally {
      await pulumi.runtime.setMocks(mocks, "project", "stack", false);
    }
  });

  it("resolves a resource that is read with get", async () => {
    const group = UserGroup.get("existing", "e".repeat(32), { accountId: "a".repeat(32) });
    expect(await resolveOutput(group.id)).to.equal("e".repeat(32));
    expect(await resolveOutput(group.accountId)).to.equal("a".repeat(32));
  });

  it("opens no connection, starts no process and loads no HTTP client", () => {
    const program = `
      const refuse = (what) => () => { throw new Error("the program wants " + what); };
      require("node:net").Socket.prototype.connect = refuse("a connection");
      require("node:child_process").ChildProcess.prototype.spawn = refuse("a process");
      const pulumi = require("@pulumi/pulumi");
      const { UserGroup } = require("pulumi-cloudflare-groups");
      const mocks = { newResource: ({ inputs }) => ({ id: "an-id", state: inputs }), call: ({ inputs }) => inputs };
      pulumi.runtime.setMocks(mocks).then(() => {
        const { id, name } = new UserGroup("group", { name: "Admins" });
        pulumi.all([id, name]).apply((values) => {
          const http = Object.keys(require.cache).filter((file) => /node_modules.axios/.test(file));
          console.log(JSON.stringify({ values, http }));
        });
      });
    `;
    const cwd = resolve(__dirname, "..");
    const printed = execFileSync(process.execPath, ["--eval", program], { cwd, env: {}, encoding: "utf8" });
    expect(JSON.parse(printed)).to.deep.equal({ values: ["an-id", "Admins"], http: [] });
  });
});
