import { expect } from "chai";
import { accountId, apiToken, cleanUp, createTestStack, members, permissionGroups, resourceGroups } from "./account";
import type { Program } from "./pulumiProject";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const desired: ThreeResources = { members: ids(members.adam) };

describe("The provider", () => {
  afterEach(cleanUp);

  it("prefers the stack's configuration over the environment", async () => {
    const { project, account } = await createTestStack(
      {},
      { CLOUDFLARE_API_TOKEN: "wrong", CLOUDFLARE_ACCOUNT_ID: "0".repeat(32) },
    );
    await project.succeed(
      ...["config", "set-all", "--secret", `cloudflare:apiToken=${apiToken}`],
      ...["--plaintext", `cloudflare:accountId=${accountId}`],
    );
    await project.write(threeResources, desired);
    await project.up();
    expect(account.userGroups()).to.have.length(1);
  });

  it("accepts an email and an API key", async () => {
    const { project, account } = await createTestStack(
      {},
      {
        CLOUDFLARE_API_TOKEN: "",
        CLOUDFLARE_EMAIL: "user@example.com",
        CLOUDFLARE_API_KEY: "144c9defac04969c7bfad8efaa8ea194",
      },
    );
    await project.write(threeResources, desired);
    await project.up();
    expect(account.userGroups()).to.have.length(1);
  });

  it("manages two accounts with two explicit providers", async () => {
    const seed = {
      accounts: [{ id: "a".repeat(32) }, { id: "b".repeat(32) }],
      credentials: [
        { token: "token-of-account-a", accounts: ["a".repeat(32)] },
        { token: "token-of-account-b", accounts: ["b".repeat(32)] },
      ],
    };
    const { project, simulator } = await createTestStack(
      { seed },
      { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: "" },
    );
    const program: Program<object> = ({ Provider, UserGroup, DeploymentGroup }) => {
      for (const letter of ["a", "b"]) {
        const provider = new Provider(letter, { apiToken: `token-of-account-${letter}`, accountId: letter.repeat(32) });
        new UserGroup(letter, { name: `Admins of ${letter}` }, { provider });
        const versionConfigs = [{ targetEnvironment: "windows", version: "1.0" }];
        new DeploymentGroup(letter, { name: `Ring of ${letter}`, versionConfigs }, { provider });
      }
    };
    await project.write(program, {});
    await project.up();
    for (const letter of ["a", "b"]) {
      const account = simulator.account(letter.repeat(32));
      expect(account.userGroups().map(({ name }) => name)).to.deep.equal([`Admins of ${letter}`]);
      expect(account.deploymentGroups().map(({ name }) => name)).to.deep.equal([`Ring of ${letter}`]);
    }
    expect(await project.readAllFiles()).to.not.include('token-of-account-a"');
    await project.destroy();
    expect(simulator.account("b".repeat(32)).userGroups()).to.deep.equal([]);
  });

  it("previews without a credential and without the API", async () => {
    const { project, simulator } = await createTestStack({}, { CLOUDFLARE_API_TOKEN: "" });
    await simulator.close();
    await project.write(threeResources, desired);
    expect(await project.preview()).to.include("4 to create");
  });

  it("fails without a request and explains how to set a credential", async () => {
    const testStack = await createTestStack({}, { CLOUDFLARE_API_TOKEN: "" });
    await testStack.project.write(threeResources, desired);
    const output = await testStack.project.fail("up", "--yes", "--skip-preview");
    expect(output)
      .to.include("cloudflare:apiToken is missing")
      .and.to.include("pulumi config set --secret cloudflare:apiToken")
      .and.to.include("CLOUDFLARE_API_TOKEN");
    expect(testStack.simulator.journal.count()).to.equal(0);
  });

  it("fails at preview without an account or with an unencrypted base URL", async () => {
    const { project } = await createTestStack({}, { CLOUDFLARE_ACCOUNT_ID: "" });
    await project.write(threeResources, desired);
    const missing = await project.fail("preview");
    expect(missing).to.include("cloudflare:accountId <id>").and.to.include("CLOUDFLARE_ACCOUNT_ID");
    const { output } = await project.run(["preview"], { CLOUDFLARE_BASE_URL: "http://api.example.com" });
    expect(output).to.include("CLOUDFLARE_BASE_URL").and.to.include("must begin with https:");
  });

  it("explains at refresh that the stored credential is rejected", async () => {
    const { project, simulator } = await createTestStack({}, { CLOUDFLARE_API_TOKEN: "" });
    await project.succeed("config", "set", "--secret", "cloudflare:apiToken", apiToken);
    await project.write(threeResources, desired);
    await project.up();
    simulator.faults.add({
      method: "GET",
      times: 3,
      fault: { status: 401, code: 10000, message: "Authentication error" },
    });
    const refresh = await project.fail("refresh", "--yes", "--skip-preview");
    expect(refresh)
      .to.include("401")
      .and.to.include("the credential in the stack's state")
      .and.to.include("--run-program");
    expect(await project.resources(), "nothing is dropped").to.have.length(3);
  });

  it("keeps the credential out of state, files and output", async () => {
    const token = "canary-5f1d0c7b9e";
    const seed = {
      accounts: [
        {
          id: accountId,
          members: [{ id: members.adam, email: "adam@example.com" }],
          permission_groups: [{ id: permissionGroups.dnsRead, name: "DNS Read" }],
          resource_groups: [
            { id: resourceGroups.account, name: "all", scope: { key: "account", objects: [{ key: "*" }] } },
          ],
        },
      ],
      credentials: [{ token }],
    };
    const { project, simulator } = await createTestStack({ seed }, { CLOUDFLARE_API_TOKEN: "" });
    await project.succeed("config", "set", "--secret", "cloudflare:apiToken", token);
    await project.write(threeResources, desired);
    let output = await project.up();
    simulator.faults.add({ method: "GET", times: 2, fault: { status: 403, message: `no such token: ${token}` } });
    simulator.faults.add({ method: "GET", times: 99, fault: { status: 403, message: "forbidden" } });
    output += await project.fail("refresh", "--yes", "--skip-preview");
    expect(output).to.include("[credential]");
    expect(output).to.not.include(token);
    expect(await project.readAllFiles()).to.not.include(token);
  });
});
