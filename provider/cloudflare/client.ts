import axios, { type AxiosResponse } from "axios";
import { SettingError, type Settings } from "../config";
import * as z from "../zod";
import { type Clock, machineClock } from "./clock";
import { CloudflareError, type Failure, foreignAnswerHint, hintFor, lostAnswerHint } from "./errors";
import { Course, isCutOff, isUnsent, RateLimitTooLong, Transport } from "./transport";
import { type Envelope, identified, parsedEnvelope } from "./wire";

/** One call to the API. */
export interface Call<T> {
  /** What is being done, for the error: `create the user group "admins"`. */
  doing: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path's segments after `/client/v4`; ids only, as nothing is encoded. */
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

/** A list, read page by page. */
export interface ListCall<T> extends Omit<Call<T>, "method" | "body"> {
  /** Told, after the first page, how many more there are (`Infinity` where the API does not count); ends the reading by throwing. */
  decide?: ((pagesLeft: number) => void) | undefined;
}

/** The largest page that Cloudflare gives. */
export const pageSize = 50;

const listAttempts = 6;
const betweenListsMs = 250;

/** Cloudflare's API: calls, pages and errors; nothing of Pulumi. */
export class CloudflareClient {
  readonly #transport: Transport;
  readonly #secrets: string[];

  /** @throws SettingError when there is no credential. */
  constructor(
    settings: Settings,
    readonly clock: Clock = machineClock,
  ) {
    const { credential } = settings;
    if (!credential)
      throw new SettingError(
        "cloudflare:apiToken",
        "is missing: set it with `pulumi config set --secret cloudflare:apiToken <token>`, or in CLOUDFLARE_API_TOKEN, " +
          "or give a Provider its apiToken. Create one at dash.cloudflare.com/profile/api-tokens.",
      );
    this.#secrets = "apiToken" in credential ? [credential.apiToken] : [credential.apiKey];
    this.#transport = new Transport(settings, credential, clock);
  }

  /** The present moment by Cloudflare's clock, as far as its answers tell, in milliseconds. */
  get cloudflareTime(): number {
    return this.clock.now() + this.#transport.clockSkewMs;
  }

