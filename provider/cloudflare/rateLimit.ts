import type { Clock } from "./clock";

/** Headers of an answer, by their names in small letters. */
type Headers = Readonly<Record<string, unknown>>;

const announcementMs = 5_000;

/**
 * Keeps all calls of this process inside Cloudflare's rate limit: 1,200 in five minutes for a user or a token.
 *
 * Every answer tells how many calls are left in the window and when it ends. When they are used up, the next call waits for
 * the new window instead of running into a refusal, which would block the credential for everybody until then.
 */
export class RateLimit {
  #left = Number.POSITIVE_INFINITY;
  #windowEndsAt = 0;
  #blockedUntil = 0;
  #inFlight = 0;
  #announced = 0;

  constructor(
    private readonly clock: Clock,
    private readonly say: (line: string) => void,
  ) {}

  /**
   * Waits until one more call may be made.
   *
   * @param deadline The moment after which waiting makes no sense.
   * @returns Whether the call may be made: false when its turn would come after the deadline.
   */
  async admit(deadline: number): Promise<boolean> {
    for (;;) {
      const now = this.clock.now();
      if (this.#windowEndsAt <= now) this.#left = Number.POSITIVE_INFINITY;
      const until = Math.max(this.#blockedUntil, this.#left <= 0 ? this.#windowEndsAt : 0);
      if (until <= now) break;
      if (until > deadline) return false;
      this.#announce(until);
      await this.clock.sleep(until - now);
    }
    this.#left -= 1;
    this.#inFlight += 1;
    return true;
  }

  /** Takes note of what an answer says about the limit; without headers when there was no answer. */
  learn(headers: Headers = {}): void {
    this.#inFlight -= 1;
    const [, left, seconds] = /\br=(\d+).*\bt=(\d+)/.exec(String(headers.ratelimit ?? "")) ?? [];
    if (left === undefined || seconds === undefined) return;
    this.#windowEndsAt = this.clock.now() + Number(seconds) * 1000;
    // Calls under way may or may not be counted in the answer: as if they were not, so that none is one too many.
    this.#left = Number(left) - this.#inFlight;
  }

  /** Holds every call back for so long, as a refusal asks for. */
  block(ms: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.clock.now() + ms);
  }

  #announce(until: number): void {
    // A short pause is not worth a line, and the end is told in whole seconds, so that every answer puts it a little elsewhere.
    if (until - this.clock.now() < announcementMs || until - this.#announced < announcementMs) return;
    this.#announced = until;
    const time = new Date(until).toISOString().replace(/\.\d+Z$/, "Z");
    this.say(`Cloudflare's rate limit is reached: going on at ${time}. Nothing is lost; Ctrl-C ends the wait.`);
  }
}
