import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosError, type AxiosInstance, type AxiosResponse, type InternalAxiosRequestConfig } from "axios";
import axiosRetry, { exponentialDelay, isNetworkError, retryAfter } from "axios-retry";
import type { Credential, Settings } from "../config";
import type { Clock } from "./clock";
import { RateLimit } from "./rateLimit";
import { type Envelope, parsedEnvelope } from "./wire";

/**
 * One call over all its tries: what may be done about a failure, and what has been done so far.
 *
 * A class, as axios copies plain objects in a configuration at every try.
 */
export class Course {
  tries = 0;
  /** How many tries have failed otherwise than by the rate limit. */
  failures = 0;
  /** The moment before which it must not be sent again. */
  notBefore = 0;

  /**
   * @param repeatable Whether the call may be sent again when nobody knows whether it did its work.
   * @param awaitExistence Whether a 404 may mean "not yet".
   */
  constructor(
    readonly startedAt: number,
    readonly repeatable: boolean,
    readonly awaitExistence: boolean,
  ) {}
}

/** The rate limit would hold a call back for longer than anybody waits. */
export class RateLimitTooLong extends Error {}

declare module "axios" {
  interface AxiosRequestConfig {
    course?: Course;
  }
}

const timeoutMs = 30_000;
// 0.5, 1, 2, 4, 8, 16 s (and up to a fifth more): half a minute, which is what a fresh group's members may need and what
// a gateway's hiccup lasts. Retry-After, where longer, wins.
const mostFailures = 6;
const firstDelayMs = 250;
// Three windows of the rate limit: whoever waits longer is not going to be served.
const deadlineMs = 15 * 60_000;

const retriableStatuses = new Set([408, 500, 502, 503, 504, 520, 521, 522, 523, 524]);
// Nothing was sent when there was no connection to send it on.
const unsentCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

/** HTTP to Cloudflare: kept-alive connections, the envelope, retries and the rate limit, for all calls of a process. */
export class Transport {
  readonly #http: AxiosInstance;
  readonly #rateLimit: RateLimit;
  /** How far Cloudflare's clock is ahead of this machine's, in milliseconds, as its last answer told. */
  clockSkewMs = 0;

  constructor(
    settings: Settings,
    credential: Credential,
    readonly clock: Clock,
  ) {
    this.#rateLimit = new RateLimit(clock, (line) => console.warn(line));
    this.#http = axios.create({
      baseURL: settings.baseUrl,
      headers: { ...authentication(credential), Accept: "application/json", "User-Agent": "pulumi-cloudflare-groups" },
      timeout: timeoutMs,
      // A redirect could carry the credential to another host.
      maxRedirects: 0,
      // http: is for this machine only; through a proxy of the environment the credential would leave it in clear.
      ...(settings.baseUrl.startsWith("http:") ? { proxy: false } : {}),
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
      // The body is parsed below, where what is not Cloudflare's JSON can be told from what is.
      responseType: "text",
      transformResponse: (body: unknown) => body,
    });
    this.#http.interceptors.request.use((config) => this.#turn(config));
    this.#http.interceptors.response.use(
      (response) => this.#answered(response),
      (error) => this.#failed(error),
    );
    axiosRetry(this.#http, {
      retries: Number.POSITIVE_INFINITY,
      shouldResetTimeout: true,
      retryCondition: (error) => this.#mayRetry(error),
      // The wait is in #turn, with that for the rate limit, where Ctrl-C ends both.
      retryDelay: () => 0,
    });
  }

  /** Sends a call as often as it takes; rejects with the last try's error. */
  send(method: string, url: string, params: object, data: unknown, course: Course): Promise<AxiosResponse<Envelope>> {
    return this.#http.request({ method, url, params, data, course });
  }

  async #turn(config: InternalAxiosRequestConfig): Promise<InternalAxiosRequestConfig> {
    const { course } = config;
    if (!course) return config;
    const wait = course.notBefore - this.clock.now();
    if (wait > 0) await this.clock.sleep(wait);
    if (!(await this.#rateLimit.admit(course.startedAt + deadlineMs))) throw new RateLimitTooLong();
    course.tries += 1;
    return config;
  }

  /** Turns a 2xx whose body is not a successful envelope into an error, so that it is retried and reported like one. */
  #answered(response: AxiosResponse<unknown>): AxiosResponse<Envelope> {
    this.#learn(response);
    const body = parsedEnvelope(response.data);
    if (body?.success) return { ...response, data: body };
    const { ERR_BAD_RESPONSE } = axios.AxiosError;
    throw new axios.AxiosError("unusable body", ERR_BAD_RESPONSE, response.config, response.request, response);
  }

  #failed(error: unknown): never {
    if (axios.isAxiosError(error) && error.config?.course && error.config.course.tries > 0) this.#learn(error.response);
    throw error;
  }

  #learn(response: AxiosResponse<unknown> | undefined): void {
    this.#rateLimit.learn(response?.headers);
    const date = Date.parse(String(response?.headers.date));
    if (!Number.isNaN(date)) this.clockSkewMs = date - this.clock.now();
  }

  #mayRetry(error: AxiosError): boolean {
    const course = error.config?.course;
    if (!course) return false;
    const asked = retryAfter(error);
    if (error.response?.status === 429 && asked > 0) {
      this.#rateLimit.block(asked);
      return true;
    }
    if (error.response?.status !== 429 && !isTransient(error, course)) return false;
    course.failures += 1;
    course.notBefore = this.clock.now() + exponentialDelay(course.failures, error, firstDelayMs);
    return course.failures <= mostFailures && course.notBefore < course.startedAt + deadlineMs;
  }
}

function isTransient(error: AxiosError, { repeatable, awaitExistence }: Course): boolean {
  const status = error.response?.status;
  if (status === 404 && awaitExistence) return true;
  if (isUnsent(error)) return true;
  if (!repeatable) return false;
  if (status === undefined) return isNetworkError(error) || error.code === "ECONNABORTED" || error.code === "ETIMEDOUT";
  if (status < 300 && parsedEnvelope(error.response?.data) === undefined) return true;
  // What a cut-off refusal would have said decides what to do: a 404 may be "gone", a 400 may ask for policy ids.
  return retriableStatuses.has(status) || (status >= 400 && error.response !== undefined && isCutOff(error.response));
}

/** Whether a body that says it is JSON is not whole. */
export function isCutOff(response: AxiosResponse<unknown>): boolean {
  if (!/\bjson\b/.test(String(response.headers["content-type"]))) return false;
  try {
    JSON.parse(String(response.data));
    return false;
  } catch {
    return true;
  }
}

/** Whether a call failed before anything of it had left this machine. */
export function isUnsent(error: AxiosError): boolean {
  return error.response === undefined && unsentCodes.has(error.code ?? "");
}

function authentication(credential: Credential): Record<string, string> {
  if ("apiToken" in credential) return { Authorization: `Bearer ${credential.apiToken}` };
  return { "X-Auth-Email": credential.email, "X-Auth-Key": credential.apiKey };
}
