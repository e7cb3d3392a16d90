import { expect } from "chai";
import { z } from "zod";
import { apiToken, buildRequest, catchError, closeServers, createClient, thingSchema } from "./scriptedClient";
import {
  errorResponse,
  html,
  json,
  rawResponse,
  resetConnection,
  type ScriptedResponse,
  success,
  truncatedConnection,
  truncatedJson,
} from "./scriptedServer";

// The client does not retry creates, so each bad response becomes an error at once.
const create = buildRequest({
  operation: 'create the thing "one"',
  method: "POST",
  path: ["things"],
  body: { name: "one" },
});

async function catchErrorAfter(response: ScriptedResponse, call = create) {
  const { client, server } = await createClient([response]);
  const error = await catchError(client.request(call));
  expect(server.requests).to.have.length(1);
  return error;
}

describe("CloudflareClient", () => {
  afterEach(closeServers);

  it("sends method, path, query, JSON body and token, and returns the result", async () => {
    const { client, server } = await createClient([success({ id: "one", name: "One", unheardOf: true })]);
    const call = buildRequest({ method: "PUT", query: { page: 2, name: "a b&c" }, body: [{ id: "ä" }] });
    expect(await client.request(call)).to.deep.equal({ id: "one", name: "One" });
    const [request] = server.requests;
    expect(request?.method).to.equal("PUT");
    const url = new URL(request?.url ?? "", server.url);
    expect(url.pathname).to.equal("/client/v4/things/one");
    expect([...url.searchParams]).to.deep.equal([
      ["page", "2"],
      ["name", "a b&c"],
    ]);
    expect(JSON.parse(request?.body ?? "")).to.deep.equal([{ id: "ä" }]);
    expect(request?.headers).to.include({ authorization: `Bearer ${apiToken}`, accept: "application/json" });
    expect(request?.headers["content-type"]).to.match(/^application\/json/);
    expect(request?.headers).not.to.have.any.keys("x-auth-email", "x-auth-key");
  });

  it("sends an email and a key without a token", async () => {
    const { client, server } = await createClient([success({ id: "one" })], {
      email: "user@example.com",
      apiKey: "a-key",
    });
    await client.request(buildRequest());
    expect(server.requests[0]?.headers).to.include({ "x-auth-email": "user@example.com", "x-auth-key": "a-key" });
    expect(server.requests[0]?.headers).not.to.have.property("authorization");
    expect(server.requests[0]?.body).to.equal("");
  });

  it("sends an empty list as an empty JSON array", async () => {
    const { client, server } = await createClient([success({ id: "one" })]);
    await client.request(buildRequest({ method: "PUT", body: [] }));
    expect(server.requests[0]?.body).to.equal("[]");
  });

  it("returns null when the request's schema allows it", async () => {
    const { client } = await createClient([success(null), success(null)]);
    const nothing = { ...buildRequest({ method: "DELETE" }), result: z.unknown() };
    expect(await client.request(nothing)).to.equal(null);
    expect(await client.request({ ...nothing, result: thingSchema.nullish() })).to.equal(null);
  });

  it("returns undefined when a successful response has no result", async () => {
    const { client, server } = await createClient([json(200, { success: true, errors: [], messages: [] })]);
    const result = await client.request({ ...create, result: thingSchema.nullish() });
    expect(result).to.equal(undefined);
    expect(server.requests).to.have.length(1);
  });

  it("reads the errors of a response that has no result", async () => {
    const body = { success: false, errors: [{ code: 1000, message: "Not like this" }] };
    const error = await catchErrorAfter(json(400, body));
    expect(error.message).to.contain("Cloudflare says 1000: Not like this");
    const notFound = await catchErrorAfter(
      json(404, { ...body, errors: [{ code: 404, message: "Not found" }] }),
      buildRequest(),
    );
    expect(notFound.isNotFound).to.equal(true);
  });

  for (const [what, page, kind] of [
    ["an HTML page with status 200", html(200), "a body of type text/html"],
    ["plain text", rawResponse(200, "OK", { "content-type": "text/plain" }), "a body of type text/plain"],
    ["an empty body", rawResponse(200, ""), "a body of no stated type"],
    ["truncated JSON", truncatedJson, "an incomplete body"],
    ["a truncated connection", truncatedConnection(200), "an incomplete body"],
    ["JSON without an envelope", json(200, { id: "one" }), ""],
    ["a bare null", json(200, null), ""],
    ["a bare list", json(200, [{ id: "one" }]), ""],
  ] as const)
    it(`rejects ${what} as a response`, async () => {
      const error = await catchErrorAfter(page);
      expect(error.message).to.contain('Could not create the thing "one": POST /things answered 200 OK with ');
      expect(error.message).to.contain(`${kind} instead of Cloudflare's JSON.`);
      expect(error.message).to.contain("What to do: ");
    });

  it("warns that the object may exist when a create's response is lost", async () => {
    // A second run of the same command could create a second object.
    for (const lost of [truncatedJson, html(200), html(502), truncatedConnection(200), resetConnection])
      expect((await catchErrorAfter(lost)).message).to.match(/\b(was created|been created|exists?)\b/);
  });

  it("rejects a response with success: false and status 200", async () => {
    const error = await catchErrorAfter(errorResponse(200, { code: 1234, message: "Not today" }));
    expect(error.status).to.equal(200);
    expect(error.codes).to.deep.equal([1234]);
    expect(error.message).to.contain("Cloudflare says 1234: Not today");
  });

  it("names the field when the result does not match the documentation", async () => {
    const { client } = await createClient([success({ id: 5 }), success(null), success([{ id: "one" }])]);
    const read = () => catchError(client.request(buildRequest()));
    expect((await read()).message).to.match(
      /GET \/things\/one answered 200 with a result that does not match .*\bid\b/s,
    );
    expect((await read()).message).to.contain("a result that does not match Cloudflare's documentation");
    const error = await read();
    expect(error.message).to.contain("report this with the cf-ray");
    expect(error.details.createdId).to.equal(undefined);
  });

  it("keeps the created id when the rest of the response is malformed", async () => {
    const error = await catchErrorAfter(success({ id: "made", name: 5 }));
    expect(error.details.createdId).to.equal("made");
    expect((await catchErrorAfter(success({ id: "", name: 5 }))).details.createdId).to.equal(undefined);
  });

  it("does not call complete JSON incomplete when its shape is unexpected", async () => {
    for (const whole of [json(200, { id: "one" }), json(503, { error: "upstream" }), json(200, [])])
      expect((await catchErrorAfter(whole)).message).not.to.match(/incomplete/);
  });

  it("shows Cloudflare's message when another entry of the errors is malformed", async () => {
    const error = await catchErrorAfter(
      errorResponse(403, { code: 10000, message: "Authentication error" }, { code: "9106" }),
    );
    expect(error.message).to.contain("Authentication error");
  });

  it("does not follow redirects, so that the credential stays with its host", async () => {
    const { server: elsewhere } = await createClient([success({ id: "stolen" })]);
    for (const status of [301, 302, 303, 307, 308]) {
      const error = await catchErrorAfter(
        rawResponse(status, "", { location: `${elsewhere.url}/things/one` }),
        buildRequest(),
      );
      expect(error.status).to.equal(status);
      expect(error.message).to.contain("redirects are not followed");
    }
    expect(elsewhere.requests).to.deep.equal([]);
  });
});

