import type { Clock } from "../../../provider/cloudflare/clock";
import { engineClock } from "../../../provider/engineClock";

let waits: number[] | undefined;
let skippedMs = 0;

/** The system clock. While {@link recordWaits} runs, it skips every wait. */
export const fakeClock: Clock = {
  now: () => Date.now() + skippedMs,
  async sleep(ms) {
    if (!waits) return engineClock.sleep(ms);
    waits.push(ms);
    skippedMs += ms;
  },
};

/** Runs `act` without waiting and returns the milliseconds of each wait. */
export async function recordWaits(act: () => Promise<unknown>): Promise<number[]> {
  const recorded: number[] = [];
  waits = recorded;
  try {
    await act();
  } finally {
    waits = undefined;
  }
  return recorded;
}
