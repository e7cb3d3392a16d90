import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance, type AxiosResponse } from "axios";
import { logWarning } from "../terminalText";
import type { Clock } from "./clock";
import { type Headers, RateLimiter } from "./rateLimiter";
import {
  decideRetry,
  type FailedAttempt,
  isOutcomeUnknown,
  maxElapsedMs,
  parseRetryAfter,
  type RetryRules,
} from "./retry";
import { type Envelope, parseEnvelope } from "./schemas";
import { TimeLimits } from "./timeLimits";

/** How a request authenticates. Cloudflare recommends a token. An email with a global API key is the older form. */
export type Credential = { apiToken: string } | { email: string; apiKey: string };

/** Where the API is, and how requests authenticate. */
export interface ConnectionSettings {
  /** The API's address without a slash at the end. */
  baseUrl: string;
  credential: Credential;
}

/** A request as it is sent, with the rules for sending it again. */
export interface HttpRequest extends RetryRules {
  method: string;
  path: string;
  query: object;
  body: unknown;
}

/** A response, whatever its status. */
export interface HttpResponse {
  kind: "response";
  status: number;
  statusText: string;
  headers: Headers;
  /** Undefined when the body is not Cloudflare's JSON. */
  envelope: Envelope | undefined;
  /** Whether the body claims to be JSON but is incomplete. */
  isTruncatedJson: boolean;
}

type NoResponse = { kind: "noResponse"; code: string | undefined; message: string };

/** The outcome of a request after its last attempt. */
export type HttpOutcome = {
  attempts: number;
  elapsedMs: number;
  /** Whether Cloudflare may have carried out one of the attempts that failed. */
  outcomeUnknown: boolean;
} & (HttpResponse | NoResponse | { kind: "cancelled" } | { kind: "rateLimitExceeded" });

const timeoutMs = 30_000;

/** HTTP to Cloudflare: connections that are kept alive, retries and the rate limit, for all requests of a process. */
export class Transport {
  readonly #http: AxiosInstance;
  readonly #rateLimiter: RateLimiter;
  readonly #timeLimits: TimeLimits;
  /** How far Cloudflare's clock is ahead of this machine's, in milliseconds, according to the last response. */
  clockSkewMs = 0;

  constructor(
    { baseUrl, credential }: ConnectionSettings,
    private readonly clock: Clock,
  ) {
    this.#timeLimits = new TimeLimits(clock);
    this.#rateLimiter = new RateLimiter(clock, logWarning);
    this.#http = axios.create({
      baseURL: baseUrl,
      headers: { ...authentication(credential), Accept: "application/json", "User-Agent": "pulumi-cloudflare-groups" },
      timeout: timeoutMs,
      // A redirect could carry the credential to another host.
      maxRedirects: 0,
      // Plain http: is for this machine only. A proxy of the environment would carry the credential away unencrypted.
      ...(baseUrl.startsWith("http:") ? { proxy: false } : {}),
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
      // Every status is an outcome, and the body is parsed here.
      validateStatus: () => true,
      responseType: "text",
      transformResponse: (body: unknown) => body,
    });
  }

  /** Sends a request until it succeeds or a retry makes no sense. */
  async send(request: HttpRequest): Promise<HttpOutcome> {
    const startedAt = this.clock.now();
    let attempts = 0;
    let failures = 0;
    let outcomeUnknown = false;
    const maxMs = request.maxElapsedMs ?? maxElapsedMs;
    const elapsedMs = () => this.clock.now() - startedAt;
    const outcomeOf = <T extends object>(outcome: T) => ({
      ...outcome,
      attempts,
      elapsedMs: elapsedMs(),
      outcomeUnknown,
    });
    try {
      for (;;) {
        if (!(await this.#rateLimiter.acquire(startedAt + maxMs)))
          return outcomeOf({ kind: "rateLimitExceeded" as const });
        attempts += 1;
        const outcome = await this.#attempt(request, maxMs - elapsedMs());
        if (isSuccess(outcome)) return outcomeOf(outcome);
        const failedAttempt = toFailedAttempt(outcome, this.clock.now());
        outcomeUnknown ||= isOutcomeUnknown(failedAttempt);
        const attempt = { elapsedMs: elapsedMs(), failures: failures + 1 };
        const decision = decideRetry(request, failedAttempt, attempt, Math.random());
        if (decision.action === "stop") return outcomeOf(outcome);
        if (decision.action === "pauseAllRequests") this.#rateLimiter.pauseFor(decision.ms);
        else {
          failures += 1;
          await this.clock.sleep(decision.ms);
        }
      }
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return outcomeOf({ kind: "cancelled" as const });
      throw error;
    }
  }

  async #attempt({ method, path, query, body }: HttpRequest, maxMs: number): Promise<HttpResponse | NoResponse> {
    let response: AxiosResponse<unknown> | undefined;
    try {
      const signal = this.#timeLimits.forAttempt(maxMs);
      const received = await this.#http.request({ method, url: path, params: query, data: body, signal });
      response = received;
      return toHttpResponse(received);
    } catch (error) {
      if (!axios.isAxiosError(error)) throw error;
      response = error.response;
      // axios keeps the head of a response whose body ended with the connection.
      if (response) return toHttpResponse(response);
      if (axios.isCancel(error))
        return { kind: "noResponse", code: "ETIMEDOUT", message: "no complete response in time" };
      return { kind: "noResponse", code: error.code, message: error.message };
    } finally {
      this.#rateLimiter.update(response?.headers);
      const date = Date.parse(String(response?.headers.date));
      if (!Number.isNaN(date)) this.clockSkewMs = date - this.clock.now();
    }
  }
}

/** Reduces an outcome to the facts that decide about retries. */
export function toFailedAttempt(outcome: HttpResponse | NoResponse, nowMs: number): FailedAttempt {
  if (outcome.kind === "noResponse") return { kind: "noResponse", code: outcome.code };
  const { status, envelope, isTruncatedJson, headers } = outcome;
  const retryAfterMs = parseRetryAfter(headers["retry-after"], nowMs);
  const codes = envelope?.errors?.flatMap(({ code }) => code ?? []) ?? [];
  return { kind: "response", status, codes, isEnvelope: envelope !== undefined, isTruncatedJson, retryAfterMs };
}

/** Whether an outcome is a 2xx with Cloudflare's `success: true`, whatever its `errors` contain. */
export function isSuccess(outcome: HttpResponse | { kind: string }): outcome is HttpResponse & { envelope: Envelope } {
  return "status" in outcome && outcome.status >= 200 && outcome.status < 300 && outcome.envelope?.success === true;
}

function toHttpResponse({ status, statusText, headers, data }: AxiosResponse<unknown>): HttpResponse {
  const body = typeof data === "string" ? data : "";
  const isJson = /\bjson\b/.test(String(headers["content-type"]));
  return {
    kind: "response",
    status,
    statusText,
    headers,
    envelope: parseEnvelope(body),
    isTruncatedJson: isJson && !isCompleteJson(body),
  };
}

function isCompleteJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

function authentication(credential: Credential): Record<string, string> {
  if ("apiToken" in credential) return { Authorization: `Bearer ${credential.apiToken}` };
  return { "X-Auth-Email": credential.email, "X-Auth-Key": credential.apiKey };
}
