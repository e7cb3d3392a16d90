import type { ApiErrorEntry } from "./apiError";
import { matchesRequest, type RequestFilter } from "./requestFilter";

/** A failure that the simulator plays instead of a normal response. */
export type Fault =
  | {
      /** Responds with this status and Cloudflare's error envelope. */
      status: number;
      /** The `Retry-After` header: whole seconds, or an HTTP date as a string. Default: no header. */
      retryAfter?: number | string;
      /** Cloudflare's error code. Default: 10000. */
      code?: number;
      /** Default: a message that fits the status. */
      message?: string;
      /** The whole list of errors, instead of `code` and `message`. */
      errors?: ApiErrorEntry[];
      /** Whether the request is carried out before the error is sent. Default: false. */
      after?: boolean;
    }
  | {
      /** Responds with this JSON, whatever it is. */
      json: unknown;
      /** Default: 200. */
      status?: number;
      /** Whether the request is carried out before the JSON is sent. Default: false. */
      after?: boolean;
    }
  | {
      /** Waits this many real milliseconds, then carries out the request. The simulator's clock has no effect. */
      delayMs: number;
    }
  | {
      /** Responds with this status and an HTML page, as gateways and login pages do. The request is not carried out. */
      html: number;
    }
  | {
      /**
       * Carries out the request, then truncates the response. `"json"` sends half of the text as a complete response.
       * `"connection"` announces the full length and closes the connection halfway.
       */
      truncate: "json" | "connection";
    }
  | {
      /** Resets the connection without a response, before or after the request is carried out. */
      reset: "before" | "after";
    };

/** A fault and the requests that it applies to. */
export interface FaultRule extends RequestFilter {
  /** The number of matching requests that get the fault. Default: 1. */
  times?: number;
  /** The number of matching requests that pass before the first fault. Default: 0. */
  skip?: number;
  fault: Fault;
}

/** The queued faults. A request gets the first fault that matches it, and no other. */
export class FaultQueue {
  #rules: (FaultRule & { times: number; skip: number })[] = [];

  /** Adds a fault at the end of the queue. */
  add(rule: FaultRule): void {
    this.#rules.push({ times: 1, skip: 0, ...rule });
  }

  /** Returns the faults that are still queued, with their remaining `times` and `skip`. */
  pending(): FaultRule[] {
    return this.#rules.map((rule) => ({ ...rule }));
  }

  /** Removes every fault. */
  clear(): void {
    this.#rules = [];
  }

  /** Returns the fault for this request and counts it as used. */
  take(request: { method: string; path: string }): Fault | undefined {
    for (const rule of this.#rules) {
      if (!matchesRequest(rule, request)) continue;
      if (rule.skip > 0) {
        rule.skip -= 1;
        continue;
      }
      rule.times -= 1;
      this.#rules = this.#rules.filter(({ times }) => times > 0);
      return rule.fault;
    }
    return undefined;
  }
}
