import { expect } from "chai";
import ts from "typescript";
import { readReadmeExamples } from "../documentation";
import { accountId, apiToken, cleanUp, createTestStack } from "./account";

describe("The README's program", () => {
  afterEach(cleanUp);

  it("creates its groups, then finds and repairs drift with the README's commands", async () => {
    const { project, account } = await createTestStack({}, { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: "" });
    const [program] = readReadmeExamples();
    await project.writeSource(
      ts.transpileModule(program?.code ?? "", { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText,
    );
    await project.succeed("config", "set", "--secret", "cloudflare:apiToken", apiToken);
    await project.succeed("config", "set", "cloudflare:accountId", accountId);
    await project.up();
    const [group] = account.userGroups();
    expect(account.groupMembers(group?.id ?? "").map(({ email }) => email)).to.have.members([
      "zoe@example.com",
      "adam@example.com",
    ]);
    expect(account.deploymentGroups()).to.have.length(1);
    await project.succeed("refresh", "--preview-only", "--expect-no-changes");
    account.editUserGroup(group?.id ?? "", { name: "Changed by hand" });
    await project.fail("refresh", "--preview-only", "--expect-no-changes");
    await project.up("--refresh");
    expect(account.userGroups().map(({ name }) => name)).to.deep.equal(["DNS readers"]);
  });
});
