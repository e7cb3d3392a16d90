import type { FastifyInstance } from "fastify";
import { AccountView } from "./accountView";
import { Clock } from "./clock";
import { DEFAULT_SEED } from "./defaultSeed";
import { describe } from "./envelope";
import { type Fault, Faults } from "./faults";
import { Journal, type JournalEntry } from "./journal";
import { type RateLimit, RateLimiter } from "./rateLimit";
import { BASE_PATH } from "./routes/accountPath";
import * as schemas from "./schemas";
import type { Seed } from "./seed";
import { accountsOf, SeedError } from "./seedAccounts";
import { buildServer } from "./server";
import type { Account } from "./state/account";

/** How a simulator behaves; every field has a default. */
export interface SimulatorOptions {
  /** A port of 127.0.0.1; default 0, a free one. */
  port?: number;
  /** What the accounts hold at the start; default `DEFAULT_SEED`. */
  seed?: Seed;
  /**
   * What a `PUT` of a user group says to the ids of policies. `"observed"`, the default: any id is refused with 400
   * "Cannot re-use policy IDs", and every update of policies gives fresh ids. `"documented"`: existing policies need
   * their ids.
   */
  policyIds?: "observed" | "documented";
  /** `"refused"`: policies with `access: "deny"` get 400 "Policy validation failed"; default `"accepted"`. */
  accessDeny?: "accepted" | "refused";
  /** For so many milliseconds of the simulator's clock a fresh user group's `/members` answer 404; default 0. */
  memberLagMs?: number;
  /** Default: 1,200 calls in 300 seconds for each credential. */
  rateLimit?: RateLimit;
  /** `"manual"` stands still until it is advanced; default `"real"`. */
  clock?: "real" | "manual";
  /** Every request moves the clock forward by so many milliseconds before it is served; default 0. */
  msPerRequest?: number;
  /**
   * Says what goes wrong with a request that meets no fault of the queue; default: nothing. It is asked once for each
   * request, when its body is read and before anything is done.
   */
  chaos?: (request: Readonly<JournalEntry>) => Fault | undefined;
}

/** A running fake of Cloudflare's API. */
export interface Simulator {
  /** The base URL for clients, such as `http://127.0.0.1:8787/client/v4`. */
  readonly url: string;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: Faults;
  /** An account, to read and edit behind the clients' backs; default: the seed's first. Throws where there is none. */
  account(id?: string): AccountView;
  /** Goes back to the seed and forgets journal, faults and used calls. The clock goes on. */
  reset(): void;
  /** Stops listening and cuts the connections that are open. */
  close(): Promise<void>;
}

/**
 * Starts a simulator on 127.0.0.1.
 *
 * Throws a `SeedError` that names the field where the seed cannot be used, and what `listen` throws where the port is
 * taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { seed = DEFAULT_SEED, policyIds = "observed", accessDeny = "accepted" } = options;
  const clock = new Clock(options.clock ?? "real");
  const journal = new Journal();
  const faults = new Faults();
  const rateLimiter = new RateLimiter(options.rateLimit ?? { limit: 1200, windowSeconds: 300 }, clock);
  let accounts: ReadonlyMap<string, Account> = new Map();
  const app = buildServer({
    accounts: () => accounts,
    credentials: seed.credentials,
    clock,
    msPerRequest: options.msPerRequest ?? 0,
    memberLagMs: options.memberLagMs ?? 0,
    journal,
    faults,
    chaos: options.chaos ?? (() => undefined),
    rateLimiter,
  });
  await app.ready();
  checkSeed(app, seed);
  accounts = accountsOf(seed, clock, { policyIds, accessDeny });
  const address = await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  const find = (id: string): Account => {
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
      find(id);
      return new AccountView(() => find(id));
    },
    reset: () => {
      accounts = accountsOf(seed, clock, { policyIds, accessDeny });
      journal.clear();
      faults.clear();
      rateLimiter.reset();
    },
    close: () => app.close(),
  };
}

function checkSeed(app: FastifyInstance, seed: unknown): asserts seed is Seed {
  const compile = app.validatorCompiler;
  if (compile === undefined) throw new Error("Fastify has no validator, though every route has a schema.");
  const validate = compile({ schema: schemas.seed, method: "", url: "" });
  if (validate(seed) === true) return;
  const [error] = validate.errors ?? [];
  if (error === undefined) return;
  const { pointer, message } = describe(error);
  throw new SeedError(pointer, message);
}
