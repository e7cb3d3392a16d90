import { expect } from "chai";
import { AccountMembers } from "../../../provider/lifecycle/accountMembers";
import { AccountReader } from "../../../provider/lookups/accountReader";
import { ProviderContext } from "../../../provider/providerContext";
import { fakeClock, recordWaits } from "../cloudflare/fakeClock";
import { type ScriptedResponse, ScriptedServer, success } from "../cloudflare/scriptedServer";
import { idOf } from "./offline";
import { accountId, catchError } from "./online";

const memberCount = 5_000;
const pageSize = 50;
const pageCount = memberCount / pageSize;
const member = (number: number) => ({ id: idOf(number), email: `user${number}@example.com` });

const servers: ScriptedServer[] = [];

/** Starts an account of 5,000 members. Somebody joins at the front of the list before every tenth page. */
async function growingAccount() {
  let requests = 0;
  const respond: ScriptedResponse = (response, { url }) => {
    const joined = Math.floor(requests++ / 10);
    const page = Number(new URL(url, "http://localhost").searchParams.get("page"));
    const first = (page - 1) * pageSize - joined;
    const length = Math.min(pageSize, memberCount - first);
    // Numbers below zero stand for people who joined. They get new ids.
    const rows = Array.from({ length }, (_, index) =>
      member(first + index < 0 ? memberCount - first - index : first + index),
    );
    success(rows, { page, per_page: pageSize, total_count: memberCount + joined })(response, {
      url,
      method: "",
      headers: {},
      body: "",
    });
  };
  const server = await ScriptedServer.start(...Array.from({ length: 3 * pageCount }, () => respond));
  servers.push(server);
  const context = new ProviderContext({ CLOUDFLARE_API_TOKEN: "a-token", CLOUDFLARE_BASE_URL: server.url }, fakeClock);
  return { server, context };
}

describe("Emails in an account of 5,000 whose members keep joining", () => {
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  const numbers = [0, 777, 2_500, memberCount - 1];
  const emails = numbers.map((number) => ({ email: member(number).email.toUpperCase() }));

  it("resolve to ids in one listing", async () => {
    const { server, context } = await growingAccount();
    const resolved = await new AccountMembers(context).resolveMembers(emails, accountId, { name: "set the members" });
    expect(resolved.map(({ id }) => id)).to.deep.equal(numbers.map(idOf));
    expect(server.requests.length).to.be.within(pageCount, pageCount + 3);
  });

  it("are found by a lookup in one listing", async () => {
    const { server, context } = await growingAccount();
    const lookups = new AccountReader(accountId, context);
    for (const number of numbers) {
      const { email } = member(number);
      const query = { what: email, key: "email", value: email, otherKeys: [] };
      expect((await lookups.findMember(query)).id).to.equal(idOf(number));
    }
    expect(server.requests.length).to.be.within(pageCount, pageCount + 3);
  });

  it("are reported as unknown only after a second listing", async () => {
    const { server, context } = await growingAccount();
    const unknown = [...emails, { email: "nobody@example.com" }];
    await recordWaits(async () => {
      const { message } = await catchError(
        new AccountMembers(context).resolveMembers(unknown, accountId, { name: "set the members" }),
      );
      expect(message).to.include("nobody@example.com belongs to no member");
    });
    expect(server.requests.length).to.be.within(2 * pageCount, 2 * pageCount + 6);
  });
});
