// The only place that classifies outcomes and decides about retries. Nothing here has state or reads the time.

/** What is known about one attempt that did not succeed. */
export type FailedAttempt =
  | { kind: "noResponse"; code: string | undefined }
  | {
      kind: "response";
      status: number;
      /** The codes of Cloudflare's errors. */
      codes: readonly number[];
      /** Whether the body is Cloudflare's envelope. */
      isEnvelope: boolean;
      /** Whether the body claims to be JSON but is incomplete. */
      isTruncatedJson: boolean;
      /** The value of the `Retry-After` header in milliseconds; 0 without one. */
      retryAfterMs: number;
    };

/** The properties of a request that decide whether it may be sent again. */
export interface RetryRules {
  /** Whether sending it twice has the effect of sending it once. */
  idempotent: boolean;
  /** Whether a 404 may mean "not yet". */
  retryNotFound: boolean;
  /** How long the request may take with all its waits, in milliseconds. Default: {@link maxElapsedMs}. */
  maxElapsedMs?: number | undefined;
}

/** How far a request has come. */
export interface AttemptState {
  elapsedMs: number;
  /** The number of failed attempts, this one included. Rate-limited attempts with a `Retry-After` do not count. */
  failures: number;
}

export type RetryDecision =
  | { action: "stop" }
  | { action: "wait"; ms: number }
  /** All requests of the process wait, because the rate limit belongs to the credential. */
  | { action: "pauseAllRequests"; ms: number };

/** How long a request may take with all its waits: three windows of the rate limit. */
export const maxElapsedMs = 15 * 60_000;

// 0.5, 1, 2, 4, 8 and 16 s, with up to 20 % jitter. The sum, half a minute, covers the delay until a new group's members
// appear and the usual outage of a gateway.
const maxRetries = 6;
const backoffFactorMs = 250;
const maxJitter = 0.2;

const rateLimitedStatus = 429;
/** The code of a rate limit that can come with the HTTP status 200. */
const rateLimitedCode = 971;
const transientStatuses = new Set([408, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

// No connection could be opened, so nothing was sent.
const neverSentCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

// A certificate that is rejected once is rejected always.
const certificateCodes = /CERT|CRL|ISSUER|SIGNATURE|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH/;

/**
 * Decides what to do after a failed attempt.
 *
 * @param random A number from 0 to 1, for the jitter.
 */
export function decideRetry(
  rules: RetryRules,
  attempt: FailedAttempt,
  { elapsedMs, failures }: AttemptState,
  random: number,
): RetryDecision {
  const retryAfterMs = attempt.kind === "response" ? attempt.retryAfterMs : 0;
  if (isRateLimited(attempt) && retryAfterMs > 0) return { action: "pauseAllRequests", ms: retryAfterMs };
  if (!mayRetry(rules, attempt) || failures > maxRetries) return { action: "stop" };
  const ms = Math.max(2 ** failures * backoffFactorMs, retryAfterMs) * (1 + maxJitter * random);
  return elapsedMs + ms < (rules.maxElapsedMs ?? maxElapsedMs) ? { action: "wait", ms } : { action: "stop" };
}

function mayRetry({ idempotent, retryNotFound }: RetryRules, attempt: FailedAttempt): boolean {
  // In these cases Cloudflare did nothing.
  if (isRateLimited(attempt) || wasNeverSent(attempt)) return true;
  if (attempt.kind === "response" && attempt.status === 404 && retryNotFound) return true;
  return idempotent && isTransient(attempt);
}

function isTransient(attempt: FailedAttempt): boolean {
  if (attempt.kind === "noResponse") return attempt.code !== undefined && !certificateCodes.test(attempt.code);
  const { status, isEnvelope, isTruncatedJson } = attempt;
  if (status < 300) return !isEnvelope;
  // The missing part of a truncated rejection decides what to do: a 404 may mean "deleted", a 400 may ask for policy ids.
  return transientStatuses.has(status) || (status >= 400 && isTruncatedJson);
}

/** Whether Cloudflare rejected the request because of its rate limit. */
export function isRateLimited(attempt: FailedAttempt): boolean {
  return (
    attempt.kind === "response" && (attempt.status === rateLimitedStatus || attempt.codes.includes(rateLimitedCode))
  );
}

/** Whether the request failed before any of it left this machine. */
export function wasNeverSent(attempt: FailedAttempt): boolean {
  return attempt.kind === "noResponse" && neverSentCodes.has(attempt.code ?? "");
}

/** Whether Cloudflare may have carried out the request, although it failed. */
export function isOutcomeUnknown(attempt: FailedAttempt): boolean {
  if (attempt.kind === "noResponse") return !wasNeverSent(attempt);
  if (isRateLimited(attempt)) return false;
  const { status, isEnvelope } = attempt;
  // The origin may still finish after the gateway has timed out.
  return status >= 500 || status === 408 || (status < 300 && !isEnvelope);
}

/** Parses a `Retry-After` header, in seconds or as an HTTP date; 0 for one that is missing, malformed or past. */
export function parseRetryAfter(header: unknown, nowMs: number): number {
  const text = typeof header === "string" ? header.trim() : "";
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return ms > 0 ? ms : 0;
}
