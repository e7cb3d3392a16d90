import type { Clock } from "../../../provider/cloudflare/clock";
import type { Simulator } from "../../../simulator/src";

/** After this many turns of the event loop without a request, all code is waiting. */
const idleTurns = 30;

/** Returns a clock that follows a simulator's. When all code is waiting, it jumps to the end of the shortest wait. */
export function createSimulatedClock({ clock, journal }: Simulator): Clock & { waits: number[] } {
  const waits: number[] = [];
  const ends = new Map<object, number>();
  const sleep = async (ms: number) => {
    waits.push(ms);
    const wait = {};
    const until = clock.now() + ms;
    ends.set(wait, until);
    let previousCount = journal.count();
    for (let idle = 0; clock.now() < until; idle++) {
      await new Promise(setImmediate);
      if (journal.count() !== previousCount) idle = 0;
      previousCount = journal.count();
      if (idle >= idleTurns) clock.advance(Math.max(0, Math.min(...ends.values()) - clock.now()));
    }
    ends.delete(wait);
  };
  return { now: () => clock.now(), sleep, waits };
}
