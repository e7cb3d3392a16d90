import { AccountView } from "./accountView";
import { ADMIN_PATH, buildAdminServer } from "./admin/adminServer";
import { Clock } from "./clock";
import { DEFAULT_SEED } from "./defaultSeed";
import { type Fault, FaultQueue } from "./faults";
import { Journal, type JournalEntry } from "./journal";
import { type PageSizeOption, resolvePageSizes } from "./pageSizes";
import { RateLimiter, type RateLimitOptions } from "./rateLimiter";
import { BASE_PATH } from "./routes/route";
import type { AccountSeed, Seed } from "./seed";
import { assertSeed, assertState, loadAccounts, loadSeed } from "./seedLoader";
import { buildServer } from "./server";
import { SparseResponses } from "./sparseResponses";
import type { Account } from "./state/account";
import { exportAccount } from "./stateExport";
import { type ApiVariants, resolveVariants } from "./variants";

/** The options of a simulator. Every option has a default. */
export interface SimulatorOptions extends Partial<ApiVariants> {
  /** The port to listen on, on 127.0.0.1. Default: 0, a free port. */
  port?: number;
  /** The content of the accounts at the start. Default: `DEFAULT_SEED`. */
  seed?: Seed;
  /** The `/members` of a new user group respond with 404 for this many milliseconds of the clock. Default: 0. */
  memberLagMs?: number;
  /**
   * The limits of `per_page`. Default: `"documented"`, the limits of the reference pages. `"uniform"` sends 20 items on a page
   * and at most 50 on every list. An object sets the limits of single lists.
   */
  pageSizes?: PageSizeOption;
  /**
   * Whether responses omit optional fields at random. A number is the seed of the random choice. `true` is the seed 1.
   * Default: false.
   */
  sparse?: boolean | number;
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
  /** Whether the simulator has the HTTP endpoints under `/__admin`, which need no credential. Default: false. */
  admin?: boolean;
}

/** The content of all accounts. */
export interface SimulatorState {
  accounts: AccountSeed[];
}

/** A running simulator of Cloudflare's API. */
export interface Simulator {
  /** The base URL for clients, such as `http://127.0.0.1:8787/client/v4`. */
  readonly url: string;
  /** The URL of the admin endpoints, such as `http://127.0.0.1:8787/__admin`. Absent without the option `admin`. */
  readonly adminUrl?: string;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: FaultQueue;
  /** Returns an account to read and edit directly. Default: the first account of the seed. Throws if it is unknown. */
  account(id?: string): AccountView;
  /** Returns the content of all accounts as part of a seed. It has no credentials. */
  exportState(): SimulatorState;
  /** Replaces the content of all accounts. Keeps the credentials. Throws a `SeedError` if the state is invalid. */
  importState(state: SimulatorState): void;
  /** Restores the seed. Clears the journal, the queued faults and the rate limit. The clock keeps its time. */
  reset(): void;
  /** Stops the server and closes open connections. */
  close(): Promise<void>;
}

/**
 * Starts a simulator on 127.0.0.1.
 *
 * Rejects with a `SeedError` that names the field if the seed is invalid. Rejects with Node's error if the port is in use.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { seed = DEFAULT_SEED, sparse = false } = options;
  const variants = resolveVariants(options);
  const sparseResponses = sparse === false ? undefined : new SparseResponses(Number(sparse));
  const clock = new Clock(options.clock ?? "real");
  const journal = new Journal();
  const faults = new FaultQueue();
  const rateLimiter = new RateLimiter(options.rateLimit ?? { limit: 1200, windowSeconds: 300 }, clock);
  let accounts: ReadonlyMap<string, Account> = new Map();
  const exportState = (): SimulatorState => ({ accounts: [...accounts.values()].map(exportAccount) });
  const importState = (state: unknown): void => {
    assertState(app, state);
    accounts = loadAccounts(state.accounts, clock, variants);
  };
  const reset = (): void => {
    accounts = loadSeed(seed, clock, variants);
    journal.clear();
    faults.clear();
    rateLimiter.reset();
    sparseResponses?.reset();
  };
  const adminServer =
    options.admin === true ? buildAdminServer({ clock, journal, faults, reset, exportState, importState }) : undefined;
  await adminServer?.ready();
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
    pageSizes: resolvePageSizes(options.pageSizes),
    variants,
    sparseResponses,
    adminListener: adminServer?.routing,
  });
  await app.ready();
  assertSeed(app, seed);
  accounts = loadSeed(seed, clock, variants);
  const address = await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  const getAccount = (id: string): Account => {
    const account = accounts.get(id);
    if (account === undefined) throw new Error(`The simulator has no account ${id}.`);
    return account;
  };

  return {
    url: `${address}${BASE_PATH}`,
    ...(adminServer === undefined ? {} : { adminUrl: `${address}${ADMIN_PATH}` }),
    clock,
    journal,
    faults,
    account: (id = [...accounts.keys()][0] ?? "") => {
      getAccount(id);
      return new AccountView(() => getAccount(id));
    },
    exportState,
    importState,
    reset,
    close: async () => {
      await app.close();
      await adminServer?.close();
    },
  };
}
