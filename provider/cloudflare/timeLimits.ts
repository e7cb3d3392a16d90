import { setMaxListeners } from "node:events";
import type { Clock } from "./clock";

/** How long one attempt may take, however slowly the response arrives. */
const maxAttemptMs = 60_000;

// After Ctrl-C a request in flight may still finish. Then there is time to read what a write has done.
const inFlightAfterCancelMs = 15_000;
const lastRequestAfterCancelMs = 40_000;

/** The time limits of requests: one for each attempt, and two after a cancellation of the run. */
export class TimeLimits {
  #inFlight: AbortSignal | undefined;
  #last: AbortSignal | undefined;

  constructor(private readonly clock: Clock) {}

  /**
   * Returns the signal that ends an attempt that begins now.
   *
   * @param maxMs How long the request may still take.
   */
  forAttempt(maxMs: number): AbortSignal {
    const own = AbortSignal.timeout(Math.ceil(Math.max(1, Math.min(maxMs, maxAttemptMs))));
    const cancellation = this.clock.cancellation?.();
    if (!cancellation) return own;
    this.#inFlight ??= delay(cancellation, inFlightAfterCancelMs);
    this.#last ??= delay(cancellation, lastRequestAfterCancelMs);
    return AbortSignal.any([own, cancellation.aborted ? this.#last : this.#inFlight]);
  }
}

/** Returns a signal that fires this long after another one. */
function delay(signal: AbortSignal, ms: number): AbortSignal {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const start = () => setTimeout(() => controller.abort(), ms).unref();
  if (signal.aborted) start();
  else signal.addEventListener("abort", start, { once: true });
  return controller.signal;
}
