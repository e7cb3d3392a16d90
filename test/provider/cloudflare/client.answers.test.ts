import { expect } from "chai";
import { z } from "zod";
import { apiToken, callWith, clientFor, closeServers, failureOf, thing } from "./scriptedClient";
import { type Answer, answer, brokenOff, cutOff, html, json, noAnswer, refusal, success } from "./scriptedServer";

// The client does not retry creates, so each bad response becomes an error at once.
const create = callWith({
  operation: 'create the thing "one"',
  method: "POST",
  path: ["things"],
  body: { name: "one" },
});

async function failureAfter(answer: Answer, call = create) {
  const { client, server } = await clientFor([answer]);
  const failure = await failureOf(client.request(call));
  expect(server.requests).to.have.length(1);
  return failure;
}

describe("CloudflareClient", () => {
  afterEach(closeServers);

  it("sends method, path, query, JSON body and token, and returns the result", async () => {
    const { client, server } = await clientFor([success({ id: "one", name: "One", unheardOf: true })]);
    const call = callWith({ method: "PUT", query: { page: 2, name: "a b&c" }, body: [{ id: "ä" }] });
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
    const { client, server } = await clientFor([success({ id: "one" })], {
      email: "user@example.com",
      apiKey: "a-key",
    });
    await client.request(callWith());
    expect(server.requests[0]?.headers).to.include({ "x-auth-email": "user@example.com", "x-auth-key": "a-key" });
    expect(server.requests[0]?.headers).not.to.have.property("authorization");
    expect(server.requests[0]?.body).to.equal("");
  });

  it("sends an empty list as an empty JSON array", async () => {
    const { client, server } = await clientFor([success({ id: "one" })]);
    await client.request(callWith({ method: "PUT", body: [] }));
    expect(server.requests[0]?.body).to.equal("[]");
  });

  it("returns null when the request's schema allows it", async () => {
    const { client } = await clientFor([success(null), success(null)]);
    const nothing = { ...callWith({ method: "DELETE" }), result: z.unknown() };
    expect(await client.request(nothing)).to.equal(null);
    expect(await client.request({ ...nothing, result: thing.nullish() })).to.equal(null);
  });

  it("returns undefined when a successful response has no result", async () => {
    const { client, server } = await clientFor([json(200, { success: true, errors: [], messages: [] })]);
    const result = await client.request({ ...create, result: thing.nullish() });
    expect(result).to.equal(undefined);
    expect(server.requests).to.have.length(1);
  });

  it("reads the errors of a response that has no result", async () => {
    const body = { success: false, errors: [{ code: 1000, message: "Not like this" }] };
    const failure = await failureAfter(json(400, body));
    expect(failure.message).to.contain("Cloudflare says 1000: Not like this");
    const gone = await failureAfter(json(404, { ...body, errors: [{ code: 404, message: "Not found" }] }), callWith());
    expect(gone.isNotFound).to.equal(true);
  });

  for (const [what, page, kind] of [
    ["an HTML page with status 200", html(200), "a body of type text/html"],
    ["plain text", answer(200, "OK", { "content-type": "text/plain" }), "a body of type text/plain"],
    ["an empty body", answer(200, ""), "a body of no stated type"],
    ["truncated JSON", cutOff, "an incomplete body"],
    ["a truncated connection", brokenOff(200), "an incomplete body"],
    ["JSON without an envelope", json(200, { id: "one" }), ""],
    ["a bare null", json(200, null), ""],
    ["a bare list", json(200, [{ id: "one" }]), ""],
  ] as const)
    it(`rejects ${what} as a response`, async () => {
      const failure = await failureAfter(page);
      expect(failure.message).to.contain('Could not create the thing "one": POST /things answered 200 OK with ');
      expect(failure.message).to.contain(`${kind} instead of Cloudflare's JSON.`);
      expect(failure.message).to.contain("What to do: ");
    });

  it("warns that the object may exist when a create's response is lost", async () => {
    // A second run of the same command could create a second object.
    for (const lost of [cutOff, html(200), html(502), brokenOff(200), noAnswer])
      expect((await failureAfter(lost)).message).to.match(/\b(was created|been created|exists?)\b/);
  });

  it("rejects a response with success: false and status 200", async () => {
    const failure = await failureAfter(refusal(200, { code: 1234, message: "Not today" }));
    expect(failure.status).to.equal(200);
    expect(failure.codes).to.deep.equal([1234]);
    expect(failure.message).to.contain("Cloudflare says 1234: Not today");
  });

  it("names the field when the result does not match the documentation", async () => {
    const { client } = await clientFor([success({ id: 5 }), success(null), success([{ id: "one" }])]);
    const read = () => failureOf(client.request(callWith()));
    expect((await read()).message).to.match(
      /GET \/things\/one answered 200 with a result that does not match .*\bid\b/s,
    );
    expect((await read()).message).to.contain("a result that does not match Cloudflare's documentation");
    const failure = await read();
    expect(failure.message).to.contain("report this with the cf-ray");
    expect(failure.details.createdId).to.equal(undefined);
  });

  it("keeps the created id when the rest of the response is malformed", async () => {
    const failure = await failureAfter(success({ id: "made", name: 5 }));
    expect(failure.details.createdId).to.equal("made");
    expect((await failureAfter(success({ id: "", name: 5 }))).details.createdId).to.equal(undefined);
  });

  it("does not call complete JSON incomplete when its shape is unexpected", async () => {
    for (const whole of [json(200, { id: "one" }), json(503, { error: "upstream" }), json(200, [])])
      expect((await failureAfter(whole)).message).not.to.match(/incomplete/);
  });

  it("shows Cloudflare's message when another entry of the errors is malformed", async () => {
    const failure = await failureAfter(
      refusal(403, { code: 10000, message: "Authentication error" }, { code: "9106" }),
    );
    expect(failure.message).to.contain("Authentication error");
  });

  it("does not follow redirects, so that the credential stays with its host", async () => {
    const { server: elsewhere } = await clientFor([success({ id: "stolen" })]);
    for (const status of [301, 302, 303, 307, 308]) {
      const failure = await failureAfter(answer(status, "", { location: `${elsewhere.url}/things/one` }), callWith());
      expect(failure.status).to.equal(status);
      expect(failure.message).to.contain("redirects are not followed");
    }
    expect(elsewhere.requests).to.deep.equal([]);
  });
});

