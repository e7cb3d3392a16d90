import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { accountId, apiToken, cleanUp, createTestStack, members, recordRequests } from "./account";
import { ids, type ThreeResources, threeResources } from "./threeResources";

const desired: ThreeResources = { members: ids(members.adam) };

describe("A token rotation", () => {
  afterEach(cleanUp);

  it("uses the stack's new token without a resource diff", async () => {
    const testStack = await createTestStack({}, { CLOUDFLARE_API_TOKEN: "" });
    const { project } = testStack;
    const setToken = (token: string) => project.succeed("config", "set", "--secret", "cloudflare:apiToken", token);
    await setToken(apiToken);
    await project.write(threeResources, desired);
    await project.up();

    await setToken(DEFAULTS.readOnlyToken);
    const rotate = () => project.up("--expect-no-changes");
    expect(await recordRequests(testStack, rotate)).to.deep.equal([]);
    const rejected = await project.fail("destroy", "--yes", "--skip-preview");
    expect(rejected).to.include("403");

    await setToken(apiToken);
    await project.destroy("--run-program");
    expect(testStack.account.userGroups()).to.deep.equal([]);
  });

  it("updates only the explicit provider that has the token", async () => {
    const testStack = await createTestStack(
      {},
      { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: "", CLOUDFLARE_BASE_URL: "" },
    );
    const { project, simulator, account } = testStack;
    const provider = { apiToken, accountId, baseUrl: simulator.url };
    await project.write(threeResources, { ...desired, provider });
    await project.up();

    await project.write(threeResources, { ...desired, provider: { ...provider, apiToken: DEFAULTS.readOnlyToken } });
    let output = "";
    expect(await recordRequests(testStack, async () => (output = await project.up()))).to.deep.equal([]);
    expect(output)
      .to.match(/~ +1 updated/)
      .and.to.match(/4 unchanged/);
    expect(await project.fail("destroy", "--yes", "--skip-preview")).to.include("403");
    expect(account.userGroups()).to.have.length(1);
  });
});
