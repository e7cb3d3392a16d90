import type { Clock } from "./clock";

/** The headers of a response, by their names in lower case. */
export type Headers = Readonly<Record<string, unknown>>;

const minLoggedWaitMs = 5_000;

/**
 * Keeps the requests of this process inside Cloudflare's rate limit: 1,200 in five minutes for a user or a token.
 *
 * Every response says how many requests remain in the window, and when the window ends. When none remain, the next
 * request waits for the new window. A rejected request would block the credential for everybody until then.
 */
export class RateLimiter {
  #remaining = Number.POSITIVE_INFINITY;
  #windowEndsAt = 0;
  #pausedUntil = 0;
  #inFlight = 0;
  #loggedUntil = 0;

  constructor(
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Waits until one more request may be sent.
   *
   * @param deadline The latest time at which the request is still useful.
   * @returns Whether the request may be sent: false when it would have to wait beyond the deadline.
   */
  async acquire(deadline: number): Promise<boolean> {
    for (;;) {
      const now = this.clock.now();
      if (this.#windowEndsAt <= now) this.#remaining = Number.POSITIVE_INFINITY;
      const until = Math.max(this.#pausedUntil, this.#remaining <= 0 ? this.#windowEndsAt : 0);
      if (until <= now) break;
      if (until > deadline) return false;
      this.#logWait(until);
      await this.clock.sleep(until - now);
    }
    this.#remaining -= 1;
    this.#inFlight += 1;
    return true;
  }

  /** Records the end of an attempt and the limits in its response's headers. There are none without a response. */
  update(headers: Headers = {}): void {
    this.#inFlight -= 1;
    const [, remaining, seconds] = /\br=(\d+).*\bt=(\d+)/.exec(String(headers.ratelimit ?? "")) ?? [];
    if (remaining === undefined || seconds === undefined) return;
    this.#windowEndsAt = this.clock.now() + Number(seconds) * 1000;
    // The response may not count the requests in flight. Counting them twice is safe. Not counting them is not.
    this.#remaining = Number(remaining) - this.#inFlight;
  }

  /** Holds every request back for this long. */
  pauseFor(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.clock.now() + ms);
  }

  #logWait(until: number): void {
    // A short wait is not worth a line. Responses give the window's end in whole seconds, so it moves a little each time.
    if (until - this.clock.now() < minLoggedWaitMs || until - this.#loggedUntil < minLoggedWaitMs) return;
    this.#loggedUntil = until;
    const time = new Date(until).toISOString().replace(/\.\d+Z$/, "Z");
    this.log(`Cloudflare's rate limit is reached: continuing at ${time}. Nothing is lost; Ctrl-C ends the wait.`);
  }
}
