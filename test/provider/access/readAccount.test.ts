import { expect } from "chai";
import fc from "fast-check";
import { effectiveAccess } from "../../../provider/access/effectiveAccess";
import { readAccount } from "../../../provider/access/readAccount";
import { DEFAULTS, type Simulator } from "../../../simulator/src";
import { randomAccount } from "./randomAccounts";
import { startAccount, toCloudflareIds, toSeed } from "./simulatedAccount";

const { accountId, members, permissionGroups, resourceGroups } = DEFAULTS;

const variants = fc.record({
  inheritedPolicies: fc.constantFrom("hidden" as const, "shown" as const),
  anonymousResourceGroups: fc.constantFrom("scope-only" as const, "with-id" as const),
  scopeShape: fc.constantFrom("by-endpoint" as const, "object" as const, "list" as const),
  metaShape: fc.constantFrom("by-endpoint" as const, "named" as const, "key-value" as const),
  emptyLists: fc.constantFrom("by-endpoint" as const, "null" as const),
  pageSizes: fc.constantFrom("documented" as const, "uniform" as const),
});

const dnsWriters = {
  access: "allow" as const,
  permission_groups: [{ id: permissionGroups.dnsWrite }],
  resource_groups: [{ id: resourceGroups.zone }],
};

describe("The account of a report", () => {
  const simulators: Simulator[] = [];

  async function start(...options: Parameters<typeof startAccount>) {
    const started = await startAccount(...options);
    simulators.push(started.simulator);
    return started;
  }

  afterEach(async () => {
    for (const simulator of simulators.splice(0)) await simulator.close();
  });

  it("has the access of the simulated account, in every form of Cloudflare's responses", async () => {
    await fc.assert(
      fc.asyncProperty(randomAccount.map(toCloudflareIds), variants, async (account, options) => {
        const { simulator, client } = await startAccount({ seed: toSeed(account), ...options });
        try {
          const read = await readAccount(client, accountId);
          expect(effectiveAccess(read)).to.deep.equal(effectiveAccess(account));
        } finally {
          await simulator.close();
        }
      }),
      { numRuns: 15 },
    );
  });

  it("sends only reads, and one list of members for each group", async () => {
    const { simulator, client, account } = await start();
    for (const name of ["A", "B", "C"]) account.addUserGroup({ name, members: [members.zoe] });
    await readAccount(client, accountId);
    expect(simulator.journal.summary()).to.have.members([
      "GET …/user_groups ×1",
      "GET …/user_groups/{id}/members ×3",
      "GET …/members ×1",
      "GET …/permission_groups ×1",
      "GET …/resource_groups ×1",
    ]);
  });

  it("is read with a token for reading only", async () => {
    const { client, account } = await start({}, DEFAULTS.readOnlyToken);
    account.addUserGroup({ name: "DNS", policies: [dnsWriters], members: [members.zoe] });
    const [row] = effectiveAccess(await readAccount(client, accountId));
    expect(row?.person).to.deep.equal({
      id: members.zoe,
      email: "zoe@example.com",
      name: "Zoe Example",
      status: "accepted",
    });
    expect(row?.scope.words).to.equal("zone example.com");
  });

  for (const path of ["members", "iam/permission_groups", "iam/resource_groups", "iam/user_groups"])
    it(`fails when Cloudflare rejects ${path}`, async () => {
      const { client, simulator } = await start({
        faultFor: (request) =>
          request.path.endsWith(path) ? { status: 403, errors: [{ code: 10000, message: "Forbidden" }] } : undefined,
      });
      simulator.account().addUserGroup({ name: "DNS", members: [members.zoe] });
      const failure = await readAccount(client, accountId).then(
        () => "",
        (error: Error) => error.message,
      );
      expect(failure).to.match(/^Could not list the .* answered 403/);
    });

  it("reads the policies of groups whose list omits them", async () => {
    const { client, account } = await start({ sparse: 3 });
    for (let index = 0; index < 20; index++)
      account.addUserGroup({ name: `Group ${index}`, policies: [dnsWriters], members: [members.zoe] });
    expect(effectiveAccess(await readAccount(client, accountId))).to.have.length(20);
  });

  it("keeps the email that one list of members has and another one omits", async () => {
    const { client, account, simulator } = await start();
    const somebody = { id: "0".repeat(32), email: "leaving@example.com", status: "pending" };
    for (const [name, listed] of Object.entries({ A: somebody, B: { id: somebody.id } })) {
      const { id } = account.addUserGroup({ name, policies: [dnsWriters] });
      const body = { success: true, errors: [], messages: [], result: [listed] };
      simulator.faults.add({ path: `/user_groups/${id}/members`, fault: { json: body } });
    }
    const { people } = await readAccount(client, accountId);
    expect(people.find(({ id }) => id === somebody.id)).to.include(somebody);
  });

  it("reports the pages read of the pages known", async () => {
    const { client, account } = await start();
    for (let index = 0; index < 120; index++)
      account.addMember({ id: index.toString(16).padStart(32, "0"), email: `p${index}@example.com` });
    account.addUserGroup({ name: "DNS", members: [members.zoe] });
    const progress: [number, number][] = [];
    await readAccount(client, accountId, (...pages) => progress.push(pages));
    expect(progress.at(-1)).to.deep.equal([7, 7]);
    for (const [read, inAll] of progress) expect(read).to.be.at.most(inAll);
  });
});
