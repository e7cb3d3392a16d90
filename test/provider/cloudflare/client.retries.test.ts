import { expect } from "chai";
import { fakeClock, recordWaits } from "./fakeClock";
import {
  buildRequest,
  catchError,
  closeServers,
  createClient,
  type OperationRequest,
  type Thing,
} from "./scriptedClient";
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

const transientFailures: [what: string, ScriptedResponse][] = [
  ["a destroyed connection", resetConnection],
  ["a truncated response", truncatedConnection(200)],
  ["a truncated error response", truncatedConnection(502)],
  ["truncated JSON", truncatedJson],
  ["an HTML page with status 200", html(200)],
  ["an empty body", rawResponse(200, "")],
  ...[408, 500, 502, 503, 504, 520, 521, 522, 523, 524].map((status): [string, ScriptedResponse] => [
    `${status}`,
    errorResponse(status, { code: 10000, message: "Try later" }),
  ]),
  ["an HTML page with status 502", html(502)],
];
const rateLimited: [what: string, ScriptedResponse] = [
  "429",
  errorResponse(429, { code: 10000, message: "Rate limit exceeded" }),
];
const rejections = [301, 304, 400, 401, 403, 404, 405, 409, 410, 422, 501].map((status): [string, ScriptedResponse] => [
  `${status}`,
  errorResponse(status, { code: 1000, message: "No" }),
]);
const methods = ["GET", "PUT", "PATCH", "DELETE"] as const;

/** Counts the requests of one call when the server sends `first` and then a success. */
async function countRequests(first: ScriptedResponse, call: OperationRequest<Thing>): Promise<number> {
  const { client, server } = await createClient([first, success({ id: "one" })]);
  await client.request(call).catch(() => undefined);
  return server.requests.length;
}

/** Lists the calls that the client did not send exactly `times` times. */
async function listUnexpectedCounts(
  times: number,
  responses: [string, ScriptedResponse][],
  calls: OperationRequest<Thing>[],
): Promise<string[]> {
  const cases = responses.flatMap(([what, first]) => calls.map((call) => ({ what, first, call })));
  const lines = cases.map(async ({ what, first, call }) => {
    const requests = await countRequests(first, call);
    return requests === times ? [] : [`${call.method} ${requests} times after ${what}`];
  });
  return (await Promise.all(lines)).flat();
}

describe("CloudflareClient", () => {
  afterEach(closeServers);

  it("retries GET, PUT, PATCH and DELETE after transient failures", async () => {
    const calls = methods.map((method) => buildRequest({ method }));
    expect(await listUnexpectedCounts(2, [...transientFailures, rateLimited], calls)).to.deep.equal([]);
  });

  it("does not retry a rejected request", async () => {
    const calls = [...methods, "POST" as const].map((method) => buildRequest({ method, idempotent: true }));
    expect(await listUnexpectedCounts(1, rejections, calls)).to.deep.equal([]);
  });

  it("does not retry a POST when its outcome is unknown", async () => {
    expect(await listUnexpectedCounts(1, transientFailures, [buildRequest({ method: "POST" })])).to.deep.equal([]);
  });

  it("retries a POST after 429", async () => {
    expect(await listUnexpectedCounts(2, [rateLimited], [buildRequest({ method: "POST" })])).to.deep.equal([]);
  });

  it("retries a POST that is marked as idempotent", async () => {
    const call = buildRequest({ method: "POST", idempotent: true });
    expect(await listUnexpectedCounts(2, [...transientFailures, rateLimited], [call])).to.deep.equal([]);
  });

  it("retries a 404 only when the request asks for it", async () => {
    const missing: [string, ScriptedResponse][] = [["404", errorResponse(404, { code: 404, message: "Not found" })]];
    expect(
      await listUnexpectedCounts(2, missing, [buildRequest({ method: "POST", retryNotFound: true })]),
    ).to.deep.equal([]);
    expect(await listUnexpectedCounts(1, missing, [buildRequest({ method: "POST", idempotent: true })])).to.deep.equal(
      [],
    );
  });

  it("does not retry when the result does not match its schema", async () => {
    expect(await listUnexpectedCounts(1, [["a number", success(5)]], [buildRequest()])).to.deep.equal([]);
  });

  it("does not retry a response with success: false", async () => {
    const rejected: [string, ScriptedResponse][] = [["200", errorResponse(200, { code: 1000, message: "No" })]];
    expect(await listUnexpectedCounts(1, rejected, [buildRequest(), buildRequest({ method: "PUT" })])).to.deep.equal(
      [],
    );
  });

  it("retries with the same body and headers and returns the result", async () => {
    const { client, server } = await createClient([resetConnection, html(502), success({ id: "one" })]);
    const call = buildRequest({ method: "PUT", query: { page: 1 }, body: [{ id: "ä" }, { id: "b" }] });
    await recordWaits(async () => expect(await client.request(call)).to.deep.equal({ id: "one" }));
    const [first, second, third] = server.requests;
    expect(second).to.deep.equal(first);
    expect(third).to.deep.equal(first);
    expect(JSON.parse(third?.body ?? "")).to.deep.equal([{ id: "ä" }, { id: "b" }]);
  });
});

