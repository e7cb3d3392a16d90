import type { Clock } from "../../../provider/cloudflare/clock";
import { engineClock } from "../../../provider/engineClock";

let waits: number[] | undefined;
let hurriedMs = 0;

/** The machine's clock, except while {@link waitsDuring} hurries it. */
export const clock: Clock = {
  now: () => Date.now() + hurriedMs,
  async sleep(ms) {
    if (!waits) return engineClock.sleep(ms);
    waits.push(ms);
    hurriedMs += ms;
  },
};

/** Runs `act` on a clock that jumps over every wait, and returns how long the waits would have been. */
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
