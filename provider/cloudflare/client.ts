import { logWarning } from "../terminalText";
import * as z from "../zod";
import { type Clock, systemClock } from "./clock";
import type { ConnectionSettings } from "./connectionSettings";
import { type Advise, CloudflareError, describeMessage, type ErrorDetails } from "./errors";
import type { ApiResult } from "./listReader";
import { Operation } from "./operation";
import { PageSizes } from "./pageSizes";
import type { ApiRequest, OperationLimits } from "./request";
import { isRateLimited } from "./retry";
import { createdSchema } from "./schemas";
import { type HttpOutcome, type HttpResponse, isSuccess, Transport, toFailedAttempt } from "./transport";

type RequestDetails = Pick<ErrorDetails, "operation" | "request" | "permission" | "reservedChange" | "idempotent">;

/** The client of Cloudflare's API. It knows nothing of Pulumi. */
export class CloudflareClient {
  readonly #transport: Transport;
  readonly #secret: string;
  readonly #shownWarnings = new Set<string>();
  readonly #pageSizes = new PageSizes();

  /** @param advise Returns the advice for an error's message. Default: none. */
  constructor(
    settings: ConnectionSettings,
    readonly clock: Clock = systemClock(),
    private readonly advise: Advise = () => undefined,
  ) {
    const { credential } = settings;
    this.#secret = "apiToken" in credential ? credential.apiToken : credential.apiKey;
    this.#transport = new Transport(settings, clock);
  }

  /** The current time by Cloudflare's clock, in milliseconds, according to its responses. */
  get cloudflareTime(): number {
    return this.clock.now() + this.#transport.clockSkewMs;
  }

  /**
   * Begins an operation, which sends requests.
   *
   * @param name What is attempted, for error messages: `create the user group "Admins"`.
   * @param limits How long it tries. Default: as long as a write may take.
   */
  during(name: string, limits: OperationLimits = {}): Operation {
    return new Operation(name, {
      clock: this.clock,
      pageSizes: this.#pageSizes,
      send: (request) => this.#send(name, request, limits),
      warnOnce: (warning, circumstance) => this.#warnOnce(warning, circumstance),
    });
  }

  async #send<T>(operation: string, request: ApiRequest<T>, limits: OperationLimits): Promise<ApiResult<T>> {
    const { method, query = {}, body, permission, reservedChange, retryNotFound = false } = request;
    const { idempotent = method !== "POST" } = request;
    const path = `/${request.path.map((segment) => checkSegment(segment, operation)).join("/")}`;
    const details = { operation, request: `${method} ${path}`, permission, reservedChange, idempotent };
    const outcome = await this.#transport.send({ method, path, query, body, idempotent, retryNotFound, ...limits });
    if (!isSuccess(outcome)) throw this.#toError(this.#describe(outcome, details));
    const { result, result_info, errors = [], messages = [] } = outcome.envelope;
    const parsed = request.result.safeParse(result);
    if (parsed.success) {
      for (const message of [...errors, ...messages])
        this.#warnOnce(describeMessage(message), `in response to: ${operation}`);
      return { result: parsed.data, info: result_info };
    }
    throw this.#toError({
      ...details,
      kind: "undocumentedResult",
      outcome: `answered ${outcome.status} with a result that does not match Cloudflare's documentation: ${z.prettifyError(parsed.error)}`,
      messages: errors,
      notes: messages,
      createdId: method === "POST" ? createdSchema.safeParse(result).data?.id : undefined,
      cfRay: cfRayOf(outcome),
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

  /** Makes the error, and removes the credential from everything that the server may have echoed. */
  #toError(details: ErrorDetails): CloudflareError {
    const redacted: ErrorDetails = JSON.parse(
      JSON.stringify(details, (_key, value) => (typeof value === "string" ? this.#redact(value) : value)),
    );
    return new CloudflareError(redacted, this.advise(redacted));
  }

  /** Logs a warning, unless this run has logged it before, perhaps with another circumstance. */
  #warnOnce(warning: string, circumstance: string): void {
    if (this.#shownWarnings.has(warning)) return;
    this.#shownWarnings.add(warning);
    logWarning(this.#redact(`${warning} (${circumstance})`));
  }

  #redact(text: string): string {
    return text.replaceAll(this.#secret, "[credential]");
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
