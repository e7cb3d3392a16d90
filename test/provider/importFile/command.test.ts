import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { DEFAULTS, type Simulator, startSimulator } from "../../../simulator/src";
import { runCommand } from "../access/command";

const { accountId, members } = DEFAULTS;
const types = { group: "cloudflare:index/userGroup:UserGroup", vault: "example:index:Vault" };
const urnOf = (type: string, name: string) => `urn:pulumi:dev::project::${type}::${name}`;

describe("The command import-file", () => {
  let simulator: Simulator;
  let folder: string;

  beforeEach(async () => {
    simulator = await startSimulator();
    folder = mkdtempSync(join(tmpdir(), "import-file-"));
  });

  afterEach(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const run = (args: string[], environment: NodeJS.ProcessEnv = {}) =>
    runCommand({ url: simulator.url, cwd: folder }, args, environment);

  function writeState(name: string, resources: object[]): void {
    writeFileSync(join(folder, name), JSON.stringify({ version: 3, deployment: { resources } }));
  }

  it("prints only the import file on standard output", async () => {
    const group = simulator.account().addUserGroup({ name: "Admins", members: [members.adam] });
    const { code, stdout } = await run(["import-file", "--user-groups"]);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({
      resources: [
        {
          type: "pulumi-nodejs:dynamic/cloudflare:UserGroup",
          name: "admins",
          id: group.id,
          inputs: {
            accountId,
            name: "Admins",
            policies: [],
            __provider: 'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").userGroup',
          },
          outputs: {
            accountId,
            name: "Admins",
            policies: [],
            createdOn: group.created_on,
            modifiedOn: group.modified_on,
            __provider: 'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").userGroup',
          },
        },
      ],
    });
  });

  it("reads every page, with one list of members for each group", async () => {
    const account = simulator.account();
    for (let index = 0; index < 60; index++) account.addUserGroup({ name: `Group ${index}` });
    const { stdout } = await run(["import-file"]);
    expect(JSON.parse(stdout).resources).to.have.length(120);
    expect(simulator.journal.summary()).to.have.members([
      "GET …/user_groups ×1",
      "GET …/user_groups/{id}/members ×60",
      "GET …/deployment-groups ×1",
    ]);
  });

  it("prints its usage with --help and sends no request", async () => {
    const { code, stdout } = await run(["import-file", "--help"]);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Usage: pulumi-cloudflare-groups import-file/);
    expect(simulator.journal.count()).to.equal(0);
  });

  const misuses: [string[], string, NodeJS.ProcessEnv?][] = [
    [[], "a command is missing: import-file, access-report, access-diff"],
    [["export-file"], 'there is no command "export-file", only import-file, access-report, access-diff'],
    [["import-file", "--members", "Admins"], '"Admins" is not an option: use --name for a group'],
    [["import-file", "--everything"], "Unknown option '--everything'"],
    [["import-file", "--out"], "Option '--out <value>' argument missing"],
    [["import-file", "--name", ""], "--name needs a value"],
    [["import-file", "--account="], "--account needs a value"],
    [["import-file", "--out", "a", "--program", "a"], "--out and --program name the same file"],
    [["import-file", "--out", "existing"], "existing exists and is not overwritten"],
    [["import-file", "--program", "existing"], "existing exists and is not overwritten"],
    [
      ["import-file", "--stack-export", "s", "--name", "a"],
      "--stack-export chooses the groups itself: leave out --name",
    ],
    [["import-file", "--stack-export", "s", "--program", "p"], "--program is for a stack without a program"],
    [["import-file", "--stack-export", "nowhere.json"], "cannot use nowhere.json"],
    [["import-file", "--stack-export", "existing"], "cannot use existing, which should be what `pulumi stack export"],
    [["import-file"], "CLOUDFLARE_API_TOKEN is missing", { CLOUDFLARE_API_TOKEN: "" }],
    [["import-file"], "the account is missing: give --account", { CLOUDFLARE_ACCOUNT_ID: "" }],
    [["import-file"], "CLOUDFLARE_BASE_URL must begin with https:", { CLOUDFLARE_BASE_URL: "http://example.com" }],
  ];
  for (const [args, message, environment] of misuses)
    it(`reports '${message}' for '${args.map((arg) => arg || '""').join(" ") || "no arguments"}'`, async () => {
      writeFileSync(join(folder, "existing"), "untouched");
      const { code, stdout, stderr } = await run(args, environment);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr)
        .to.match(/^pulumi-cloudflare-groups: [^\n]+\n$/)
        .and.to.include(message);
      expect(simulator.journal.count()).to.equal(0);
      expect(readFileSync(join(folder, "existing"), "utf8")).to.equal("untouched");
      expect(readdirSync(folder)).to.deep.equal(["existing"]);
    });

  it("fails with exit code 1 when a named group does not exist", async () => {
    const { code, stderr } = await run(["import-file", "--name", "Nobody", "--out", "import.json"]);
    expect(code).to.equal(1);
    expect(stderr).to.include('"Nobody"').and.to.include(accountId).and.to.include("Nothing was written.");
    expect(readdirSync(folder)).to.deep.equal([]);
    simulator.account().addUserGroup({ name: "Admins" });
    const similar = await run(["import-file", "--name", "Admin"]);
    expect(similar.stderr).to.include('Did you mean "Admins"?');
  });

  it("fails when there is nothing to import", async () => {
    expect(await run(["import-file"])).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: `There is nothing to import from the account ${accountId}.\n`,
    });
  });

  it("prints Cloudflare's error and advice without the credential", async () => {
    const token = "canary-0b1c2d3e";
    const { code, stderr } = await run(["import-file"], { CLOUDFLARE_API_TOKEN: token });
    expect(code).to.equal(1);
    expect(stderr)
      .to.include("Could not list the user groups of the account")
      .and.to.include("401 Unauthorized")
      .and.to.include("cf-ray: ")
      .and.to.include("set a new one in CLOUDFLARE_API_TOKEN")
      .and.to.not.include(token);
  });

  it("explains how to leave out groups that the credential cannot read", async () => {
    simulator.faults.add({ path: "/deployment-groups", fault: { status: 403, message: "no" } });
    const { stderr } = await run(["import-file"]);
    expect(stderr).to.include('"Zero Trust Write"').and.to.include("leave these groups out with --user-groups");
  });

  it("selects only the account's managed resources from a stack export, with their names", async () => {
    const group = simulator.account().addUserGroup({ name: "Admins" });
    simulator.account().addUserGroup({ name: "Not in the stack" });
    const provider = "urn:pulumi:dev::project::pulumi:providers:cloudflare::default_6_22_1::some-id";
    const resource = (name: string, more: object = {}) => ({
      ...{ type: types.group, urn: urnOf(types.group, name), id: group.id, provider, outputs: { accountId } },
      ...more,
    });
    writeState("stack.json", [
      resource("the::admins"),
      resource("read-only", { external: true }),
      resource("leaving", { delete: true }),
      resource("elsewhere", { outputs: { accountId: "f".repeat(32) } }),
      { type: types.vault, urn: urnOf(types.vault, "vault"), id: "vault" },
    ]);
    const { stdout, stderr } = await run(["import-file", "--stack-export", "stack.json"]);
    const { resources } = JSON.parse(stdout);
    expect(resources.map(({ name, id }: { name: string; id: string }) => [name, id])).to.deep.equal([
      ["the::admins", group.id],
    ]);
    expect(stderr).to.include("Omitted, because they belong to other accounts (see --account): 1.");
    expect(stderr, "the provider is still in use").to.match(/^pulumi state delete --yes '[^']*::the::admins'$/m);
  });

  it("fails when a resource is missing or its parent is replaced too", async () => {
    const gone = { type: types.group, urn: urnOf(types.group, "gone"), id: "0".repeat(32), outputs: { accountId } };
    writeState("gone.json", [gone]);
    const missing = await run(["import-file", "--stack-export", "gone.json"]);
    expect(missing.code).to.equal(1);
    expect(missing.stderr).to.include('the user group "gone"').and.to.include("pulumi refresh");

    const { id } = simulator.account().addUserGroup({ name: "Admins" });
    const child = { ...gone, id, urn: urnOf(`${types.group}$${types.group}`, "child"), parent: gone.urn };
    writeState("child.json", [{ ...gone, id }, child]);
    const orphaned = await run(["import-file", "--stack-export", "child.json"]);
    expect(orphaned.code).to.equal(1);
    expect(orphaned.stderr).to.include('the user group "child"').and.to.include("is replaced too");
  });
});
