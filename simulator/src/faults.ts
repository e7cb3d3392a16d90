import { matches, type RequestFilter } from "./requestFilter";

/** Something that goes wrong on the way, instead of or after the work that the request asks for. */
export type Fault =
  | {
      /** Answers with this status and Cloudflare's error envelope. */
      status: number;
      /** The `Retry-After` header: whole seconds, or an HTTP date as a string. */
      retryAfter?: number | string;
      /** Default 10000. */
      code?: number;
      message?: string;
      /** Do the work first, and then answer as if it had failed; default false. */
      after?: boolean;
    }
  | {
      /** Waits so many real milliseconds, whatever the simulator's clock says, and then serves the request. */
      delayMs: number;
    }
  | {
      /** Answers with an HTML page and this status, as a gateway or a login page does; no work is done. */
      html: number;
    }
  | {
      /**
       * Does the work, then cuts the answer in the middle: `"json"` sends half of the text as a complete answer,
       * `"connection"` announces all of it and cuts the connection half-way.
       */
      truncate: "json" | "connection";
    }
  | {
      /** Destroys the connection without an answer, before or after the work is done. */
      reset: "before" | "after";
    };

/** A fault, and the requests that meet it. */
export interface FaultRule extends RequestFilter {
  /** How many matching requests meet the fault; default 1. */
  times?: number;
  /** How many matching requests pass unharmed before; default 0. */
  skip?: number;
  fault: Fault;
}

/** The faults that wait for their requests. A request meets the first one that matches, and no other. */
export class Faults {
  #waiting: (FaultRule & { times: number; skip: number })[] = [];

  /** Adds a fault at the end of the queue. */
  add(rule: FaultRule): void {
    this.#waiting.push({ times: 1, skip: 0, ...rule });
  }

  /** The faults that no request has met yet, with the `times` and `skip` that are left of them. */
  pending(): FaultRule[] {
    return this.#waiting.map((rule) => ({ ...rule }));
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that this request meets, taken off the queue. */
  take(request: { method: string; path: string }): Fault | undefined {
    for (const rule of this.#waiting) {
      if (!matches(rule, request)) continue;
      if (rule.skip > 0) {
        rule.skip -= 1;
        continue;
      }
      rule.times -= 1;
      this.#waiting = this.#waiting.filter((each) => each.times > 0);
      return rule.fault;
    }
    return undefined;
  }
}
