import { expect } from "chai";
import { DEFAULT_SEED, DEFAULTS } from "../../simulator/src";
import { ACCOUNT, GROUPS, Running } from "./running";

const OTHER_ACCOUNT = "b".repeat(32);
const DEPLOYMENT_GROUPS = `${ACCOUNT}/devices/deployment-groups`;

describe("The simulator's front door", () => {
  const running = new Running({
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
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  /** Without the token that calls carry otherwise. */
  const withHeaders = async (headers: Record<string, string>) => {
    const response = await fetch(running.simulator.url + GROUPS, { headers });
    const { errors }: { errors: { code: number; error_chain?: { code: number }[] }[] } = JSON.parse(
      await response.text(),
    );
    return { status: response.status, code: errors[0]?.code, chain: errors[0]?.error_chain?.[0]?.code };
  };

  it("lets an API token in, and an e-mail address with its key", async () => {
    const byToken = await fetch(running.simulator.url + GROUPS, { headers: bearer(DEFAULTS.apiToken) });
    const headers = { "x-auth-email": DEFAULTS.email, "x-auth-key": DEFAULTS.apiKey };
    const byKey = await fetch(running.simulator.url + GROUPS, { headers });
    expect([byToken.status, byKey.status]).to.deep.equal([200, 200]);
  });

  it("tells absent, malformed and unknown credentials apart", async () => {
    const { email, apiKey } = DEFAULTS;
    expect(await withHeaders({})).to.deep.include({ status: 401, code: 9106 });
    expect(await withHeaders(bearer("unknown"))).to.deep.include({ status: 401, code: 10000 });
    expect(await withHeaders(bearer('"quoted"'))).to.deep.equal({ status: 400, code: 6003, chain: 6111 });
    expect(await withHeaders({ authorization: "Basic abc" })).to.deep.equal({ status: 400, code: 6003, chain: 6111 });
    expect(await withHeaders({ "x-auth-email": email, "x-auth-key": "unknown" })).to.deep.include({
      status: 403,
      code: 9103,
    });
    expect(await withHeaders({ "x-auth-email": email })).to.deep.equal({ status: 400, code: 6003, chain: 6103 });
    expect(await withHeaders({ "x-auth-key": apiKey })).to.deep.equal({ status: 400, code: 6003, chain: 6102 });
  });

  it("lets a credential only into its accounts", async () => {
    const headers = bearer("only-the-other-account");
    const own = await running.call("GET", `/accounts/${OTHER_ACCOUNT}/iam/user_groups`, { headers });
    const strange = await running.call("GET", GROUPS, { headers });
    expect([own.status, strange.status]).to.deep.equal([200, 403]);
    expect(strange.errors[0]?.code).to.equal(10000);
  });

  it("lets a credential only do what it has a permission for", async () => {
    const group = { name: "ring", version_config: [{ target_environment: "windows", version: "1" }] };
    const statuses = async (token: string) => {
      const headers = bearer(token);
      return [
        (await running.call("GET", GROUPS, { headers })).status,
        (await running.call("POST", GROUPS, { headers, body: { name: token } })).status,
        (await running.call("GET", `${ACCOUNT}/members`, { headers })).status,
        (await running.call("GET", DEPLOYMENT_GROUPS, { headers })).status,
        (await running.call("POST", DEPLOYMENT_GROUPS, { headers, body: group })).status,
      ];
    };
    expect(await statuses(DEFAULTS.readOnlyToken)).to.deep.equal([200, 403, 200, 200, 403]);
    expect(await statuses("only-scim")).to.deep.equal([200, 200, 200, 403, 403]);
    expect(await statuses("only-zero-trust")).to.deep.equal([403, 403, 403, 200, 200]);
  });

  it("answers an account that is not there as one that may not be seen", async () => {
    const { status, errors } = await running.call("GET", `/accounts/${"0".repeat(32)}/iam/user_groups`);
    expect(status).to.equal(403);
    expect(errors).to.deep.equal([{ code: 10000, message: "Authentication error" }]);
  });

  it("cannot route to malformed ids, unknown paths and unknown methods", async () => {
    const requests: [string, string][] = [
      ["GET", "/accounts/short/iam/user_groups"],
      ["GET", `${GROUPS}/short`],
      ["DELETE", `${GROUPS}/${"f".repeat(32)}/members/short`],
      ["GET", `${ACCOUNT}/iam/nothing`],
      ["GET", "/"],
      ["PATCH", `${GROUPS}/${"f".repeat(32)}`],
    ];
    for (const [method, path] of requests) {
      const { status, errors } = await running.call(method, path);
      const codes = errors.map(({ code }) => code);
      expect({ status, codes }, `${method} ${path}`).to.deep.equal({ status: 404, codes: [7003, 7000] });
    }
  });

  it("refuses a body that is no JSON, none at all, and one of another type", async () => {
    const cut = await running.call("POST", GROUPS, { text: '{"name": ' });
    const none = await running.call("POST", GROUPS);
    const form = await running.call("POST", GROUPS, {
      text: "name=a",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect([cut.status, none.status, form.status]).to.deep.equal([400, 400, 400]);
    expect(cut.errors[0]?.message).to.equal("The body is not valid JSON");
    expect(none.errors[0]?.message).to.equal("The body must be object");
    expect(form.errors[0]).to.include({ code: 6003 });
  });

  it("refuses a body that is too large", async () => {
    const { status, errors } = await running.call("POST", GROUPS, { body: { name: "a".repeat(1024 * 1024) } });
    expect({ status, code: errors[0]?.code }).to.deep.equal({ status: 413, code: 1000 });
  });

  it("refuses pages that cannot be and query parameters that it does not know", async () => {
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
      const { status, errors } = await running.call("GET", `${GROUPS}?${query}`);
      expect(status, query).to.equal(400);
      expect(errors[0]?.message, query).to.contain(`Query parameter ${query.split("=")[0]} `);
    }
    const most = await running.call("GET", `${GROUPS}?per_page=50&page=3`);
    expect([most.status, JSON.parse(most.text).result]).to.deep.equal([200, []]);
  });

  it("wraps every refusal in Cloudflare's envelope", async () => {
    for (const path of ["/nothing", "/accounts/%zz/members", `${GROUPS}/${"f".repeat(32)}`]) {
      const { text } = await running.call("GET", path);
      expect(JSON.parse(text), path).to.have.all.keys("success", "errors", "messages", "result");
      expect(JSON.parse(text), path).to.deep.include({ success: false, messages: [], result: null });
    }
  });

  it("puts a ray and the rate limit on every answer", async () => {
    for (const path of [GROUPS, "/nothing", "/accounts/%zz/members", `${GROUPS}?page=0`]) {
      const { headers } = await running.call("GET", path);
      expect(headers.get("cf-ray"), path).to.match(/^[0-9a-f]{16}-[A-Z]{3}$/);
      expect(headers.get("ratelimit"), path).to.match(/^"default";r=\d+;t=300$/);
      expect(headers.get("ratelimit-policy"), path).to.equal('"default";q=1200;w=300');
      expect(headers.get("retry-after"), path).to.equal(null);
    }
  });
});
