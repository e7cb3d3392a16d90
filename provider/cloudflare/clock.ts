import { setTimeout } from "node:timers/promises";
import { engineCancellation } from "./cancellation";

/** Where the client takes the time from, and how it waits. */
export interface Clock {
  /** The present moment in milliseconds. */
  now(): number;
  /** Waits so many milliseconds; rejects at once when the engine is told to stop. */
  sleep(ms: number): Promise<void>;
}

let cancellation: AbortSignal | undefined;

/** The machine's clock, whose waits end when somebody presses Ctrl-C. */
export const machineClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => {
    cancellation ??= engineCancellation();
    return setTimeout(ms, undefined, { signal: cancellation });
  },
};
