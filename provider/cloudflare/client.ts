import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosError, type AxiosInstance, type AxiosResponse } from "axios";
import axiosRetry, { exponentialDelay, isNetworkError } from "axios-retry";
import { z } from "zod";
import { type Credential, SettingError, type Settings } from "../config";
import { CloudflareError, hintFor } from "./errors";
import { type Envelope, envelope, identified } from "./wire";

/** One call to the API. */
export interface Call<T> {
  /** What is being done, for the error: `create the user group "admins"`. */
  doing: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path's segments after `/client/v4`; each is encoded. */
  path: readonly string[];
  query?: Record<string, string | number>;
  body?: unknown;
  /** What `result` must look like. */
  result: z.ZodType<T>;
  /** The permission that the call needs, for the advice after a 403. */
  permission: string;
  /** Whether a `POST` may be sent again when its fate is unknown. Default: false. */
  repeatable?: boolean;
  /** Whether a 404 is worth waiting for: a fresh user group's members appear some seconds after the group. Default: false. */
  awaitExistence?: boolean;
}

/** The largest page that Cloudflare gives. */
export const pageSize = 50;

const timeoutMs = 30_000;
// 0.5, 1, 2, 4, 8, 16 s (and up to a fifth more): half a minute, which is what a fresh group's members may need and what
// a gateway's hiccup lasts, and each wait still shorter than a pipeline's grace period. Retry-After, where longer, wins.
const retries = 6;
const firstDelayMs = 250;

const listAttempts = 3;

const retriableStatuses = new Set([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** Cloudflare's API: HTTP, JSON and its envelope; nothing of Pulumi. */
export class CloudflareClient {
  readonly #http: AxiosInstance;
  readonly #secrets: string[];

  /** @throws SettingError when there is no credential. */
  constructor(settings: Settings) {
    const { credential } = settings;
    if (!credential)
      throw new SettingError(
        "cloudflare:apiToken",
        "is missing: set it with `pulumi config set --secret cloudflare:apiToken <token>`, or in CLOUDFLARE_API_TOKEN, " +
          "or give a Provider its apiToken. Create one at dash.cloudflare.com/profile/api-tokens.",
      );
    this.#secrets = "apiToken" in credential ? [credential.apiToken] : [credential.apiKey];
    this.#http = axios.create({
      baseURL: settings.baseUrl,
      headers: { ...authentication(credential), Accept: "application/json", "User-Agent": "pulumi-cloudflare-groups" },
      timeout: timeoutMs,
      maxRedirects: 0,
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
      // The body is parsed below, where what is not Cloudflare's JSON can be told from what is.
      responseType: "text",
      transformResponse: (body: unknown) => body,
    });
    this.#http.interceptors.response.use(withEnvelope);
    axiosRetry(this.#http, {
      retries,
      shouldResetTimeout: true,
      retryDelay: (count, error) => exponentialDelay(count, error, firstDelayMs),
    });
  }

  /** Makes one call and returns its validated `result`. */
  async request<T>(call: Call<T>): Promise<T> {
    return (await this.#send(call)).result;
  }

  /**
   * Reads every page of a list.
   *
   * A list that changes between two pages shifts: an item may show up twice or not at all. What does not add up to the
   * API's own count is read again, and never passed on as if it were whole.
   */
  async list<T extends { id: string }>(call: Omit<Call<T>, "method" | "body">): Promise<T[]> {
    let items = new Map<string, T>();
    for (let attempt = 0; attempt < listAttempts; attempt++) {
      items = new Map();
      let total: number | undefined;
      for (let page = 1; ; page++) {
        const query = { ...call.query, page, per_page: pageSize };
        const { result, info } = await this.#send({
          ...call,
          method: "GET",
          query,
          result: z.array(call.result).nullish(),
        });
        for (const item of result ?? []) items.set(item.id, item);
        total = info?.total_count ?? undefined;
        const rows = result?.length ?? 0;
        if (rows === 0 || (total === undefined ? rows < pageSize : (page - 1) * pageSize + rows >= total)) break;
      }
      if (total === undefined || items.size === total) return [...items.values()];
    }
    throw new Error(
      `Could not ${call.doing}: the list kept changing while its pages were read (${items.size} entries in the last reading). ` +
        "Run the same command again.",
    );
  }

  async #send<T>(call: Call<T>): Promise<{ result: T; info: Envelope["result_info"] }> {
    const path = `/${call.path.map((segment) => encodedSegment(segment, call.doing)).join("/")}`;
    const failure = { doing: call.doing, call: `${call.method} ${path}` };
    let response: AxiosResponse<Envelope>;
    try {
      response = await this.#http.request({
        method: call.method,
        url: path,
        params: call.query ?? {},
        data: call.body,
        "axios-retry": { retryCondition: (error) => isWorthRetrying(error, call) },
      });
    } catch (error) {
      throw axios.isAxiosError(error) ? this.#explained(error, call, failure) : error;
    }
    const parsed = call.result.safeParse(response.data.result);
    if (parsed.success) return { result: parsed.data, info: response.data.result_info };
    throw new CloudflareError({
      ...failure,
      outcome: `answered ${response.status} with a result that is not what Cloudflare documents: ${z.prettifyError(parsed.error)}`,
      createdId: call.method === "POST" ? identified.safeParse(response.data.result).data?.id : undefined,
      ray: rayOf(response),
      hint: "look for a newer release of pulumi-cloudflare-groups, and report this with the cf-ray.",
    });
  }

  #explained(error: AxiosError, call: Pick<Call<unknown>, "permission">, failure: { doing: string; call: string }) {
    const { response } = error;
    if (!response)
      return new CloudflareError({
        ...failure,
        outcome: `got no answer (${error.code ?? "no code"}: ${this.#redacted(error.message)})`,
        hint: hintFor(undefined, call.permission),
      });
    const body = parsedEnvelope(response.data);
    const status = `${response.status}${response.statusText ? ` ${response.statusText}` : ""}`;
    return new CloudflareError({
      ...failure,
      outcome: body ? `answered ${status}` : `answered ${status} with ${kindOf(response)} instead of Cloudflare's JSON`,
      status: response.status,
      messages: body?.errors?.map((entry) => ({ ...entry, message: this.#redacted(entry.message) })),
      ray: rayOf(response),
      hint: hintFor(body || response.status >= 300 ? response.status : undefined, call.permission),
    });
  }

  #redacted(text: string): string {
    return this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, "[credential]"), text);
  }
}