  /** Makes one call and returns its validated `result`. */
  async request<T>(call: Call<T>): Promise<T> {
    return (await this.#send(call)).result;
  }

  /**
   * Reads every page of a list.
   *
   * A list that changes between two pages shifts: an item may show up twice or not at all. What does not add up to the
   * API's own count, the same on every page, is read again, and never passed on as if it were whole.
   */
  async list<T extends { id: string }>(call: ListCall<T>): Promise<T[]> {
    for (let attempt = 0; attempt < listAttempts; attempt++) {
      const items = await this.#readPages(call);
      if (items) return items;
      await this.clock.sleep(betweenListsMs * attempt);
    }
    throw new Error(
      `Could not ${call.doing}: the list did not add up to Cloudflare's own count in ${listAttempts} readings, as it kept ` +
        "changing while its pages were read. Run the same command again.",
    );
  }

  async #readPages<T extends { id: string }>({ decide, ...call }: ListCall<T>): Promise<T[] | undefined> {
    const items = new Map<string, T>();
    const totals = new Set<number | undefined>();
    let rows = 0;
    for (let page = 1; ; page++) {
      const { result, info } = await this.#send({
        ...call,
        method: "GET",
        query: { ...call.query, page, per_page: pageSize },
        result: z.array(call.result).nullish(),
      });
      const before = items.size;
      for (const item of result ?? []) items.set(item.id, item);
      const total = info?.total_count ?? undefined;
      totals.add(total);
      const count = result?.length ?? 0;
      rows += count;
      const isLast = total === undefined ? count < (info?.per_page ?? pageSize) : rows >= total;
      if (page === 1)
        decide?.(isLast ? 0 : total === undefined ? Number.POSITIVE_INFINITY : Math.ceil(total / count) - 1);
      if (isLast || items.size === before) break;
    }
    const [total] = totals;
    return totals.size === 1 && (total === undefined || items.size === total) ? [...items.values()] : undefined;
  }

  async #send<T>(call: Call<T>): Promise<{ result: T; info: Envelope["result_info"] }> {
    const path = `/${call.path.map((segment) => checkedSegment(segment, call.doing)).join("/")}`;
    const failure = { doing: call.doing, call: `${call.method} ${path}` };
    const { repeatable = call.method !== "POST", awaitExistence = false } = call;
    const course = new Course(this.clock.now(), repeatable, awaitExistence);
    let response: AxiosResponse<Envelope>;
    try {
      response = await this.#transport.send(call.method, path, call.query ?? {}, call.body, course);
    } catch (error) {
      throw this.#explained(error, call, failure, course);
    }
    const parsed = call.result.safeParse(response.data.result);
    if (parsed.success) return { result: parsed.data, info: response.data.result_info };
    throw this.#error({
      ...failure,
      outcome: `answered ${response.status} with a result that is not what Cloudflare documents: ${z.prettifyError(parsed.error)}`,
      createdId: call.method === "POST" ? identified.safeParse(response.data.result).data?.id : undefined,
      ray: rayOf(response),
      hint: "look for a newer release of pulumi-cloudflare-groups, and report this with the cf-ray.",
    });
  }

  #explained(
    error: unknown,
    { permission }: Pick<Call<unknown>, "permission">,
    failure: { doing: string; call: string },
    course: Course,
  ): Error {
    const seconds = Math.round((this.clock.now() - course.startedAt) / 1000);
    const tries = course.tries > 1 ? ` (tried ${course.tries} times in ${seconds} s)` : "";
    if (error instanceof Error && error.name === "AbortError")
      return this.#error({
        ...failure,
        outcome: `was given up${tries}, as the run was stopped while it waited`,
      });
    if (error instanceof RateLimitTooLong) {
      const outcome = `was held back by Cloudflare's rate limit for too long${tries}`;
      return this.#error({ ...failure, outcome, hint: hintFor(429, permission) });
    }
    if (!axios.isAxiosError(error)) return error instanceof Error ? error : new Error(String(error));
    const { response } = error;
    if (!response)
      return this.#error({
        ...failure,
        outcome: `got no answer (${error.code ?? "no code"}: ${error.message})${tries}`,
        isFateUnknown: !isUnsent(error),
        hint:
          course.repeatable || isUnsent(error)
            ? hintFor(undefined, permission)
            : lostAnswerHint(hintFor(undefined, permission)),
      });
    const refusal = this.#refused(response, permission, failure, tries);
    return refusal.isFateUnknown && !course.repeatable
      ? refusal.withHint(lostAnswerHint(refusal.failure.hint ?? ""))
      : refusal;
  }

  #refused(
    response: AxiosResponse<unknown>,
    permission: string,
    failure: { doing: string; call: string },
    tries: string,
  ): CloudflareError {
    const body = parsedEnvelope(response.data);
    const status = `${response.status}${response.statusText ? ` ${response.statusText}` : ""}`;
    const kind = body ? "" : ` with ${kindOf(response)} instead of Cloudflare's JSON`;
    return this.#error({
      ...failure,
      outcome: `answered ${status}${kind}${tries}`,
      status: response.status,
      isFateUnknown: response.status >= 500 || response.status === 408 || (response.status < 300 && !body),
      messages: body?.errors,
      ray: rayOf(response),
      hint:
        body || (response.status >= 300 && response.status < 400) || response.status >= 500
          ? hintFor(response.status, permission)
          : foreignAnswerHint,
    });
  }

  /** Makes the error, without the credential wherever the server may have echoed it. */
  #error(failure: Failure): CloudflareError {
    const redacted: Failure = JSON.parse(
      JSON.stringify(failure, (_key, value) =>
        typeof value === "string"
          ? this.#secrets.reduce((text, secret) => text.replaceAll(secret, "[credential]"), value)
          : value,
      ),
    );
    return new CloudflareError(redacted);
  }
}

// Encoding would leave "." and ".." as they are, and a URL parser would then walk up to another path.
function checkedSegment(segment: string, doing: string): string {
  if (/^[\w-]+$/.test(segment)) return segment;
  throw new Error(
    `Could not ${doing}: ${JSON.stringify(segment)} is not an id. Ids hold letters, digits, - and _ only.`,
  );
}

function kindOf(response: AxiosResponse<unknown>): string {
  const type = String(response.headers["content-type"] ?? "").split(";")[0];
  if (type === "application/json") return isCutOff(response) ? "a broken or cut-off body" : "other JSON";
  return type ? `a body of type ${type}` : "a body of no stated type";
}

function rayOf(response: AxiosResponse<unknown>): string | undefined {
  const ray: unknown = response.headers["cf-ray"];
  return typeof ray === "string" ? ray : undefined;
}
