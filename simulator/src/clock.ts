const MANUAL_START = Date.parse("2026-01-01T00:00:00Z");
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/**
 * The simulator's idea of the time: record times, the lag of fresh groups and the rate limit follow it.
 *
 * A `"real"` clock runs with the machine's; a `"manual"` one starts at 2026-01-01T00:00:00Z and stands still until it is
 * advanced. Both can be advanced, neither goes back.
 */
export class Clock {
  readonly #mode: "real" | "manual";
  #advanced = 0;
  #lastStamp = 0n;

  constructor(mode: "real" | "manual") {
    this.#mode = mode;
  }

  /** The present moment in milliseconds since 1970. */
  now(): number {
    return (this.#mode === "real" ? Date.now() : MANUAL_START) + this.#advanced;
  }

  /** Moves the clock forward by `ms` milliseconds; throws a `RangeError` for a negative or infinite amount. */
  advance(ms: number): void {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`The clock cannot be advanced by ${ms} ms.`);
    this.#advanced += ms;
  }

  /**
   * An RFC 3339 time with `digits` fractional digits (6 or 9), later than every one given before.
   *
   * A clock that stands still would give two edits the same time, and a client that watches the time would miss one.
   */
  stamp(digits: 6 | 9): string {
    const present = BigInt(Math.floor(this.now())) * NANOSECONDS_PER_MILLISECOND;
    this.#lastStamp = present > this.#lastStamp ? present : this.#lastStamp + 1_001n;
    const milliseconds = Number(this.#lastStamp / NANOSECONDS_PER_MILLISECOND);
    const below = (this.#lastStamp % NANOSECONDS_PER_MILLISECOND).toString().padStart(6, "0");
    return `${new Date(milliseconds).toISOString().slice(0, -1)}${below.slice(0, digits - 3)}Z`;
  }
}