function authentication(credential: Credential): Record<string, string> {
  if ("apiToken" in credential) return { Authorization: `Bearer ${credential.apiToken}` };
  return { "X-Auth-Email": credential.email, "X-Auth-Key": credential.apiKey };
}

// Encoding leaves "." and ".." as they are, and a URL parser would then walk up to another path.
function encodedSegment(segment: string, doing: string): string {
  if (/^[\w-]+$/.test(segment)) return segment;
  throw new Error(
    `Could not ${doing}: ${JSON.stringify(segment)} is not an id. Ids hold letters, digits, - and _ only.`,
  );
}

/** Turns a 2xx whose body is not a successful envelope into an error, so that it is retried and reported like one. */
function withEnvelope(response: AxiosResponse<unknown>): AxiosResponse<Envelope> {
  const body = parsedEnvelope(response.data);
  if (body?.success) return { ...response, data: body };
  throw new axios.AxiosError(
    "unusable body",
    axios.AxiosError.ERR_BAD_RESPONSE,
    response.config,
    response.request,
    response,
  );
}

function parsedEnvelope(text: unknown): Envelope | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return envelope.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function isWorthRetrying(error: AxiosError, call: Call<unknown>): boolean {
  const status = error.response?.status;
  if (status === 429) return true;
  if (status === 404 && call.awaitExistence) return true;
  if (call.method === "POST" && !call.repeatable) return false;
  if (status === undefined) return isNetworkError(error) || error.code === "ECONNABORTED" || error.code === "ETIMEDOUT";
  if (status < 300) return parsedEnvelope(error.response?.data) === undefined;
  return retriableStatuses.has(status);
}

function kindOf(response: AxiosResponse<unknown>): string {
  const type = String(response.headers["content-type"] ?? "").split(";")[0];
  if (type === "application/json") return "a broken or cut-off body";
  return type ? `a body of type ${type}` : "a body of no stated type";
}

function rayOf(response: AxiosResponse<unknown>): string | undefined {
  const ray: unknown = response.headers["cf-ray"];
  return typeof ray === "string" ? ray : undefined;
}
