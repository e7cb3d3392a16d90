import { expect } from "chai";
import { DEFAULT_SEED, DEFAULTS } from "../../simulator/src";
import { ACCOUNT, GROUPS, SimulatorFixture } from "./simulatorFixture";

const OTHER_ACCOUNT = "b".repeat(32);
const DEPLOYMENT_GROUPS = `${ACCOUNT}/devices/deployment-groups`;

describe("The simulator's request checks", () => {
  const fixture = new SimulatorFixture({
    seed: {
      accounts: [...DEFAULT_SEED.accounts, { id: OTHER_ACCOUNT }],
      credentials: [
        ...DEFAULT_SEED.credentials,
        { token: "only-the-other-account", accounts: [OTHER_ACCOUNT] },
        { token: "only-scim", permissions: ["SCIM Provisioning"] },
        { token: "only-zero-trust", permissions: ["Zero Trust Write"] },
      ],
    },
  });
  const createBearerHeader = (token: string) => ({ authorization: `Bearer ${token}` });
  /** Sends a request without the fixture's token. */
  const sendHeaders = async (headers: Record<string, string>) => {
    const response = await fetch(fixture.simulator.url + GROUPS, { headers });
    const { errors }: { errors: { code: number; error_chain?: { code: number }[] }[] } = JSON.parse(
      await response.text(),
    );
    return { status: response.status, code: errors[0]?.code, chain: errors[0]?.error_chain?.[0]?.code };
  };

  it("accept an API token, and an email address with its key", async () => {
    const byToken = await fetch(fixture.simulator.url + GROUPS, { headers: createBearerHeader(DEFAULTS.apiToken) });
    const headers = { "x-auth-email": DEFAULTS.email, "x-auth-key": DEFAULTS.apiKey };
    const byKey = await fetch(fixture.simulator.url + GROUPS, { headers });
    expect([byToken.status, byKey.status]).to.deep.equal([200, 200]);
  });

  it("distinguish absent, malformed and unknown credentials", async () => {
    const { email, apiKey } = DEFAULTS;
    expect(await sendHeaders({})).to.deep.include({ status: 401, code: 9106 });
    expect(await sendHeaders(createBearerHeader("unknown"))).to.deep.include({ status: 401, code: 10000 });
    expect(await sendHeaders(createBearerHeader('"quoted"'))).to.deep.equal({ status: 400, code: 6003, chain: 6111 });
    expect(await sendHeaders({ authorization: "Basic abc" })).to.deep.equal({ status: 400, code: 6003, chain: 6111 });
    expect(await sendHeaders({ "x-auth-email": email, "x-auth-key": "unknown" })).to.deep.include({
      status: 403,
      code: 9103,
    });
    expect(await sendHeaders({ "x-auth-email": email })).to.deep.equal({ status: 400, code: 6003, chain: 6103 });
    expect(await sendHeaders({ "x-auth-key": apiKey })).to.deep.equal({ status: 400, code: 6003, chain: 6102 });
  });

  it("reject a credential outside its accounts", async () => {
    const headers = createBearerHeader("only-the-other-account");
    const own = await fixture.send("GET", `/accounts/${OTHER_ACCOUNT}/iam/user_groups`, { headers });
    const other = await fixture.send("GET", GROUPS, { headers });
    expect([own.status, other.status]).to.deep.equal([200, 403]);
    expect(other.errors[0]?.code).to.equal(10000);
  });

  it("reject a request without the required permission", async () => {
    const group = { name: "ring", version_config: [{ target_environment: "windows", version: "1" }] };
    const collectStatuses = async (token: string) => {
      const headers = createBearerHeader(token);
      return [
        (await fixture.send("GET", GROUPS, { headers })).status,
        (await fixture.send("POST", GROUPS, { headers, body: { name: token } })).status,
        (await fixture.send("GET", `${ACCOUNT}/members`, { headers })).status,
        (await fixture.send("GET", DEPLOYMENT_GROUPS, { headers })).status,
        (await fixture.send("POST", DEPLOYMENT_GROUPS, { headers, body: group })).status,
      ];
    };
    expect(await collectStatuses(DEFAULTS.readOnlyToken)).to.deep.equal([200, 403, 200, 200, 403]);
    expect(await collectStatuses("only-scim")).to.deep.equal([200, 200, 200, 403, 403]);
    expect(await collectStatuses("only-zero-trust")).to.deep.equal([403, 403, 403, 200, 200]);
  });

  it("return the same error for an unknown and a forbidden account", async () => {
    const { status, errors } = await fixture.send("GET", `/accounts/${"0".repeat(32)}/iam/user_groups`);
    expect(status).to.equal(403);
    expect(errors).to.deep.equal([{ code: 10000, message: "Authentication error" }]);
  });

  it("return a routing error for malformed ids, unknown paths and methods", async () => {
    const requests: [string, string][] = [
      ["GET", "/accounts/short/iam/user_groups"],
      ["GET", `${GROUPS}/short`],
      ["DELETE", `${GROUPS}/${"f".repeat(32)}/members/short`],
      ["GET", `${ACCOUNT}/iam/nothing`],
      ["GET", "/"],
      ["PATCH", `${GROUPS}/${"f".repeat(32)}`],
    ];
    for (const [method, path] of requests) {
      const { status, errors } = await fixture.send(method, path);
      const codes = errors.map(({ code }) => code);
      expect({ status, codes }, `${method} ${path}`).to.deep.equal({ status: 404, codes: [7003, 7000] });
    }
  });

  it("reject a body that is malformed, missing or not JSON", async () => {
    const malformed = await fixture.send("POST", GROUPS, { text: '{"name": ' });
    const missing = await fixture.send("POST", GROUPS);
    const form = await fixture.send("POST", GROUPS, {
      text: "name=a",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect([malformed.status, missing.status, form.status]).to.deep.equal([400, 400, 400]);
    expect(malformed.errors[0]?.message).to.equal("The body is not valid JSON");
    expect(missing.errors[0]?.message).to.equal("The body must be object");
    expect(form.errors[0]).to.include({ code: 6003 });
  });

  it("reject a body that is too large", async () => {
    const { status, errors } = await fixture.send("POST", GROUPS, { body: { name: "a".repeat(1024 * 1024) } });
    expect({ status, code: errors[0]?.code }).to.deep.equal({ status: 413, code: 1000 });
  });

  it("reject invalid pages and unknown query parameters", async () => {
    const queries = [
      "page=0",
      "page=one",
      "page=1&page=2",
      "per_page=51",
      "per_page=0",
      "direction=up",
      "fuzzy_name=a",
    ];
    for (const query of queries) {
      const { status, errors } = await fixture.send("GET", `${GROUPS}?${query}`);
      expect(status, query).to.equal(400);
      expect(errors[0]?.message, query).to.contain(`Query parameter ${query.split("=")[0]} `);
    }
    const lastPage = await fixture.send("GET", `${GROUPS}?per_page=50&page=3`);
    expect([lastPage.status, JSON.parse(lastPage.text).result]).to.deep.equal([200, []]);
  });

  it("wrap every error in Cloudflare's envelope", async () => {
    for (const path of ["/nothing", "/accounts/%zz/members", `${GROUPS}/${"f".repeat(32)}`]) {
      const { text } = await fixture.send("GET", path);
      expect(JSON.parse(text), path).to.have.all.keys("success", "errors", "messages", "result");
      expect(JSON.parse(text), path).to.deep.include({ success: false, messages: [], result: null });
    }
  });

  it("send a ray and the rate limit with every response", async () => {
    for (const path of [GROUPS, "/nothing", "/accounts/%zz/members", `${GROUPS}?page=0`]) {
      const { headers } = await fixture.send("GET", path);
      expect(headers.get("cf-ray"), path).to.match(/^[0-9a-f]{16}-[A-Z]{3}$/);
      expect(headers.get("ratelimit"), path).to.match(/^"default";r=\d+;t=300$/);
      expect(headers.get("ratelimit-policy"), path).to.equal('"default";q=1200;w=300');
      expect(headers.get("retry-after"), path).to.equal(null);
    }
  });
});
