const MANUAL_START = Date.parse("2026-01-01T00:00:00Z");
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/**
 * The simulator's clock. Record times, the lag of new groups and the rate limit use it.
 *
 * A `"real"` clock follows the machine's clock. A `"manual"` clock starts at 2026-01-01T00:00:00Z and moves only when
 * it is advanced. Both can be advanced. Neither goes back.
 */
export class Clock {
  readonly #mode: "real" | "manual";
  #advancedMs = 0;
  #lastTimestamp = 0n;

  constructor(mode: "real" | "manual") {
    this.#mode = mode;
  }

  /** Returns the current time in milliseconds since 1970. */
  now(): number {
    return (this.#mode === "real" ? Date.now() : MANUAL_START) + this.#advancedMs;
  }

  /** Moves the clock forward by `ms` milliseconds. Throws a `RangeError` if the number is negative or infinite. */
  advance(ms: number): void {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`The clock cannot be advanced by ${ms} ms.`);
    this.#advancedMs += ms;
  }

  /**
   * Returns an RFC 3339 time with `digits` fractional digits. It is later than every time returned before.
   *
   * Two edits on a stopped clock must not get the same time: a client that compares times would miss the second one.
   */
  timestamp(digits: 6 | 9): string {
    const current = BigInt(Math.floor(this.now())) * NANOSECONDS_PER_MILLISECOND;
    this.#lastTimestamp = current > this.#lastTimestamp ? current : this.#lastTimestamp + 1_001n;
    const milliseconds = Number(this.#lastTimestamp / NANOSECONDS_PER_MILLISECOND);
    const nanoseconds = (this.#lastTimestamp % NANOSECONDS_PER_MILLISECOND).toString().padStart(6, "0");
    return `${new Date(milliseconds).toISOString().slice(0, -1)}${nanoseconds.slice(0, digits - 3)}Z`;
  }
}
