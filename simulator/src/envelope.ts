import type { ApiErrorEntry } from "./apiError";

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