describe("CloudflareError.isNotFound", () => {
  afterEach(closeServers);

  for (const [what, reply, isNotFound] of [
    ["a 404 with a Cloudflare error code", refusal(404, { code: 404, message: "Not found" }), true],
    ["a 404 with another Cloudflare error code", refusal(404, { code: 10007, message: "No such group" }), true],
    ["an HTML 404 from a proxy", html(404), false],
    ["a 404 with no body", answer(404, ""), false],
    ["a 404 without errors", refusal(404), false],
    ["a 404 with another server's JSON", json(404, { error: "not found" }), false],
    ["a 404 for an unknown route", refusal(404, { code: 7003, message: "Could not route" }), false],
    [
      "a 404 for an unknown route and object identifier",
      refusal(404, { code: 7003, message: "Could not route" }, { code: 7000, message: "No route for that URI" }),
      false,
    ],
    ["a 403", refusal(403, { code: 10000, message: "Authentication error" }), false],
    ["a 410 that says not found", refusal(410, { code: 404, message: "Not found" }), false],
    ["a 200 with code 404", refusal(200, { code: 404, message: "Not found" }), false],
  ] as const)
    it(`sets isNotFound to ${isNotFound} after ${what}`, async () => {
      expect((await failureAfter(reply, callWith())).isNotFound).to.equal(isNotFound);
    });
});
