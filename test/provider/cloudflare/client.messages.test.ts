import { expect } from "chai";
import { isOutcomeUnknown } from "../../../provider/cloudflare/retry";
import { catchWarnings } from "./catchWarnings";
import { recordWaits } from "./fakeClock";
import { apiToken, buildRequest, catchError, closeServers, createClient } from "./scriptedClient";
import { errorResponse, json, success } from "./scriptedServer";

const note = {
  code: 1000,
  message: "This endpoint is in Beta",
  documentation_url: "https://developers.cloudflare.com/",
};
const thing = { id: "one" };

describe("Cloudflare's messages", () => {
  afterEach(closeServers);

  it("are shown as a warning when the request succeeds", async () => {
    const { client } = await createClient([json(200, { success: true, errors: [], messages: [note], result: thing })]);
    const warnings = await catchWarnings(async () => {
      expect(await client.request(buildRequest())).to.deep.equal(thing);
    });
    expect(warnings).to.deep.equal([
      'Cloudflare says 1000: This endpoint is in Beta See https://developers.cloudflare.com/ (in response to: read the thing "one")',
    ]);
  });

  it("are shown once in a run when several responses contain them", async () => {
    const body = { success: true, errors: null, messages: [note, { message: "No code" }], result: thing };
    const { client } = await createClient([json(200, body), json(200, body), json(200, body)]);
    const warnings = await catchWarnings(async () => {
      for (let call = 0; call < 3; call++) await client.request(buildRequest({ operation: `read thing ${call}` }));
    });
    expect(warnings.map((line) => line.slice(0, 21))).to.deep.equal(["Cloudflare says 1000:", "Cloudflare says: No c"]);
  });

  it("never contain a credential that the server echoes", async () => {
    const messages = [{ code: 10000, message: `The token ${apiToken} is valid` }];
    const { client } = await createClient([json(200, { success: true, errors: [], messages, result: thing })]);
    const warnings = await catchWarnings(() => client.request(buildRequest()));
    expect(warnings.join()).to.include("The token [credential] is valid");
  });

  it("are part of the error when the request fails", async () => {
    const errors = [{ code: 1001, message: "Not like this" }];
    const { client } = await createClient([json(400, { success: false, errors, messages: [note], result: null })]);
    const warnings = await catchWarnings(async () => {
      const { message } = await catchError(client.request(buildRequest()));
      expect(message).to.include("Cloudflare says 1001: Not like this");
      expect(message).to.include("Cloudflare says 1000: This endpoint is in Beta");
    });
    expect(warnings).to.deep.equal([]);
  });
});

describe("Cloudflare's errors", () => {
  afterEach(closeServers);

  it("are shown as a warning when the response says success: true", async () => {
    const { client } = await createClient([json(200, { success: true, errors: [note], messages: [], result: thing })]);
    const warnings = await catchWarnings(async () => {
      expect(await client.request(buildRequest())).to.deep.equal(thing);
    });
    expect(warnings.join()).to.include("Cloudflare says 1000: This endpoint is in Beta");
  });

  it("are shown with their error_chain and documentation_url", async () => {
    const { client } = await createClient([
      errorResponse(400, {
        code: 6003,
        message: "Invalid request headers",
        documentation_url: "https://developers.cloudflare.com/api/",
        error_chain: [
          { code: 6111, message: "Invalid format for Authorization header" },
          { message: "No Bearer" },
          { code: "odd", message: 5 },
        ],
      }),
    ]);
    expect((await catchError(client.request(buildRequest()))).message).to.include(
      "Cloudflare says 6003: Invalid request headers; 6111: Invalid format for Authorization header; No Bearer See " +
        "https://developers.cloudflare.com/api/",
    );
  });

  it("are shown without a code when they have none", async () => {
    const { client } = await createClient([errorResponse(400, { message: "internal" })]);
    const failure = await catchError(client.request(buildRequest()));
    expect(failure.message).to.include("Cloudflare says: internal");
    expect(failure.codes).to.deep.equal([]);
  });

  for (const odd of [{}, "none", [5], { code: 1000 }])
    it(`keep a response readable when they or the messages are ${JSON.stringify(odd)}`, async () => {
      const body = { success: true, errors: odd, messages: odd, result: thing, result_info: "none" };
      const { client } = await createClient([json(200, body)]);
      const warnings = await catchWarnings(async () => {
        expect(await client.request(buildRequest())).to.deep.equal(thing);
      });
      expect(warnings).to.deep.equal([]);
    });
});

describe("An error 971 with status 200", () => {
  afterEach(closeServers);

  const throttled = errorResponse(200, {
    code: 971,
    message: "Please wait and consider throttling your request speed",
  });
  const create = buildRequest({ method: "POST", path: ["things"], body: {} });

  it("is a rate limit, after which even a create is retried", async () => {
    const { client, server } = await createClient([throttled, throttled, success(thing)]);
    const waits = await recordWaits(async () => {
      expect(await client.request(create)).to.deep.equal(thing);
    });
    expect(server.requests).to.have.length(3);
    expect(waits).to.have.length(2);
  });

  it("advises to wait when it persists", async () => {
    const { client } = await createClient(Array.from({ length: 9 }, () => throttled));
    await recordWaits(async () => {
      const failure = await catchError(client.request(create));
      expect(failure.message).to.include("What to do: wait five minutes");
      expect(failure.outcomeUnknown).to.equal(false);
    });
  });

  it("means that Cloudflare did nothing", () => {
    const attempt = { kind: "response", status: 200, codes: [971], isEnvelope: true, isTruncatedJson: false } as const;
    expect(isOutcomeUnknown({ ...attempt, retryAfterMs: 0 })).to.equal(false);
  });
});
