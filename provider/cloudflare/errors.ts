import { errorMessage } from "../errorMessage";
import type { ReservedChange } from "./request";
import type { ApiMessage } from "./schemas";

/** Why a request failed. */
export type FailureKind =
  /** Cloudflare rejected it, or a gateway in front of Cloudflare did. */
  | "rejected"
  /** A redirect, which is never followed. */
  | "redirected"
  /** Something else sent the response, such as a proxy or a login page. */
  | "foreignResponse"
  | "noResponse"
  /** Cloudflare reported success with a result that does not match its documentation. */
  | "undocumentedResult"
  | "rateLimitExceeded"
  | "cancelled";

/** The facts about a failed request. They hold neither headers nor body, because the headers hold the credential. */
export interface ErrorDetails {
  kind: FailureKind;
  /** What was attempted, on which resource: `create the user group "Admins"`. */
  operation: string;
  /** Method and path, without host and query. */
  request: string;
  /** What happened: `answered 409 Conflict`. */
  outcome: string;
  /** The permission that the request needs. */
  permission: string;
  /** What the request changes that an identity provider may have reserved for itself. */
  reservedChange?: ReservedChange | undefined;
  /** The HTTP status, when there was a response. */
  status?: number | undefined;
  /** Whether Cloudflare may have carried out the request, although it failed. */
  outcomeUnknown?: boolean;
  /** Whether the request may be sent again when its outcome is unknown. */
  idempotent?: boolean;
  /** Cloudflare's own codes and messages; undefined when the body was not Cloudflare's. */
  messages?: ApiMessage[] | undefined;
  /** What Cloudflare's `messages` say beside its errors, such as a deprecation. */
  notes?: ApiMessage[] | undefined;
  /** The id of the object that was created although the request failed. */
  createdId?: string | undefined;
  /** The id by which Cloudflare's support finds the request. */
  cfRay?: string | undefined;
}

/** Returns what the reader of an error can do next. */
export type Advise = (details: ErrorDetails) => string | undefined;

/** A failed request to Cloudflare. Its message alone is enough to act on, as in the log of a pipeline. */
export class CloudflareError extends Error {
  constructor(
    readonly details: ErrorDetails,
    readonly advice?: string,
  ) {
    super(messageOf(details, advice));
    this.name = "CloudflareError";
  }

  get status(): number | undefined {
    return this.details.status;
  }

  /** Whether Cloudflare may have carried out the request, although it failed. */
  get outcomeUnknown(): boolean {
    // An object that does not exist now was not changed by an earlier attempt either.
    return (this.details.outcomeUnknown ?? false) && !this.isNotFound;
  }

  get codes(): number[] {
    return this.details.messages?.flatMap(({ code }) => code ?? []) ?? [];
  }

  /** Returns the same error with other advice, from a caller that knows more than the response. */
  withAdvice(advice: string): CloudflareError {
    return new CloudflareError(this.details, advice);
  }

  /**
   * Whether Cloudflare itself says that the object does not exist.
   *
   * A proxy's 404, or one for an unknown route (a wrong base URL), proves nothing about the object. Trusting it would drop
   * an existing resource from the state.
   */
  get isNotFound(): boolean {
    return this.status === 404 && this.codes.length > 0 && !this.codes.some((code) => unknownRouteCodes.has(code));
  }
}

/** Waits for a request. Returns undefined when Cloudflare itself says that the object does not exist. */
export async function catchNotFound<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof CloudflareError && error.isNotFound) return undefined;
    throw error;
  }
}

const unknownRouteCodes = new Set([7000, 7003]);

/** Returns one of Cloudflare's own errors or messages as a line. */
export function describeMessage({ error_chain, source, documentation_url, ...main }: ApiMessage): string {
  const [first, ...causes] = [main, ...(error_chain ?? [])].map(({ code, message }) =>
    code == null ? message : `${code}: ${message}`,
  );
  const pointer = source?.pointer ? ` (at ${source.pointer})` : "";
  const documentation = documentation_url ? ` See ${documentation_url}` : "";
  const says = main.code == null ? "Cloudflare says: " : "Cloudflare says ";
  return `${says}${[first, ...causes].join("; ")}${pointer}${documentation}`;
}

function messageOf(
  { operation, request, outcome, messages = [], notes = [], cfRay }: ErrorDetails,
  advice?: string,
): string {
  const details = [...messages, ...notes].map(describeMessage);
  if (cfRay) details.push(`cf-ray: ${cfRay}`);
  return errorMessage({ operation, reason: `${request} ${outcome}.`, details, advice });
}
