import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import {
  accountId,
  apiToken,
  cleanUp,
  createTestStack,
  members,
  permissionGroups,
  recordRequests,
  resourceGroups,
  type TestStack,
} from "./account";
import type { Program } from "./pulumiProject";

const command = resolve(__dirname, "../../dist/cli.js");
const importFlags = ["--generate-code=false", "--protect=false", "--yes"];

const policy = {
  access: "allow" as const,
  permission_groups: [{ id: permissionGroups.dnsWrite }, { id: permissionGroups.zoneRead }],
  resource_groups: [{ id: resourceGroups.account }, { id: resourceGroups.zone }],
};

/** Creates a stack's account with groups that have awkward names. */
async function createFilledStack(): Promise<TestStack> {
  const testStack = await createTestStack();
  const { account } = testStack;
  account.addUserGroup({ name: "DNS readers", policies: [policy], members: [members.zoe, members.adam] });
  account.addUserGroup({ name: 'class "of" `x` $& \\ 管理者\u202e', members: [] });
  account.addUserGroup({ name: "🚀" });
  const version_config = [
    { target_environment: "windows", version: "2026.6.234.0" },
    { target_environment: null, version: "1.0" },
  ];
  account.addDeploymentGroup({ name: "Ring 0", version_config, policy_ids: ["policy-a", "policy-b"] });
  account.addDeploymentGroup({ name: "Ring 0", version_config: version_config.slice(1) });
  return testStack;
}

/** Runs the package's own command in the project's folder. */
function importFile(
  { project, simulator }: TestStack,
  ...options: string[]
): Promise<{ code: number | null; log: string }> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [command, "import-file", ...options], {
      cwd: project.folder,
      env: { CLOUDFLARE_API_TOKEN: apiToken, CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: simulator.url },
    });
    let log = "";
    child.stderr.on("data", (chunk) => (log += chunk));
    child.on("error", reject);
    child.on("close", (code) => settle({ code, log }));
  });
}

async function useGeneratedProgram({ project }: TestStack, file: string): Promise<void> {
  const source = await readFile(join(project.folder, file), "utf8");
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  await project.writeSource(ts.transpileModule(source, { compilerOptions }).outputText);
}

const filterWrites = (calls: string[]) => calls.filter((call) => !call.startsWith("GET "));

describe("The import file", () => {
  afterEach(cleanUp);

  it("imports a whole account without a write or a difference", async () => {
    const testStack = await createFilledStack();
    const { project, account } = testStack;
    const calls = await recordRequests(testStack, async () => {
      const { code, log } = await importFile(testStack, "--out", "import.json", "--program", "groups.ts");
      expect(log).to.equal(
        `Read from the account ${accountId}: user groups: 3, members of user groups: 3, deployment groups: 2.\n`,
      );
      expect(code).to.equal(0);
      await project.succeed("import", "--file", "import.json", ...importFlags);
    });
    expect(calls, "one list for each kind and for each group's members").to.have.members([
      "GET …/user_groups ×1",
      "GET …/user_groups/{id}/members ×3",
      "GET …/deployment-groups ×1",
    ]);
    await useGeneratedProgram(testStack, "groups.ts");
    const refreshes = await recordRequests(testStack, () => project.up("--refresh", "--expect-no-changes"));
    expect(filterWrites(refreshes)).to.deep.equal([]);
    expect(await project.readAllFiles()).to.not.include(apiToken);

    const source = await readFile(join(project.folder, "program", "index.js"), "utf8");
    await project.writeSource(source.replace('"DNS readers"', '"Readers"').replace(`{ id: "${members.zoe}" },`, ""));
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      "PUT …/user_groups/{id} ×1",
      "GET …/user_groups/{id}/members ×1",
      "PUT …/user_groups/{id}/members ×1",
    ]);
    expect(account.userGroups().map(({ name }) => name)).to.include("Readers");
  });

  it("stores the same state as a create", async () => {
    const created = await createTestStack();
    const policies = [
      {
        access: "allow" as const,
        permissionGroups: [{ id: permissionGroups.dnsRead }],
        resourceGroups: [{ id: resourceGroups.account }],
      },
    ];
    const program: Program<{ adam: string; policies: typeof policies }> = (
      { UserGroup, UserGroupMembers, DeploymentGroup },
      { adam, policies },
    ) => {
      const group = new UserGroup("admins", { name: "Admins", policies });
      new UserGroupMembers("admins", { userGroupId: group.id, members: [{ id: adam }] });
      new UserGroup("nobody", { name: "Nobody" });
      const versionConfigs = [{ targetEnvironment: "windows", version: "2026.6.234.0" }];
      new DeploymentGroup("ring-0", { name: "Ring 0", versionConfigs });
    };
    await created.project.write(program, { adam: members.adam, policies });
    await created.project.up();
    await created.project.refresh(); // The request that set the members changed the group's time.
    const stored = async ({ project }: TestStack) =>
      (await project.resources())
        .map(({ type, urn, id, inputs, outputs }) => ({ type, name: urn.split("::").at(-1), id, inputs, outputs }))
        .filter(({ type, name }) => !(type.endsWith(":UserGroupMembers") && name === "nobody"));

    const imported = { ...(await createTestStack()), simulator: created.simulator };
    await importFile(imported, "--out", "import.json");
    await imported.project.succeed("import", "--file", "import.json", ...importFlags);
    expect(await stored(imported)).to.have.deep.members(await stored(created));
  });

  it("contains only the selected kinds and groups", async () => {
    const testStack = await createFilledStack();
    const [ring] = testStack.account.deploymentGroups();
    const entries = async (file: string) => {
      const { resources } = JSON.parse(await readFile(join(testStack.project.folder, file), "utf8"));
      return resources.map(({ type, name }: { type: string; name: string }) => `${type.split(":").at(-1)} ${name}`);
    };
    await importFile(
      testStack,
      "--members",
      "--name",
      "DNS readers",
      "--out",
      "members.json",
      "--program",
      "members.ts",
    );
    expect(await entries("members.json")).to.deep.equal(["UserGroupMembers dns-readers"]);
    await importFile(testStack, "--name", ring?.id ?? "", "--name", "🚀", "--out", "named.json");
    expect(await entries("named.json")).to.deep.equal([
      "UserGroup user-group",
      "UserGroupMembers user-group",
      `DeploymentGroup ring-0-${ring?.id.slice(0, 8)}`,
    ]);
    await testStack.project.succeed("import", "--file", "members.json", ...importFlags);
    await useGeneratedProgram(testStack, "members.ts");
    await testStack.project.preview("--expect-no-changes");
  });
});