describe("CloudflareClient between retries", () => {
  afterEach(closeServers);

  it("doubles the wait from 0.5 s and stops after seven requests", async () => {
    const { client, server } = await createClient(
      Array.from({ length: 9 }, () => errorResponse(503, { code: 10000, message: "Try later" })),
    );
    const waits = await recordWaits(async () => {
      expect((await catchError(client.request(buildRequest()))).status).to.equal(503);
    });
    expect(server.requests).to.have.length(7);
    expect(waits).to.have.length(6);
    // A wait starts at the failure. The time that the test has used since then is not part of the recorded wait.
    for (const [index, wait] of waits.entries()) expect(wait).to.be.within(450 * 2 ** index, 600 * 2 ** index);
  });

  it("stops after every kind of failure and reports the last one", async () => {
    for (const [failing, text] of [
      [resetConnection, "got no response (ECONNRESET"],
      [html(200), "answered 200 OK with a body of type text/html"],
      [errorResponse(429, { code: 10000, message: "Rate limit exceeded" }), "wait five minutes"],
    ] as const) {
      const { client, server } = await createClient(Array.from({ length: 9 }, () => failing));
      await recordWaits(async () =>
        expect((await catchError(client.request(buildRequest()))).message).to.contain(text),
      );
      expect(server.requests).to.have.length(7);
    }
  });

  it("waits as long as Retry-After when that is longer", async () => {
    // These waits start at the failure too.
    for (const status of [429, 503])
      for (const [retryAfter, min, max] of [
        [new Date(fakeClock.now() + 120_000).toUTCString(), 110_000, 145_000],
        ["120", 119_000, 145_000],
        ["0", 300, 600],
        [new Date(0).toUTCString(), 300, 600],
        ["soon", 300, 600],
      ] as const) {
        const slow = json(status, { success: false, errors: [], result: null }, { "retry-after": retryAfter });
        const { client } = await createClient([slow, success({ id: "one" })]);
        const waits = await recordWaits(() => client.request(buildRequest()));
        expect(waits, retryAfter).to.have.length(1);
        expect(waits[0], retryAfter).to.be.within(min, max);
      }
  });

  it("never waits longer than a timer can", async () => {
    for (const retryAfter of ["99999999", "Fri, 31 Dec 9999 23:59:59 GMT"]) {
      const slow = json(429, { success: false, errors: [], result: null }, { "retry-after": retryAfter });
      const { client } = await createClient([slow, success({ id: "one" })]);
      const waits = await recordWaits(() => client.request(buildRequest()).catch(() => undefined));
      // Node fires a longer timer at once, so the longest wait would become none.
      for (const wait of waits) expect(wait, retryAfter).to.be.lessThan(2 ** 31);
    }
  });
});
