import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { ReportRow } from "../../../provider/access/report";
import { DEFAULTS, type Simulator, startSimulator } from "../../../simulator/src";
import { runCommand } from "../runCommand";
import { addSampleGroups, sampleSeed } from "./sampleAccount";

const { accountId, members, permissionGroups } = DEFAULTS;
const groupType = "pulumi-nodejs:dynamic/cloudflare:UserGroup";

describe("The command access-report", () => {
  let simulator: Simulator;
  let folder: string;
  let groups: ReturnType<typeof addSampleGroups>;

  beforeEach(async () => {
    simulator = await startSimulator({ seed: sampleSeed });
    groups = addSampleGroups(simulator);
    folder = mkdtempSync(join(tmpdir(), "access-report-"));
  });

  afterEach(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const run = (args: string[], environment: NodeJS.ProcessEnv = {}) =>
    runCommand({ url: simulator.url, cwd: folder }, ["access-report", ...args], environment);

  /** Returns the rows of a report in few words. */
  async function listRows(...args: string[]): Promise<string[]> {
    const { stdout, stderr } = await run(["--format", "json", ...args]);
    expect(stderr).to.equal("");
    const { rows }: { rows: ReportRow[] } = JSON.parse(stdout);
    return rows.map(({ person, permission, access, overridden, scope, way, administrator, managed }) => {
      const marks = [overridden ? "overridden" : "", administrator ? "administrator" : "", managed ?? ""];
      const words = [person.email, access, permission.name, scope.words, way.name ?? way.kind];
      return [...words, ...marks.filter(Boolean)].join(", ");
    });
  }

  function writeStack(file: string, resources: object[]): void {
    writeFileSync(join(folder, file), JSON.stringify({ version: 3, deployment: { resources } }));
  }

  const everything = [
    "ada@example.com, allow, Super Administrator - All Privileges, whole account, Super Administrator - All Privileges, administrator",
    "adam@example.com, allow, Administrator, whole account, Admins, administrator",
    "ben@example.com, deny, DNS Write, whole account, Blocked",
    "ben@example.com, allow, DNS Write, zone example.com, DNS editors, overridden",
    "maria@example.com, allow, Magic Network Monitoring, whole account, policy",
    "zoe@example.com, allow, DNS Write, zone example.com, DNS editors",
  ];

  it("lists everybody's permissions with scope and way, and sends only reads", async () => {
    expect(await listRows()).to.deep.equal(everything);
    expect(simulator.journal.summary().filter((line) => !line.startsWith("GET "))).to.deep.equal([]);
  });

  it("says account, time, version, counts and the checksum of the rows", async () => {
    const { stdout } = await run([]);
    const { rows, createdAt, toolVersion, rowsSha256, ...header } = JSON.parse(stdout);
    expect(header).to.deep.equal({
      formatVersion: 1,
      accountId,
      counts: { people: 5, groups: 3, rows: 6, administrators: 2, unmanaged: null },
      filters: [],
    });
    expect(createdAt).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(toolVersion).to.match(/^\d+\.\d+\.\d+/);
    expect(rowsSha256).to.equal(createHash("sha256").update(JSON.stringify(rows)).digest("hex"));
  });

  it("prints a table without colours when the output is no terminal", async () => {
    const { stdout } = await run(["--format", "table"]);
    expect(stdout).to.include(
      [
        "adam@example.com, Adam Example, ADMINISTRATOR",
        "  allow      Administrator              whole account            group Admins",
        "",
        "ben@example.com, pending",
        "  deny       DNS Write                  whole account            group Blocked",
        "  overridden DNS Write                  zone example.com         group DNS editors",
      ].join("\n"),
    );
    expect(stdout).to.not.include("\u001b");
  });

  it("chooses the format by the ending of the file and replaces the file", async () => {
    for (const [file, start] of [
      ["report.csv", "email,name,"],
      ["report.json", "{"],
      ["report.md", "# Access report"],
      ["report.txt", `account ${accountId}`],
    ] as const) {
      writeFileSync(join(folder, file), "old");
      const { code, stdout, stderr } = await run(["--out", file]);
      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: "" });
      expect(stderr).to.match(/SHA-256 of the rows: [0-9a-f]{64}\n$/);
      expect(readFileSync(join(folder, file), "utf8").slice(0, start.length)).to.equal(start);
    }
    expect(readdirSync(folder)).to.have.length(4);
  });

  it("narrows the rows by person, permission, group and administrators", async () => {
    expect(await listRows("--person", "ZOE@example.com", "--person", members.adam)).to.deep.equal([
      everything[1],
      everything[5],
    ]);
    expect(await listRows("--permission", "dns_write", "--group", "DNS editors")).to.deep.equal([
      everything[3],
      everything[5],
    ]);
    expect(await listRows("--only", "administrators")).to.deep.equal(everything.slice(0, 2));
  });

  it("rejects a filter that matches nothing in the account and lists similar names", async () => {
    const { code, stderr } = await run(["--person", "zoey@example.com"]);
    expect(code).to.equal(1);
    expect(stderr).to.equal(
      'Could not find the person "zoey@example.com": the account has none. Similar: "zoe@example.com".\n',
    );
  });

  it("marks what the exported stacks manage", async () => {
    const outputs = { accountId };
    const policies = (id: string) => [{ access: "allow", permissionGroups: [{ id }], resourceGroups: [] }];
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
    writeStack("groups.json", [
      { type: groupType, id: groups.editors, outputs: { ...outputs, policies: policies(permissionGroups.dnsWrite) } },
      { type: groupType, id: groups.admins, outputs: { ...outputs, policies: secret } },
      { type: "cloudflare:index/userGroup:UserGroup", id: groups.blocked, outputs: { accountId: "another" } },
    ]);
    // Ben was added to the editors by hand.
    const zoeAlone = {
      ...outputs,
      userGroupId: groups.editors,
      members: [{ id: members.zoe, email: "zoe@example.com" }],
    };
    writeStack("people.json", [
      { type: `${groupType}Members`, id: groups.editors, outputs: zoeAlone },
      { type: `${groupType}Member`, id: `${groups.admins}/${members.adam}`, outputs },
      { type: `${groupType}Members`, id: groups.blocked, outputs, external: true },
      { type: "cloudflare:index/accountMember:AccountMember", id: members.maria, outputs },
    ]);
    const exports = ["--stack-export", "groups.json", "--stack-export", "people.json"];
    expect((await listRows(...exports)).map((row) => row.split(", ").at(-1))).to.deep.equal([
      "no",
      "yes",
      "no",
      "grant",
      "yes",
      "yes",
    ]);
    expect(await listRows(...exports, "--only", "unmanaged")).to.have.length(3);
    const failed = await run([...exports, "--fail-on", "unmanaged"]);
    expect(failed.code).to.equal(3);
    expect(failed.stderr).to.equal("--fail-on unmanaged: the report has rows that no stack manages completely: 3\n");
    expect(JSON.parse(failed.stdout).counts.unmanaged).to.equal(3);
    expect((await run([...exports, "--fail-on", "unmanaged", "--person", members.zoe])).code).to.equal(0);
  });

  it("counts the policies of a UserGroupPolicies as managed unless it only reads them", async () => {
    const policies = [{ access: "allow", permissionGroups: [{ id: permissionGroups.dnsWrite, name: "DNS Write" }] }];
    const outputs = { accountId, userGroupId: groups.editors, policies };
    const resource = { type: `${groupType}Policies`, id: groups.editors, outputs };
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
    for (const [options, managed] of [
      [{}, "grant"],
      [{ retainOnDelete: true }, "grant"],
      [{ inputs: { ...outputs, importId: groups.editors } }, "grant"],
      [{ outputs: { ...outputs, policies: secret } }, "grant"],
      [{ outputs: { ...outputs, policies: [] } }, "no"],
      [{ outputs: { ...outputs, accountId: "another" } }, "no"],
      [{ external: true }, "no"],
      [{ delete: true }, "no"],
    ] as const) {
      writeStack("stack.json", [{ ...resource, ...options }]);
      const rows = await listRows("--stack-export", "stack.json", "--group", "DNS editors");
      expect(rows.map((row) => row.split(", ").at(-1))).to.deep.equal([managed, managed]);
    }
  });

  it("counts a policy that was added by hand as unmanaged", async () => {
    const outputs = { accountId, policies: [], members: [] };
    const members = { id: groups.editors, type: `${groupType}Members`, outputs };
    writeStack("stack.json", [{ type: groupType, id: groups.editors, outputs }, members]);
    const rows = await listRows("--stack-export", "stack.json", "--group", "DNS editors");
    expect(rows.map((row) => row.split(", ").at(-1))).to.deep.equal(["no", "no"]);
  });

  it("ends with 3 by --fail-on administrators only when the report has some", async () => {
    expect((await run(["--fail-on", "administrators"])).code).to.equal(3);
    expect((await run(["--fail-on", "administrators", "--person", "zoe@example.com"])).code).to.equal(0);
  });

  it("prints nothing but the error when Cloudflare rejects one list", async () => {
    simulator.faults.add({ path: "/permission_groups", fault: { status: 403 } });
    const { code, stdout, stderr } = await run(["--out", "report.csv"]);
    expect({ code, stdout, files: readdirSync(folder) }).to.deep.equal({ code: 1, stdout: "", files: [] });
    expect(stderr).to.match(/^Could not list the permission groups of the account \w+: GET .* answered 403/);
    expect(stderr).to.include('give the credential the permission "Account Settings Read" on this account.');
  });

  it("fails when an item of a list cannot be read", async () => {
    const broken = { success: true, errors: [], messages: [], result: [{ id: groups.editors, name: 7 }] };
    simulator.faults.add({ path: "/user_groups", fault: { json: broken } });
    const { code, stdout, stderr } = await run([]);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.include("does not match Cloudflare's documentation");
  });

  for (const [args, message] of [
    [["--format", "pdf"], '--format must be table or csv or json or markdown or html, not "pdf"'],
    [["--out", "report.xlsx"], "the ending of report.xlsx says no format: give --format"],
    [["--only", "unmanaged"], "unmanaged needs --stack-export for each stack that manages groups of the account"],
    [["--fail-on", "everything"], '--fail-on must be unmanaged or administrators, not "everything"'],
    [["everything"], '"everything" is not an option'],
    [["--group", ""], "--group needs a value"],
    [
      ["--stack-export", "gone.json"],
      "cannot use gone.json, which should be what `pulumi stack export --file` writes: ",
    ],
  ] as const)
    it(`rejects ${args.join(" ")} before any request`, async () => {
      const { code, stdout, stderr } = await run([...args]);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr).to.include(`pulumi-cloudflare-groups: ${message}`);
      expect(simulator.journal.count()).to.equal(0);
    });

  it("prints the permissions that the token needs with --help", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).to.equal(0);
    expect(stdout)
      .to.match(/^Usage: pulumi-cloudflare-groups access-report/)
      .and.include('"Account Settings Read"');
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).to.be.at.most(120);
  });
});
