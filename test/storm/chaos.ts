import type { Fault, JournalEntry } from "../../simulator/src";
import type { Dice } from "./dice";

type Kind = (dice: Dice) => Fault;

const statuses = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524];
// Who is told to come back later has not been served: that is what 429 means.
const statusesOfServed = statuses.filter((status) => status !== 429);

/** Every way in which the simulator can fail. */
export const kinds: Record<string, Kind> = {
  "status before": (dice) => failing(dice, statuses),
  "status after": (dice) => ({ ...failing(dice, statusesOfServed), after: true }),
  "html 200": () => ({ html: 200 }),
  "html 502": () => ({ html: 502 }),
  "truncated json": () => ({ truncate: "json" }),
  "truncated connection": () => ({ truncate: "connection" }),
  "reset before": () => ({ reset: "before" }),
  "reset after": () => ({ reset: "after" }),
  delay: (dice) => ({ delayMs: dice.for("delay").between(50, 500) }),
};

function failing(dice: Dice, among: readonly number[]) {
  const status = dice.for("status").one(among);
  // Short, as all calls of the process wait so long.
  return status === 429 ? { status, retryAfter: dice.for("retry after").between(0, 1) } : { status };
}

/**
 * Decides the fate of every request by the seed.
 *
 * It depends on the command, on the request's method and object by name, and on how often that has been asked for; so the same
 * seed leads to the same fates though parallel requests come in another order each time.
 */
export class Chaos {
  /** One in so many requests fails. */
  static readonly rate = 0.2;

  /** How many requests met which fault. */
  readonly faults = new Map<string, number>();
  calls = 0;

  readonly #asked = new Map<string, number>();
  #dice: Dice | undefined;
  #killAfter = Number.POSITIVE_INFINITY;
  #kill: () => void = () => undefined;

  /** @param nameOf The name of the object that a path leads to. */
  constructor(private readonly nameOf: (path: string) => string) {}

  /** Begins to fail, with these dice. */
  begin(dice: Dice): void {
    this.#dice = dice;
    this.#asked.clear();
  }

  /** Ends all failing, and a killing that did not come about. */
  end(): void {
    this.#dice = undefined;
    this.#killAfter = Number.POSITIVE_INFINITY;
  }

  /** Calls `kill` once, at the so-manieth request from now. */
  killAfter(requests: number, kill: () => void): void {
    this.#killAfter = requests;
    this.#kill = kill;
  }

  /** The fault that a request meets, for the simulator. */
  readonly fateOf = (request: Readonly<JournalEntry>): Fault | undefined => {
    this.calls += 1;
    this.#killAfter -= 1;
    if (this.#killAfter === 0) this.#kill();
    if (!this.#dice) return undefined;
    const call = `${request.method} ${this.nameOf(request.path)} ${this.#named(request)}`;
    const times = (this.#asked.get(call) ?? 0) + 1;
    this.#asked.set(call, times);
    const dice = this.#dice.for(call, times);
    if (!dice.for("fails").happens(Chaos.rate)) return undefined;
    const [kind, fault] = dice.for("kind").one(Object.entries(kinds));
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
    return fault(dice);
  };

  #named({ body, query }: Readonly<JournalEntry>): string {
    const name = typeof body === "object" && body !== null && "name" in body ? body.name : query.name;
    return `${name ?? ""} ${query.page ?? ""}`;
  }
}
