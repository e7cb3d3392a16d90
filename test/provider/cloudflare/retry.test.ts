import { expect } from "chai";
import { decideRetry, type FailedAttempt, maxElapsedMs, parseRetryAfter } from "../../../provider/cloudflare/retry";

const idempotent = { idempotent: true, retryNotFound: false };
const create = { idempotent: false, retryNotFound: false };

function response(status: number, { retryAfterMs = 0 } = {}): FailedAttempt {
  return { kind: "response", status, codes: [], isEnvelope: true, isTruncatedJson: false, retryAfterMs };
}

function decide(rules: typeof create, attempt: FailedAttempt, failures = 1, elapsedMs = 0, random = 0) {
  return decideRetry(rules, attempt, { elapsedMs, failures }, random);
}

describe("decideRetry", () => {
  it("doubles the wait from half a second and stops after six retries", () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((failures) => decide(idempotent, response(503), failures));
    expect(waits).to.deep.equal([
      ...[500, 1000, 2000, 4000, 8000, 16_000].map((ms) => ({ action: "wait", ms })),
      { action: "stop" },
    ]);
  });

  it("adds up to a fifth as jitter", () => {
    expect(decide(idempotent, response(503), 1, 0, 1)).to.deep.equal({ action: "wait", ms: 600 });
  });

  it("waits as long as Retry-After asks when that is longer", () => {
    const attempt = response(503, { retryAfterMs: 90_000 });
    expect(decide(idempotent, attempt)).to.deep.equal({ action: "wait", ms: 90_000 });
  });

  it("pauses all requests after a 429 with Retry-After", () => {
    const attempt = response(429, { retryAfterMs: 300_000 });
    expect(decide(create, attempt, 99)).to.deep.equal({ action: "pauseAllRequests", ms: 300_000 });
  });

  it("stops when the wait would end after the deadline", () => {
    expect(decide(idempotent, response(503), 1, maxElapsedMs - 500)).to.deep.equal({ action: "stop" });
    const hasty = { ...idempotent, maxElapsedMs: 5_000 };
    expect(decide(hasty, response(503), 1, 4_000).action).to.equal("wait");
    expect(decide(hasty, response(503), 1, 4_500)).to.deep.equal({ action: "stop" });
  });

  it("retries a create only when Cloudflare certainly did nothing", () => {
    const actionFor = (attempt: FailedAttempt) => decide(create, attempt).action;
    expect(actionFor({ kind: "noResponse", code: "ECONNREFUSED" })).to.equal("wait");
    expect(actionFor(response(429))).to.equal("wait");
    expect(actionFor({ kind: "noResponse", code: "ECONNRESET" })).to.equal("stop");
    expect(actionFor(response(502))).to.equal("stop");
  });

  it("does not retry a rejected certificate", () => {
    for (const code of ["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"])
      expect(decide(idempotent, { kind: "noResponse", code }), code).to.deep.equal({ action: "stop" });
  });
});

describe("parseRetryAfter", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");

  it("reads seconds and HTTP dates", () => {
    expect(parseRetryAfter("120", now)).to.equal(120_000);
    expect(parseRetryAfter("Thu, 01 Jan 2026 00:01:00 GMT", now)).to.equal(60_000);
  });

  it("returns 0 for a missing, malformed or past value", () => {
    for (const header of [undefined, "", "soon", "0", "-5", "Wed, 31 Dec 2025 23:59:00 GMT"])
      expect(parseRetryAfter(header, now), String(header)).to.equal(0);
  });
});
