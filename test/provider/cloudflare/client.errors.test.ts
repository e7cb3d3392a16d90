import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { expect } from "chai";
import type { CloudflareError } from "../../../provider/cloudflare/errors";
import { recordWaits } from "./fakeClock";
import { apiToken, buildRequest, catchError, closeServers, createCaller, createClient } from "./scriptedClient";
import { errorResponse, html, json, rawResponse, resetConnection, type ScriptedResponse } from "./scriptedServer";

const create = buildRequest({
  operation: 'create the thing "one"',
  method: "POST",
  path: ["accounts", "an-account", "things"],
  body: { name: "one" },
  query: { dry: 1 },
});

async function catchErrorAfter(response: ScriptedResponse, call = create): Promise<CloudflareError> {
  const { client } = await createClient([response]);
  return catchError(client.request(call));
}

function collectText(error: Error): string {
  return [
    error.message,
    error.stack,
    String(error),
    JSON.stringify(error),
    JSON.stringify(Object.getOwnPropertyNames(error).map((name) => Reflect.get(error, name))),
    inspect(error, { depth: null, showHidden: true, getters: true }),
  ].join("\n");
}

describe("An error of CloudflareClient", () => {
  afterEach(closeServers);

  it("contains operation, request, status, Cloudflare's errors, cf-ray and advice", async () => {
    const body = {
      success: false,
      errors: [
        { code: 1001, message: "Name is too long", source: { pointer: "/name" } },
        { code: 1002, message: "Not today", documentation_url: "https://developers.cloudflare.com/x", source: {} },
      ],
      result: null,
    };
    const error = await catchErrorAfter(json(400, body, { "cf-ray": "8f1b2c3d4e5f6a7b-FRA" }));
    expect(error.message.split("\n")).to.deep.equal([
      'Could not create the thing "one": POST /accounts/an-account/things answered 400 Bad Request.',
      "  Cloudflare says 1001: Name is too long (at /name)",
      "  Cloudflare says 1002: Not today See https://developers.cloudflare.com/x",
      "  cf-ray: 8f1b2c3d4e5f6a7b-FRA",
      "  What to do: correct in the program what Cloudflare names above.",
    ]);
    expect(error.name).to.equal("CloudflareError");
    expect(error.codes).to.deep.equal([1001, 1002]);
  });

  for (const [status, advice] of [
    [400, /correct in the program what Cloudflare names/],
    [401, /create a new one and set cloudflare:apiToken/],
    [403, /the permission "Things Read" on this account/],
    [404, /check the account id and the id/],
    [422, /correct in the program what Cloudflare names/],
    [500, /www\.cloudflarestatus\.com/],
  ] as const)
    it(`gives matching advice after a ${status}`, async () => {
      const error = await catchErrorAfter(errorResponse(status, { code: 1000, message: "No" }));
      expect(error.message).to.match(/\n {2}What to do: /);
      expect(error.message).to.match(advice);
    });

  it("gives advice after every status", async () => {
    const silent: number[] = [];
    for (const status of [200, 301, 400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 502, 599]) {
      const { client } = await createClient(
        Array.from({ length: 7 }, () => errorResponse(status, { code: 1000, message: "No" })),
      );
      await recordWaits(async () => {
        if (!/What to do: \S/.test((await catchError(client.request(create))).message)) silent.push(status);
      });
    }
    expect(silent).to.deep.equal([]);
  });

  it("suggests checking the proxy when the response is an HTML page", async () => {
    for (const status of [401, 403, 404]) {
      const { message } = await catchErrorAfter(html(status), buildRequest());
      expect(message)
        .to.contain(`${status}`)
        .and.to.contain("text/html")
        .and.to.match(/proxy|cloudflare:baseUrl/);
    }
  });

  it("explains why there was no response and what to check", async () => {
    const error = await catchErrorAfter(resetConnection);
    expect(error.status).to.equal(undefined);
    expect(error.message).to.match(
      /^Could not create the thing "one": POST \/accounts\/an-account\/things got no response \(ECONNRESET: .+\)\.$/m,
    );
    expect(error.message).to.contain("check the network, the proxy and cloudflare:baseUrl");
  });

  it("explains a refused connection, also for a name with several addresses", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => closed.once("listening", listening));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    for (const host of ["127.0.0.1", "localhost"]) {
      const settings = { baseUrl: `http://${host}:${port}`, credential: { apiToken } };
      await recordWaits(async () => {
        const { message } = await catchError(createCaller(settings).request(create));
        expect(message).to.match(/got no response \(ECONNREFUSED: \S.*\) \(tried 7 times in \d+ s\)/);
      });
    }
  });

  for (const credential of [{ apiToken }, { email: "user@example.com", apiKey: apiToken }])
    it(`never contains ${"email" in credential ? "the key" : "the token"}`, async () => {
      for (const malformed of [
        resetConnection,
        html(403),
        errorResponse(401, { code: 1000, message: "No" }),
        json(200, { id: 5 }),
      ]) {
        const { client } = await createClient([malformed], credential);
        const shown = collectText(await catchError(client.request(create)));
        expect(shown).to.contain("Could not create");
        expect(shown).not.to.contain(apiToken);
        expect(shown).not.to.match(/authorization|x-auth-key|bearer/i);
      }
    });

  for (const [where, echo] of [
    ["a message", errorResponse(400, { code: 6003, message: `Invalid header: Bearer ${apiToken}, ${apiToken}` })],
    ["a pointer", errorResponse(400, { code: 6003, message: "Invalid", source: { pointer: `/${apiToken}` } })],
    [
      "a documentation URL",
      errorResponse(400, { code: 1, message: "Invalid", documentation_url: `https://x/${apiToken}` }),
    ],
    ["the content type", rawResponse(502, "", { "content-type": `text/${apiToken}` })],
    ["the cf-ray", rawResponse(502, "", { "cf-ray": apiToken })],
    [
      "the reason phrase",
      (response) => {
        response.writeHead(400, `Bad ${apiToken}`).end("{}");
      },
    ],
  ] satisfies [string, ScriptedResponse][])
    it(`removes a credential that the server echoes in ${where}`, async () => {
      const shown = collectText(await catchErrorAfter(echo));
      expect(shown).to.contain("Could not create");
      expect(shown).not.to.contain(apiToken);
    });
});

