import { AccountView } from "./accountView";
import { Clock } from "./clock";
import { DEFAULT_SEED } from "./defaultSeed";
import { type Fault, FaultQueue } from "./faults";
import { Journal, type JournalEntry } from "./journal";
import { RateLimiter, type RateLimitOptions } from "./rateLimiter";
import { BASE_PATH } from "./routes/route";
import type { Seed } from "./seed";
import { assertSeed, loadSeed } from "./seedLoader";
import { buildServer } from "./server";
import type { Account } from "./state/account";

/** The options of a simulator. Every option has a default. */
export interface SimulatorOptions {
  /** The port to listen on, on 127.0.0.1. Default: 0, a free port. */
  port?: number;
  /** The content of the accounts at the start. Default: `DEFAULT_SEED`. */
  seed?: Seed;
  /**
   * How a `PUT` of a user group treats the ids of policies. Default: `"observed"`. `"observed"` rejects every id with
   * 400 "Cannot re-use policy IDs", and an update of policies creates new ids. `"documented"` requires the ids of
   * existing policies.
   */
  policyIds?: "observed" | "documented";
  /** `"rejected"` responds to policies with `access: "deny"` with 400. Default: `"accepted"`. */
  accessDeny?: "accepted" | "rejected";
  /** The `/members` of a new user group respond with 404 for this many milliseconds of the clock. Default: 0. */
  memberLagMs?: number;
  /** Default: 1,200 requests in 300 seconds for each credential. */
  rateLimit?: RateLimitOptions;
  /** `"manual"` creates a clock that moves only when it is advanced. Default: `"real"`. */
  clock?: "real" | "manual";
  /** Every request first advances the clock by this many milliseconds. Default: 0. */
  msPerRequest?: number;
  /**
   * Returns the fault for a request that gets no queued fault. Default: no fault. The simulator calls it once for each
   * request, after it reads the body and before it carries out the request.
   */
  faultFor?: (request: Readonly<JournalEntry>) => Fault | undefined;
}

/** A running simulator of Cloudflare's API. */
export interface Simulator {
  /** The base URL for clients, such as `http://127.0.0.1:8787/client/v4`. */
  readonly url: string;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: FaultQueue;
  /** Returns an account to read and edit directly. Default: the first account of the seed. Throws if it is unknown. */
  account(id?: string): AccountView;
  /** Restores the seed. Clears the journal, the queued faults and the rate limit. The clock keeps its time. */
  reset(): void;
  /** Stops the server and closes open connections. */
  close(): Promise<void>;
}

/**
 * Starts a simulator on 127.0.0.1.
 *
 * Rejects with a `SeedError` that names the field if the seed is invalid, and with Node's error if the port is in use.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { seed = DEFAULT_SEED, policyIds = "observed", accessDeny = "accepted" } = options;
  const clock = new Clock(options.clock ?? "real");
  const journal = new Journal();
  const faults = new FaultQueue();
  const rateLimiter = new RateLimiter(options.rateLimit ?? { limit: 1200, windowSeconds: 300 }, clock);
  let accounts: ReadonlyMap<string, Account> = new Map();
  const app = buildServer({
    getAccounts: () => accounts,
    credentials: seed.credentials,
    clock,
    msPerRequest: options.msPerRequest ?? 0,
    memberLagMs: options.memberLagMs ?? 0,
    journal,
    faults,
    faultFor: options.faultFor ?? (() => undefined),
    rateLimiter,
  });
  await app.ready();
  assertSeed(app, seed);
  accounts = loadSeed(seed, clock, { policyIds, accessDeny });
  const address = await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  const getAccount = (id: string): Account => {
    const account = accounts.get(id);
    if (account === undefined) throw new Error(`The simulator has no account ${id}.`);
    return account;
  };

  return {
    url: `${address}${BASE_PATH}`,
    clock,
    journal,
    faults,
    account: (id = [...accounts.keys()][0] ?? "") => {
      getAccount(id);
      return new AccountView(() => getAccount(id));
    },
    reset: () => {
      accounts = loadSeed(seed, clock, { policyIds, accessDeny });
      journal.clear();
      faults.clear();
      rateLimiter.reset();
    },
    close: () => app.close(),
  };
}
