import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { program } from "../fixtures/program-0.1.0";
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

type ProgramValues = Parameters<typeof program>[1];

/**
 * Creates the objects of release 0.1.0 in the account and imports its state into the stack.
 *
 * The fixture is the output of `pulumi stack export --show-secrets` with that release, under the passphrase of these tests.
 * It has no source positions of the engine. A placeholder such as `{admins.id}` stands for a field of an object.
 */
async function importStack({ project, account, simulator }: TestStack): Promise<ProgramValues> {
  const values: ProgramValues = {
    accountId,
    apiToken,
    baseUrl: simulator.url,
    permission: permissionGroups.dnsRead,
    resource: resourceGroups.account,
    zoe: members.zoe,
    adam: members.adam,
  };
  const objects: Record<string, object> = {
    simulator: { url: simulator.url, token: apiToken },
    admins: account.addUserGroup({
      name: "Admins",
      policies: [
        {
          access: "allow",
          permission_groups: [{ id: values.permission }],
          resource_groups: [{ id: values.resource }],
        },
      ],
      members: [values.zoe, values.adam],
    }),
    readers: account.addUserGroup({ name: "Readers" }),
    ring: account.addDeploymentGroup({
      name: "Ring 0",
      version_config: [
        { target_environment: "windows", version: "2026.6.234.0" },
        { target_environment: null, version: "2026.6.100.0" },
      ],
      policy_ids: ["policy-a", "policy-b"],
    }),
  };
  const fixture = await readFile(join(__dirname, "../fixtures/stack-0.1.0.json"), "utf8");
  const state = fixture.replaceAll(/\{(\w+)\.(\w+)\}/g, (_, object, field) =>
    String(Reflect.get(objects[object] ?? {}, field)),
  );
  const file = join(project.folder, "stack.json");
  await writeFile(file, state);
  await project.succeed("stack", "import", "--file", file);
  await project.succeed(
    ...["config", "set-all", "--secret", `cloudflare:apiToken=${apiToken}`],
    ...["--plaintext", `cloudflare:accountId=${accountId}`, "--plaintext", `cloudflare:baseUrl=${simulator.url}`],
  );
  return values;
}

describe("A stack from release 0.1.0", () => {
  afterEach(cleanUp);

  it("shows no difference and can be refreshed and updated", async () => {
    const testStack = await createTestStack(
      {},
      { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: "", CLOUDFLARE_BASE_URL: "" },
    );
    const { project, account } = testStack;
    const values = await importStack(testStack);
    await project.write(program, values);
    expect(await recordRequests(testStack, () => project.preview("--expect-no-changes"))).to.deep.equal([]);
    expect(await recordRequests(testStack, () => project.refresh("--expect-no-changes"))).to.have.members([
      "GET …/user_groups/{id} ×2",
      "GET …/user_groups/{id}/members ×2",
      "GET …/deployment-groups/{id} ×1",
    ]);

    await project.write(program, { ...values, adam: members.maria, permission: permissionGroups.zoneRead });
    expect(await recordRequests(testStack, () => project.up())).to.have.members([
      "PUT …/user_groups/{id} ×1",
      "GET …/user_groups/{id}/members ×1",
      "PUT …/user_groups/{id}/members ×1",
    ]);
    const [admins] = account.userGroups();
    expect(admins?.policies?.[0]?.permission_groups.map(({ id }) => id)).to.deep.equal([permissionGroups.zoneRead]);
    expect(account.groupMembers(admins?.id ?? "").map(({ id }) => id)).to.have.members([members.zoe, members.maria]);
    await project.up("--expect-no-changes");
  });

  it("is destroyed by the code that its state refers to", async () => {
    const testStack = await createTestStack(
      {},
      { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: "", CLOUDFLARE_BASE_URL: "" },
    );
    await importStack(testStack);
    await testStack.project.writeSource("throw new Error('the program is not run');");
    await testStack.project.destroy();
    expect(testStack.account.userGroups()).to.deep.equal([]);
    expect(testStack.account.deploymentGroups()).to.deep.equal([]);
  });
});