/** Returns a stack's state as the official provider writes it. The tests cannot run that provider. */
function buildOfficialState(groupId: string, ringId: string) {
  const urn = (type: string, name: string) => `urn:pulumi:dev::e2e::${type}::${name}`;
  const stack = urn("pulumi:pulumi:Stack", "e2e-dev");
  const team = urn("example:index:Team", "team");
  const provider = "pulumi:providers:cloudflare";
  const types = {
    group: "cloudflare:index/userGroup:UserGroup",
    members: "cloudflare:index/userGroupMembers:UserGroupMembers",
    ring: "cloudflare:index/zeroTrustDeviceDeploymentGroups:ZeroTrustDeviceDeploymentGroups",
  };
  const reference = `${urn(provider, "default_6_22_1")}::11111111-2222-4333-8444-555555555555`;
  const custom = (type: string, name: string, id: string, outputs: object, parent = stack) => {
    const place = urn(parent === team ? `example:index:Team$${type}` : type, name);
    return { urn: place, custom: true, type, id, parent, provider: reference, outputs: { id, ...outputs } };
  };
  const group = custom(types.group, "the-readers", groupId, { accountId, name: "DNS readers" });
  const people = {
    ...custom(types.members, "the-people", groupId, { accountId, userGroupId: groupId, members: [] }, team),
    dependencies: [group.urn],
  };
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-07-01T00:00:00Z", magic: "", version: "" },
      resources: [
        { urn: stack, custom: false, type: "pulumi:pulumi:Stack" },
        {
          urn: urn(provider, "default_6_22_1"),
          custom: true,
          type: provider,
          id: "11111111-2222-4333-8444-555555555555",
          inputs: { version: "6.22.1" },
          outputs: { version: "6.22.1" },
        },
        { urn: team, custom: false, type: "example:index:Team", parent: stack },
        group,
        people,
        custom(types.ring, "it's ring-0", ringId, { accountId, name: "Ring 0" }),
      ],
    },
  };
}

describe("A migration from the official provider", () => {
  afterEach(cleanUp);

  it("keeps names and components without a write or a difference", async () => {
    const testStack = await createFilledStack();
    const { project, account } = testStack;
    const group = account.userGroups().find(({ name }) => name === "DNS readers");
    const [ring] = account.deploymentGroups();
    await writeFile(
      join(project.folder, "official.json"),
      JSON.stringify(buildOfficialState(group?.id ?? "", ring?.id ?? "")),
    );
    await project.succeed("stack", "import", "--file", "official.json");

    const program: Program<{ groupName: string; ring: typeof ring; policy: typeof policy; ids: string[] }> = (
      { UserGroup, UserGroupMembers, DeploymentGroup },
      { groupName, ring, policy, ids },
      pulumi,
    ) => {
      const group = new UserGroup("the-readers", {
        name: groupName,
        policies: [
          {
            access: policy.access,
            permissionGroups: policy.permission_groups,
            resourceGroups: policy.resource_groups,
          },
        ],
      });
      const team = new pulumi.ComponentResource("example:index:Team", "team");
      const people = ids.map((id) => ({ id }));
      new UserGroupMembers("the-people", { userGroupId: group.id, members: people }, { parent: team });
      new DeploymentGroup("it's ring-0", {
        name: ring?.name ?? "",
        versionConfigs: (ring?.version_config ?? []).map(({ target_environment, version }) => ({
          targetEnvironment: target_environment ?? null,
          version,
        })),
        policyIds: ring?.policy_ids ?? [],
      });
    };
    const calls = await recordRequests(testStack, async () => {
      await project.succeed("stack", "export", "--file", "stack.json");
      const { log } = await importFile(testStack, "--stack-export", "stack.json", "--out", "import.json");
      const removal = log.split("\n").find((line) => line.startsWith("pulumi state delete")) ?? "";
      await project.succeed(...splitShellWords(removal).slice(1));
      await project.succeed("import", "--file", "import.json", ...importFlags);
      await project.write(program, { groupName: "DNS readers", ring, policy, ids: [members.zoe, members.adam] });
      await project.up("--refresh", "--expect-no-changes");
    });
    expect(filterWrites(calls)).to.deep.equal([]);

    await project.write(program, { groupName: "Readers", ring, policy, ids: [members.zoe] });
    expect(filterWrites(await recordRequests(testStack, () => project.up()))).to.have.members([
      "PUT …/user_groups/{id} ×1",
      "PUT …/user_groups/{id}/members ×1",
    ]);
    expect(account.userGroups()).to.have.length(3);
  });
});

/** Splits a command line into words as a shell does, with single quotes and backslashes. */
function splitShellWords(line: string): string[] {
  return (line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []).map((word) => word.replace(/'([^']*)'|\\(.)/g, "$1$2"));
}
