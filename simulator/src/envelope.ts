import type { ApiErrorEntry } from "./apiError";
import type { ApiVariants } from "./variants";

export interface ResultEnvelope<T> {
  success: true;
  errors: [];
  messages: [];
  result: T;
}

export interface ErrorEnvelope {
  success: false;
  errors: ApiErrorEntry[];
  messages: [];
  result: null;
}

/** Wraps the result of a successful request. */
export function wrapResult<T>(result: T): ResultEnvelope<T> {
  return { success: true, errors: [], messages: [], result };
}

/** Wraps the errors of a rejected request. */
export function wrapErrors(errors: ApiErrorEntry[]): ErrorEnvelope {
  return { success: false, errors, messages: [], result: null };
}

/** A message that an endpoint was seen to send with a successful response. Its code is the code of an error elsewhere. */
const SEEN_MESSAGE = { code: 10000, message: "This API Token is valid and active", type: null };

/** Returns the envelope in the form of the variants. */
export function shapeEnvelope(envelope: object, { messages, errorResult }: ApiVariants): object {
  if (!("success" in envelope)) return envelope;
  if (envelope.success !== true) return errorResult === "list" ? { ...envelope, result: [] } : envelope;
  if (messages === "filled") return { ...envelope, messages: [SEEN_MESSAGE] };
  return messages === "null" ? { ...envelope, errors: null, messages: null } : envelope;
}
