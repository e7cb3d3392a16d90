import { expect } from "chai";
import { AccountMembers } from "../../../provider/lifecycle/accountMembers";
import { ProviderContext } from "../../../provider/providerContext";
import { startSimulator } from "../../../simulator/src";
import { accountId, apiToken, members } from "./online";

const { zoe, adam, maria } = members;

/** Calls `act` with the members of an account and a function that counts the requests. */
async function withAccount(act: (accountMembers: AccountMembers, count: () => number) => Promise<void>) {
  const simulator = await startSimulator();
  try {
    const context = new ProviderContext({ CLOUDFLARE_API_TOKEN: apiToken, CLOUDFLARE_BASE_URL: simulator.url });
    await act(new AccountMembers(context), () => simulator.journal.count());
  } finally {
    await simulator.close();
  }
}

const withEmails = [
  { id: zoe, email: "zoe@example.com" },
  { id: adam, email: "Adam@Example.com" },
  { id: maria, email: "maria@example.com" },
];

describe("selectMembers", () => {
  it("selects by id and by email in any case without a request", async () => {
    await withAccount(async (accountMembers, count) => {
      const refs = [{ id: zoe }, { email: "ADAM@example.com" }];
      const selected = await accountMembers.selectMembers(withEmails, refs, accountId);
      expect(selected.map(({ id }) => id)).to.deep.equal([zoe, adam]);
      expect(count()).to.equal(0);
    });
  });

  it("selects the current owner of an email, not the former one", async () => {
    await withAccount(async (accountMembers) => {
      const swapped = [
        { id: zoe, email: "adam@example.com" },
        { id: adam, email: "zoe@example.com" },
      ];
      const selected = await accountMembers.selectMembers(swapped, [{ email: "zoe@example.com" }], accountId);
      expect(selected.map(({ id }) => id)).to.deep.equal([adam]);
    });
  });

  it("reads the account's members when a member has no email", async () => {
    await withAccount(async (accountMembers, count) => {
      for (const email of [undefined, null, ""]) {
        const withoutEmail = [
          { id: zoe, email },
          { id: adam, email },
        ];
        const selected = await accountMembers.selectMembers(withoutEmail, [{ email: "Zoe@example.com" }], accountId);
        expect(selected.map(({ id }) => id)).to.deep.equal([zoe]);
      }
      expect(count(), "the list is shared").to.equal(1);
    });
  });

  it("selects nobody for an unknown email or id", async () => {
    await withAccount(async (accountMembers) => {
      const withoutEmail = [{ id: zoe }, { id: adam, email: "" }, { id: maria, email: "maria@example.com" }];
      const select = (refs: { id?: string; email?: string }[]) =>
        accountMembers.selectMembers(withoutEmail, refs, accountId);
      expect(await select([{ email: "nobody@example.com" }])).to.deep.equal([]);
      expect(await select([])).to.deep.equal([]);
      expect(await select([{ id: "f".repeat(32) }])).to.deep.equal([]);
    });
  });

  it("prefers the id when a reference has an id and an email", async () => {
    await withAccount(async (accountMembers) => {
      const refs = [{ id: zoe, email: "adam@example.com" }];
      const selected = await accountMembers.selectMembers(withEmails, refs, accountId);
      expect(selected.map(({ id }) => id)).to.deep.equal([zoe]);
    });
  });
});
