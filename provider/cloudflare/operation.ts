import * as z from "../zod";
import type { Clock } from "./clock";
import { type Advise, CloudflareError, describeMessage, type ErrorDetails } from "./errors";
import { type ApiResult, readList } from "./listReader";
import type { PageSizes } from "./pageSizes";
import type { ApiRequest, FirstPageDecision, ListRequest, OperationLimits } from "./request";
import { isRateLimited } from "./retry";
import { createdSchema } from "./schemas";
import { type HttpOutcome, type HttpResponse, isSuccess, type Transport, toFailedAttempt } from "./transport";

/** What an operation takes from its client. */
export interface ClientState {
  /** How long each request of this operation tries. */
  readonly limits: OperationLimits;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly pageSizes: PageSizes;
  /** Returns the advice for an error's message. */
  readonly advise: Advise;
  /** Returns a response without the credential, which the server may have echoed anywhere in it. */
  redact<Response extends object>(response: Response): Response;
  /** Logs each warning once in a run, even when its circumstance changes. */
  warnOnce(warning: string, circumstance: string): void;
}

type RequestDetails = Pick<ErrorDetails, "operation" | "request" | "permission" | "reservedChange" | "idempotent">;

/** The requests of one operation on a resource. The operation's name begins the message of each of their errors. */
export class Operation {
  constructor(
    readonly name: string,
    private readonly client: ClientState,
  ) {}

  /** Sends one request and returns its validated `result`. */
  async request<T>(request: ApiRequest<T>): Promise<T> {
    return (await this.#send(request)).result;
  }

  /**
   * Reads every page of a list.
   *
   * A list that changes between two pages can repeat or omit an item. So a list that differs from the API's own count
   * is read again, unless the request's `isEnough` accepts it. An incomplete list is an error. An item of an unknown
   * shape is omitted with a warning, or fails the list with `rejectUnreadable`.
   */
  async list<T extends { id: string }>(request: ListRequest<T>): Promise<T[]> {
    return (await this.listUnlessStopped(request, () => "continue")) ?? [];
  }

  /** Reads every page of a list, and returns undefined when `onFirstPage` stops it. */
  listUnlessStopped<T extends { id: string }>(
    request: ListRequest<T>,
    onFirstPage: FirstPageDecision,
  ): Promise<T[] | undefined> {
    const { clock, pageSizes } = this.client;
    const context = {
      operation: this.name,
      clock,
      pageSizes,
      send: <R>(page: ApiRequest<R>) => this.#send(page),
      warnOnce: (warning: string) => this.#warnOnce(warning),
    };
    return readList(context, request, onFirstPage);
  }

  async #send<T>(request: ApiRequest<T>): Promise<ApiResult<T>> {
    const { method, query = {}, body, permission, reservedChange, retryNotFound = false } = request;
    const { idempotent = method !== "POST" } = request;
    const path = `/${request.path.map((segment) => checkSegment(segment, this.name)).join("/")}`;
    const details = { operation: this.name, request: `${method} ${path}`, permission, reservedChange, idempotent };
    const { transport, limits } = this.client;
    const outcome = await transport.send({ method, path, query, body, idempotent, retryNotFound, ...limits });
    if (!isSuccess(outcome)) throw this.#toError(this.#describe(this.client.redact(outcome), details));
    const { result, result_info } = outcome.envelope;
    const parsed = request.result.safeParse(result);
    if (parsed.success) {
      const { errors = [], messages = [] } = this.client.redact({ ...outcome.envelope, result: null });
      for (const message of [...errors, ...messages]) this.#warnOnce(describeMessage(message));
      return { result: parsed.data, info: result_info };
    }
    const redacted = this.client.redact(outcome);
    throw this.#toError({
      ...details,
      kind: "undocumentedResult",
      outcome: `answered ${outcome.status} with a result that does not match Cloudflare's documentation: ${z.prettifyError(parsed.error)}`,
      messages: redacted.envelope.errors,
      notes: redacted.envelope.messages,
      createdId: method === "POST" ? createdSchema.safeParse(redacted.envelope.result).data?.id : undefined,
      cfRay: cfRayOf(redacted),
    });
  }

  #describe(outcome: HttpOutcome, details: RequestDetails): ErrorDetails {
    const { attempts, elapsedMs, outcomeUnknown } = outcome;
    const tried = attempts > 1 ? ` (tried ${attempts} times in ${Math.round(elapsedMs / 1000)} s)` : "";
    switch (outcome.kind) {
      case "cancelled":
        return {
          ...details,
          kind: "cancelled",
          outcome: `was cancelled with the run while it waited${tried}`,
          outcomeUnknown,
        };
      case "rateLimitExceeded":
        return {
          ...details,
          kind: "rateLimitExceeded",
          outcome: `would have to wait for Cloudflare's rate limit for too long${tried}`,
          outcomeUnknown,
        };
      case "noResponse":
        return {
          ...details,
          kind: "noResponse",
          outcome: `got no response (${outcome.code ?? "no code"}: ${outcome.message})${tried}`,
          outcomeUnknown,
        };
      case "response": {
        const { status, statusText, envelope } = outcome;
        const body = envelope ? "" : ` with ${describeBody(outcome)} instead of Cloudflare's JSON`;
        return {
          ...details,
          kind: failureKindOf(outcome),
          outcome: `answered ${status}${statusText ? ` ${statusText}` : ""}${body}${tried}`,
          status,
          outcomeUnknown,
          messages: envelope?.errors,
          notes: envelope?.messages,
          cfRay: cfRayOf(outcome),
        };
      }
    }
  }

  #toError(details: ErrorDetails): CloudflareError {
    return new CloudflareError(details, this.client.advise(details));
  }

  #warnOnce(warning: string): void {
    this.client.warnOnce(warning, `in response to: ${this.name}`);
  }
}

// Encoding would leave "." and ".." unchanged, and a URL parser would resolve them to another path.
function checkSegment(segment: string, operation: string): string {
  if (/^[\w-]+$/.test(segment)) return segment;
  throw new Error(
    `Could not ${operation}: ${JSON.stringify(segment)} is not an id. Ids hold letters, digits, - and _ only.`,
  );
}

function failureKindOf(response: HttpResponse): ErrorDetails["kind"] {
  const { status, envelope } = response;
  if (isRateLimited(toFailedAttempt(response, 0))) return "rateLimitExceeded";
  if (status >= 300 && status < 400) return "redirected";
  return envelope || status >= 500 ? "rejected" : "foreignResponse";
}

function describeBody({ headers, isTruncatedJson }: HttpResponse): string {
  if (isTruncatedJson) return "an incomplete body";
  const type = String(headers["content-type"] ?? "").split(";")[0];
  if (type === "application/json") return "other JSON";
  return type ? `a body of type ${type}` : "a body of no stated type";
}

function cfRayOf({ headers }: HttpResponse): string | undefined {
  const ray = headers["cf-ray"];
  return typeof ray === "string" ? ray : undefined;
}
