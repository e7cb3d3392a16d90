import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { DEFAULTS, type Simulator, startSimulator } from "../../../simulator/src";
import { runCommand } from "../runCommand";
import { addSampleGroups, sample, sampleSeed } from "./sampleAccount";

const { accountId, members, permissionGroups, resourceGroups } = DEFAULTS;
const type = "pulumi-nodejs:dynamic/cloudflare:UserGroup";

describe("The command access-diff", () => {
  let simulator: Simulator;
  let folder: string;
  let groups: ReturnType<typeof addSampleGroups>;

  beforeEach(async () => {
    simulator = await startSimulator({ seed: sampleSeed });
    groups = addSampleGroups(simulator);
    folder = mkdtempSync(join(tmpdir(), "access-diff-"));
  });

  afterEach(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const run = (args: string[], stdin = "") =>
    runCommand({ url: simulator.url, cwd: folder, stdin }, ["access-diff", ...args]);

  /** Returns a preview in which the DNS editors get another permission. */
  function previewOf(permission: string, resource: string): string {
    const policies = [{ access: "allow", permissionGroups: [{ id: permission }], resourceGroups: [{ id: resource }] }];
    const newState = { type, id: groups.editors, inputs: { accountId, name: "DNS editors", policies } };
    const urn = `urn:pulumi:dev::project::${type}::editors`;
    return JSON.stringify({ steps: [{ op: "update", urn, newState, diffReasons: ["policies"] }] });
  }

  const promotion = () => previewOf(sample.administrator, resourceGroups.account);

  it("says in Markdown who gains and who loses, with administrators first", async () => {
    const { code, stdout } = await run([], promotion());
    expect(code).to.equal(0);
    expect(stdout.split("\n")).to.deep.equal([
      "<!-- pulumi-cloudflare-groups access-diff -->",
      "## Who gains and who loses access",
      "",
      `Account ${accountId}: permissions gained: 2, of administrators: 2, lost: 1.`,
      "",
      "|  | person | permission | scope | how |",
      "| --- | --- | --- | --- | --- |",
      "| gains **administrator** | `ben@example.com` | `Administrator` | `whole account` | `group DNS editors` |",
      "| gains **administrator** | `zoe@example.com` | `Administrator` | `whole account` | `group DNS editors` |",
      "| loses | `zoe@example.com` | `DNS Write` | `zone example.com` | `group DNS editors` |",
      "",
    ]);
  });

  it("prints a table and JSON, from a file or from standard input", async () => {
    writeFileSync(join(folder, "preview.json"), promotion());
    const table = await run(["--format", "table", "preview.json"]);
    expect(table.stdout).to.include("loses     zoe@example.com              DNS Write                zone example.com");
    const json = await run(["--format", "json", "-"], promotion());
    expect(JSON.parse(json.stdout).changes).to.have.length(3);
  });

  it("says that nobody gains or loses access", async () => {
    const { stdout } = await run([], previewOf(permissionGroups.dnsWrite, resourceGroups.zone));
    expect(stdout).to.include(`Nobody gains or loses access in the account ${accountId}.`);
  });

  it("does not count what a person keeps through another group", async () => {
    simulator.account().addUserGroup({
      name: "Also editors",
      policies: [
        {
          access: "allow",
          permission_groups: [{ id: permissionGroups.dnsWrite }],
          resource_groups: [{ id: resourceGroups.zone }],
        },
      ],
      members: [members.zoe],
    });
    const { stdout } = await run([], promotion());
    expect(stdout).to.include("of administrators: 2, lost: 0.");
  });

  it("ends with 3 by --fail-on, and sends only reads", async () => {
    const failed = await run(["--fail-on", "grants-administrator", "--fail-on", "removals:0"], promotion());
    expect(failed.code).to.equal(3);
    expect(failed.stderr.split("\n")).to.deep.equal([
      "--fail-on grants-administrator: permissions of administrators gained: 2",
      "--fail-on removals:0: permissions lost: 1",
      "",
    ]);
    expect((await run(["--fail-on", "removals:1"], promotion())).code).to.equal(0);
    expect(simulator.journal.summary().filter((line) => !line.startsWith("GET "))).to.deep.equal([]);
  });

  it("ends with 3 by --fail-on for policies of an existing group", async () => {
    const policies = [
      {
        access: "allow",
        permissionGroups: [{ name: "Administrator" }],
        resourceGroups: [{ id: resourceGroups.account }],
      },
    ];
    const newState = { type: `${type}Policies`, inputs: { accountId, userGroupId: groups.editors, policies } };
    const urn = `urn:pulumi:dev::project::${type}Policies::editors`;
    const preview = JSON.stringify({ steps: [{ op: "create", urn, newState }] });
    const { code, stderr } = await run(["--fail-on", "grants-administrator", "--fail-on", "removals:0"], preview);
    expect(code).to.equal(3);
    expect(stderr).to.include("administrators gained: 2").and.to.include("permissions lost: 1");
  });

  for (const [args, stdin, message] of [
    [[], "", "cannot use standard input, which should be what `pulumi preview --json` prints: "],
    [[], '{"steps":[],"diagnostics":[{"severity":"error"}]}', "the preview failed"],
    [["gone.json"], "", "cannot use gone.json"],
    [["--fail-on", "removals"], "", '--fail-on must be grants-administrator or removals:<number>, not "removals"'],
    [["--format", "csv"], "", '--format must be table or markdown or json, not "csv"'],
    [["a", "b"], "", '"b" is one file too many'],
  ] as const)
    it(`rejects ${JSON.stringify(args)} with ${stdin || "no preview"} before any request`, async () => {
      const { code, stdout, stderr } = await run([...args], stdin);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr).to.include(message);
      expect(simulator.journal.count()).to.equal(0);
    });
});
