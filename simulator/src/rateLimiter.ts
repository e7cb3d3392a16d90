import type { Clock } from "./clock";

/** The number of requests that each credential may send in a period of time. */
export interface RateLimitOptions {
  /** The number of requests allowed in one window. */
  limit: number;
  /** The length of the window in seconds. It starts with the first request of a credential. */
  windowSeconds: number;
}

/** The state of a credential's window after one request. */
export interface RateLimitResult {
  allowed: boolean;
  /** The number of requests that remain in the window. */
  remaining: number;
  /** The time until the window ends, in whole seconds. */
  resetSeconds: number;
}

/** Counts the requests of each credential in fixed windows. It rejects requests over the limit until the window ends. */
export class RateLimiter {
  readonly #options: RateLimitOptions;
  readonly #clock: Clock;
  readonly #windows = new Map<string, { endsAt: number; used: number }>();

  constructor(options: RateLimitOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Counts one request. A rejected request counts too. */
  consume(callerKey: string): RateLimitResult {
    const now = this.#clock.now();
    let window = this.#windows.get(callerKey);
    if (window === undefined || window.endsAt <= now) {
      window = { endsAt: now + this.#options.windowSeconds * 1000, used: 0 };
      this.#windows.set(callerKey, window);
    }
    window.used += 1;
    return {
      allowed: window.used <= this.#options.limit,
      remaining: Math.max(0, this.#options.limit - window.used),
      resetSeconds: Math.ceil((window.endsAt - now) / 1000),
    };
  }

  /** Returns the headers that every response has. */
  toHeaders({ remaining, resetSeconds }: RateLimitResult): Record<string, string> {
    return {
      ratelimit: `"default";r=${remaining};t=${resetSeconds}`,
      "ratelimit-policy": `"default";q=${this.#options.limit};w=${this.#options.windowSeconds}`,
    };
  }

  /** Forgets every window. */
  reset(): void {
    this.#windows.clear();
  }
}
