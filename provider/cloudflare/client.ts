import { logWarning } from "../terminalText";
import * as z from "../zod";
import { type Clock, systemClock } from "./clock";
import type { ConnectionSettings } from "./connectionSettings";
import { type Advise, CloudflareError, describeMessage, type ErrorDetails } from "./errors";
import type { ApiResult } from "./listReader";
import { Operation } from "./operation";
import { PageSizes } from "./pageSizes";
import type { ApiRequest } from "./request";
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
   */
  during(name: string): Operation {
    return new Operation(name, {
      clock: this.clock,
      pageSizes: this.#pageSizes,
      send: (request) => this.#send(name, request),
      // Such a warning may name an item of a response.
      warnOnce: (warning, circumstance) => this.#warnOnce(this.#redactText(warning), circumstance),
    });
  }

  async #send<T>(operation: string, request: ApiRequest<T>): Promise<ApiResult<T>> {
    const { method, query = {}, body, permission, reservedChange, retryNotFound = false } = request;
    const { idempotent = method !== "POST" } = request;
    const path = `/${request.path.map((segment) => checkSegment(segment, operation)).join("/")}`;
    const details = { operation, request: `${method} ${path}`, permission, reservedChange, idempotent };
    const outcome = await this.#transport.send({ method, path, query, body, idempotent, retryNotFound });
    if (!isSuccess(outcome)) throw this.#toError(this.#describe(this.#redact(outcome), details));
    const { result, result_info } = outcome.envelope;
    const parsed = request.result.safeParse(result);
    if (parsed.success) {
      const { errors = [], messages = [] } = this.#redact({ ...outcome.envelope, result: null });
      for (const message of [...errors, ...messages])
        this.#warnOnce(describeMessage(message), `in response to: ${operation}`);
      return { result: parsed.data, info: result_info };
    }
    const redacted = this.#redact(outcome);
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
    return new CloudflareError(details, this.advise(details));
  }

  /** Logs a warning, unless this run has logged it before, perhaps with another circumstance. */
  #warnOnce(warning: string, circumstance: string): void {
    if (this.#shownWarnings.has(warning)) return;
    this.#shownWarnings.add(warning);
    logWarning(`${warning} (${circumstance})`);
  }

  /** Returns a response without the credential, which the server may have echoed anywhere in it. */
  #redact<Response extends object>(response: Response): Response {
    const redacted = JSON.stringify(response, (key, value) =>
      // The kind is the package's own word, and a credential in a test may be any word.
      typeof value === "string" && key !== "kind" ? this.#redactText(value) : value,
    );
    return JSON.parse(redacted);
  }

  #redactText(text: string): string {
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
