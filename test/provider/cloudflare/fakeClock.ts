import type { Clock } from "../../../provider/cloudflare/clock";
import { engineClock } from "../../../provider/engineClock";

let waits: number[] | undefined;
let hurriedMs = 0;

/** The system clock. While {@link waitsDuring} runs, it skips every wait. */
export const clock: Clock = {
  now: () => Date.now() + hurriedMs,
  async sleep(ms) {
    if (!waits) return engineClock.sleep(ms);
    waits.push(ms);
    hurriedMs += ms;
  },
};

/** Runs `act` without waiting and returns the milliseconds of each wait. */
export async function waitsDuring(act: () => Promise<unknown>): Promise<number[]> {
  const recorded: number[] = [];
  waits = recorded;
  try {
    await act();
  } finally {
    waits = undefined;
  }
  return recorded;
}