describe("A credential that is a common word", () => {
  afterEach(closeServers);

  it("is removed from what the server says and not from the package's own words", async () => {
    for (const word of ["rejected", "thing", "answered", "response", "Could"]) {
      const { client } = await createClient([errorResponse(400, { code: 1, message: `not a ${word}` })], {
        apiToken: word,
      });
      const error = await catchError(client.request(create));
      expect(error.message).to.match(
        /^Could not create the thing "one": POST \/accounts\/an-account\/things answered 400 Bad Request\./,
      );
      expect(error.message).to.contain("Cloudflare says 1: not a [credential]");
      expect(error.details.kind).to.equal("rejected");
    }
  });
});

describe("CloudflareClient", () => {
  afterEach(closeServers);

  for (const segment of [
    "..",
    ".",
    "a/b",
    "",
    "%2e%2e",
    "a\nb",
    "a\r\nX-Header: b",
    "a b",
    "a?b",
    "a#b",
    "ä",
    "a\\b",
    "an-id\n",
  ])
    it(`rejects the path segment ${JSON.stringify(segment)} without a request`, async () => {
      const { client, server } = await createClient([]);
      const call = buildRequest({ method: "DELETE", path: ["accounts", segment, "things"] });
      const error = await client.request(call).catch((error) => error);
      expect(error).to.be.an("error");
      expect(error.message).to.contain('Could not read the thing "one"').and.to.contain(JSON.stringify(segment));
      const { method: _, ...list } = call;
      expect(await client.list(list).catch((error) => error)).to.be.an("error");
      expect(server.requests).to.deep.equal([]);
    });

  it("accepts the characters of ids in a path", async () => {
    for (const id of ["023e105f4ecef8ad9ca31a8372d0c353", "550e8400-e29b-41d4-a716-446655440000", "user_groups"]) {
      const { client, server } = await createClient([]);
      await client.request(buildRequest({ method: "POST", path: ["things", id] })).catch(() => undefined);
      expect(server.requests.map(({ url }) => url)).to.deep.equal([`/client/v4/things/${id}`]);
    }
  });
});