describe("CloudflareError.isNotFound", () => {
  afterEach(closeServers);

  for (const [what, reply, isNotFound] of [
    ["a 404 with a Cloudflare error code", errorResponse(404, { code: 404, message: "Not found" }), true],
    ["a 404 with another Cloudflare error code", errorResponse(404, { code: 10007, message: "No such group" }), true],
    ["an HTML 404 from a proxy", html(404), false],
    ["a 404 with no body", rawResponse(404, ""), false],
    ["a 404 without errors", errorResponse(404), false],
    ["a 404 with another server's JSON", json(404, { error: "not found" }), false],
    ["a 404 for an unknown route", errorResponse(404, { code: 7003, message: "Could not route" }), false],
    [
      "a 404 for an unknown route and object identifier",
      errorResponse(404, { code: 7003, message: "Could not route" }, { code: 7000, message: "No route for that URI" }),
      false,
    ],
    ["a 403", errorResponse(403, { code: 10000, message: "Authentication error" }), false],
    ["a 410 that says not found", errorResponse(410, { code: 404, message: "Not found" }), false],
    ["a 200 with code 404", errorResponse(200, { code: 404, message: "Not found" }), false],
  ] as const)
    it(`is ${isNotFound} after ${what}`, async () => {
      expect((await catchErrorAfter(reply, buildRequest())).isNotFound).to.equal(isNotFound);
    });
});
