import type { CloudflareClient } from "./cloudflare/client";
import { type Clock, machineClock } from "./cloudflare/clock";
import { type Configuration, readSettings, SettingError, type Settings } from "./config";

/**
 * The one way from a plugin process to Cloudflare, shared by all resource types of that process.
 *
 * `configure` only remembers: the engine hands out a provider object before its `configure` has ended, and a preview
 * must work with no credential at all. What is missing or wrong comes to light where it is first needed.
 */
export class Connection {
  #config: Configuration = { get: () => undefined };
  #client: CloudflareClient | undefined;

  /** The ids of the groups that resources of this run are known to have. */
  readonly claims = new Set<string>();

  /**
   * The ids of existing groups that resources of this run have taken over. Such a group is left alone when another resource
   * that had it is deleted: that was its name in the program before.
   */
  readonly takenOver = new Set<string>();
  /** Which policies each deployment group of this run is to have in the end, by the group's id. */
  readonly plannedPolicies = new Map<string, ReadonlySet<string>>();

  #writes = 0;
  #waits = 0;

  constructor(
    readonly environment: NodeJS.ProcessEnv = process.env,
    readonly clock: Clock = machineClock,
  ) {}

  configure(config: Configuration): void {
    this.#config = config;
    this.#client = undefined;
  }

  /** @throws SettingError when a setting cannot be used. */
  get settings(): Settings {
    return readSettings(this.#config, this.environment);
  }

  /** @throws SettingError when a setting cannot be used or there is no credential. */
  get client(): CloudflareClient {
    if (!this.#client) {
      // Loaded here, as a preview makes no request. The HTTP client takes longer to load than the rest of the package.
      const { CloudflareClient }: typeof import("./cloudflare/client") = require("./cloudflare/client");
      this.#client = new CloudflareClient(this.settings, this.clock);
    }
    return this.#client;
  }

  /** Whether a write of this run is under way that does not wait for another. */
  get isBusy(): boolean {
    return this.#writes > this.#waits;
  }

  /** Counts a write of a resource for as long as it is under way. */
  async writing<T>(write: Promise<T>): Promise<T> {
    this.#writes += 1;
    try {
      return await write;
    } finally {
      this.#writes -= 1;
    }
  }

  /** Counts a write that is under way as one that waits for others, for as long as it does. */
  async waiting<T>(wait: Promise<T>): Promise<T> {
    this.#waits += 1;
    try {
      return await wait;
    } finally {
      this.#waits -= 1;
    }
  }

  /**
   * The account that a resource lives in: its own, or the settings'.
   *
   * @throws SettingError when neither names one.
   */
  accountOf(properties: { accountId?: string | undefined }): string {
    const accountId = properties.accountId ?? this.settings.accountId;
    if (accountId === undefined) throw new SettingError("accountId", missingAccount);
    return accountId;
  }
}

/** Said wherever an account is needed and none is named. */
export const missingAccount =
  "is missing: set it as an argument, with `pulumi config set cloudflare:accountId <id>`, or in CLOUDFLARE_ACCOUNT_ID";
