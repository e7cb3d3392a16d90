import { setTimeout } from "node:timers/promises";

/** The source of time for the client. */
export interface Clock {
  /** Returns the current time in milliseconds. */
  now(): number;
  /** Waits this many milliseconds. Rejects with an `AbortError` when the run is cancelled. */
  sleep(ms: number): Promise<void>;
  /** Returns the signal that fires when the run is cancelled, if there is one. */
  cancellation?(): AbortSignal;
}

/**
 * Returns the machine's clock.
 *
 * @param cancellation Returns the signal that ends every wait. It is called at the first wait.
 */
export function systemClock(cancellation?: () => AbortSignal): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms) => setTimeout(ms, undefined, cancellation ? { signal: cancellation() } : {}),
    ...(cancellation ? { cancellation } : {}),
  };
}
