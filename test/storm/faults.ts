import type { Fault, JournalEntry } from "../../simulator/src";
import type { Dice } from "./dice";

/** What goes wrong while a command runs. */
export interface Weather {
  /** The share of requests that fail. */
  rate: number;
  /** From this request on nothing works. The first write is carried out, but its response is lost. */
  outageAt?: number;
  /** At this request the engine gets the signal: SIGKILL for it and all its child processes, or Ctrl-C. */
  kill?: { at: number; signal: "SIGKILL" | "SIGINT" };
}

type Kind = (dice: Dice) => Fault;

const statuses = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524];
// A request that gets 429 is not carried out.
const statusesAfter = statuses.filter((status) => status !== 429);

/** Every way in which a request can fail. */
export const kinds: Record<string, Kind> = {
  "status before": (dice) => toFault(dice, statuses),
  "status after": (dice) => ({ ...toFault(dice, statusesAfter), after: true }),
  "html 200": () => ({ html: 200 }),
  "html 502": () => ({ html: 502 }),
  "truncated json": () => ({ truncate: "json" }),
  "truncated connection": () => ({ truncate: "connection" }),
  "reset before": () => ({ reset: "before" }),
  "reset after": () => ({ reset: "after" }),
  delay: (dice) => ({ delayMs: dice.for("delay").between(50, 500) }),
};

/** Longer than the client waits for a response. */
const timeoutMs = 40_000;

function toFault(dice: Dice, among: readonly number[]) {
  const status = dice.for("status").one(among);
  // Short, because every request of the process waits for so long.
  return status === 429 ? { status, retryAfter: dice.for("retry after").between(0, 1) } : { status };
}

/**
 * Decides which fault each request gets, from the dice.
 *
 * The decision depends on the command, the request's method and object by name, and on how often that was requested before. So
 * the same seed leads to the same faults, although concurrent requests arrive in another order each time.
 */
export class Faults {
  /** How many requests got a fault. */
  count = 0;
  readonly #asked = new Map<string, number>();
  #requests = 0;
  #dice: Dice | undefined;
  #weather: Weather = { rate: 0 };
  #kill: () => void = () => undefined;

  /** @param nameOf Returns the name of the object of a path. */
  constructor(private readonly nameOf: (path: string) => string) {}

  /** Begins a command with this weather. `kill` sends the signal to the engine. */
  begin(dice: Dice, weather: Weather, kill: () => void = () => undefined): void {
    this.#dice = dice;
    this.#weather = weather;
    this.#kill = kill;
    this.#requests = 0;
    this.#asked.clear();
  }

  /** Ends all faults. */
  end(): void {
    this.#dice = undefined;
  }

  /** Returns the fault of a request, for the simulator. */
  readonly faultOf = (request: Readonly<JournalEntry>): Fault | undefined => {
    if (!this.#dice) return undefined;
    this.#requests += 1;
    if (this.#requests === this.#weather.kill?.at) this.#kill();
    const fault = this.#draw(request, this.#dice);
    if (fault) this.count += 1;
    return fault;
  };

  #draw(request: Readonly<JournalEntry>, dice: Dice): Fault | undefined {
    const { rate, outageAt = Number.POSITIVE_INFINITY } = this.#weather;
    const isWrite = request.method !== "GET";
    if (this.#requests >= outageAt) {
      const isFirst = this.#requests === outageAt;
      return isFirst && isWrite ? { status: 502, after: true } : { status: 403, message: "the storm's outage" };
    }
    const call = `${request.method} ${this.nameOf(request.path)} ${nameIn(request)}`;
    const times = (this.#asked.get(call) ?? 0) + 1;
    this.#asked.set(call, times);
    const drawing = dice.for(call, times);
    if (!drawing.for("fails").happens(rate)) return undefined;
    if (isWrite && drawing.for("times out").happens(0.02)) return { delayMs: timeoutMs };
    return drawing.for("kind").one(Object.values(kinds))(drawing);
  }
}

function nameIn({ body, query }: Readonly<JournalEntry>): string {
  const name = typeof body === "object" && body !== null && "name" in body ? body.name : query.name;
  return `${name ?? ""} ${query.page ?? ""}`;
}
