import type { Clock } from "./clock";

/** So many calls in a window of time, for each credential by itself. */
export interface RateLimit {
  /** Calls allowed in one window. */
  limit: number;
  /** Length of the window in seconds; it starts with a credential's first call. */
  windowSeconds: number;
}

/** What a call finds when it asks for its turn. */
export interface Turn {
  allowed: boolean;
  /** Calls left in the window. */
  left: number;
  /** Whole seconds until the window ends. */
  secondsLeft: number;
}

/** Counts the calls of every credential in fixed windows; past the limit each is refused until the window ends. */
export class RateLimiter {
  readonly #rule: RateLimit;
  readonly #clock: Clock;
  readonly #windows = new Map<string, { endsAt: number; used: number }>();

  constructor(rule: RateLimit, clock: Clock) {
    this.#rule = rule;
    this.#clock = clock;
  }

  take(credential: string): Turn {
    const now = this.#clock.now();
    let window = this.#windows.get(credential);
    if (window === undefined || window.endsAt <= now) {
      window = { endsAt: now + this.#rule.windowSeconds * 1000, used: 0 };
      this.#windows.set(credential, window);
    }
    window.used += 1;
    return {
      allowed: window.used <= this.#rule.limit,
      left: Math.max(0, this.#rule.limit - window.used),
      secondsLeft: Math.ceil((window.endsAt - now) / 1000),
    };
  }

  headers(turn: Turn): Record<string, string> {
    return {
      ratelimit: `"default";r=${turn.left};t=${turn.secondsLeft}`,
      "ratelimit-policy": `"default";q=${this.#rule.limit};w=${this.#rule.windowSeconds}`,
      ...(turn.allowed ? {} : { "retry-after": String(turn.secondsLeft) }),
    };
  }

  reset(): void {
    this.#windows.clear();
  }
}
