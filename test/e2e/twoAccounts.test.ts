import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { Seed } from "../../simulator/src";
import { repository } from "../documentation";
import { cleanUp } from "./account";
import { createExampleStack } from "./exampleProject";

// Both accounts have the same people and permissions with different ids. Each token reaches one account only.
const seed: Seed = JSON.parse(readFileSync(join(repository, "examples/two-accounts/accounts.json"), "utf8"));
const [companyId = "", partnerId = ""] = seed.accounts.map(({ id }) => id);
const tokens = { company: "token-of-the-company", partner: "token-of-the-partner" };

async function twoAccounts() {
  const environment = { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: "" };
  const testStack = await createExampleStack("two-accounts", { seed }, environment);
  const { project, simulator } = testStack;
  const setTokens = (company: string, partner: string) =>
    project.succeed(
      ...["config", "set-all", "--secret", `cloudflare:apiToken=${company}`, "--secret", `partner:apiToken=${partner}`],
      ...["--plaintext", `cloudflare:accountId=${companyId}`, "--plaintext", `partner:accountId=${partnerId}`],
    );
  const accounts = [companyId, partnerId].map((id) => simulator.account(id));
  return { ...testStack, setTokens, accounts };
}

describe("examples/two-accounts", () => {
  afterEach(cleanUp);

  it("creates the same groups in both accounts, with each account's ids", async () => {
    const { clone, project, simulator, accounts, setTokens } = await twoAccounts();
    await setTokens(tokens.company, tokens.partner);
    await project.up();
    const groups = accounts.map((account) => {
      const [group] = account.userGroups();
      const members = account.groupMembers(group?.id ?? "");
      expect(members.map(({ email }) => email)).to.deep.equal(["adam@example.com", "zoe@example.com"]);
      expect(group?.name).to.equal("Auditors");
      return group?.policies.flatMap(({ permission_groups }) => permission_groups.map(({ id }) => id)) ?? [];
    });
    expect(groups[0])
      .to.have.length(2)
      .and.not.to.have.members(groups[1] ?? []);
    expect(simulator.journal.requests.filter(({ status }) => status !== 200 && status !== 201)).to.deep.equal([]);

    const configuration = await readFile(join(project.folder, "Pulumi.dev.yaml"), "utf8");
    for (const stored of [configuration, await clone.in("state").readAllFiles()]) {
      expect(stored).to.include("apiToken").and.to.include(partnerId);
      for (const token of Object.values(tokens)) expect(stored).not.to.include(token);
    }

    await project.destroy();
    expect(accounts.flatMap((account) => account.userGroups())).to.deep.equal([]);
  });

  it("fails the preview when a token belongs to the other account", async () => {
    const { project, simulator, setTokens } = await twoAccounts();
    await setTokens(tokens.partner, tokens.company);
    const error = await project.fail("up", "--yes");
    expect(error).to.include("403");
    expect(simulator.journal.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
  });
});
