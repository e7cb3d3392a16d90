import { adviseOn, configurationHint, missingAccountReason, missingCredentialReason } from "./advice";
import type { CloudflareClient } from "./cloudflare/client";
import type { Clock } from "./cloudflare/clock";
import { type Configuration, readSettings, SettingError, type Settings } from "./config";
import { engineClock } from "./engineClock";

/**
 * The settings and the API client of one plugin process, which all its resource types share.
 *
 * `configure` only stores the configuration, because the engine uses a provider object before its `configure` has
 * ended. A preview must work without a credential. So a missing or wrong setting is an error when it is first needed.
 */
export class ProviderContext {
  #config: Configuration = { get: () => undefined };
  #client: CloudflareClient | undefined;
  /** The address and the credential that the client has. */
  #clientKey: string | undefined;
  #isClientCurrent = false;

  constructor(
    readonly environment: NodeJS.ProcessEnv = process.env,
    readonly clock: Clock = engineClock,
  ) {}

  /** The engine calls it once for each resource type, and the client stays as long as its settings do. */
  configure(config: Configuration): void {
    this.#config = config;
    this.#isClientCurrent = false;
  }

  /** @throws SettingError when a setting cannot be used. */
  get settings(): Settings {
    try {
      return readSettings(this.#config, this.environment);
    } catch (error) {
      // The configuration does not say whether it is the stack's or that of an explicit provider.
      if (!(error instanceof SettingError) || !error.setting.startsWith("cloudflare:")) throw error;
      throw new SettingError(error.setting, `${error.reason}; ${configurationHint}`);
    }
  }

  /** @throws SettingError when a setting cannot be used or there is no credential. */
  get client(): CloudflareClient {
    if (!this.#client || !this.#isClientCurrent) this.#client = this.#clientForSettings();
    this.#isClientCurrent = true;
    return this.#client;
  }

  /**
   * Returns the account of a resource: its own, or the one in the settings.
   *
   * @throws SettingError when there is neither.
   */
  accountOf(properties: { accountId?: string | undefined }): string {
    const accountId = properties.accountId ?? this.settings.accountId;
    if (accountId === undefined) throw new SettingError("accountId", missingAccountReason);
    return accountId;
  }

  /** Returns the same client for the same settings, because it knows the rate limit and the page sizes. */
  #clientForSettings(): CloudflareClient {
    const { baseUrl, credential } = this.settings;
    if (!credential) throw new SettingError("cloudflare:apiToken", missingCredentialReason);
    const key = JSON.stringify([baseUrl, credential]);
    if (this.#client && key === this.#clientKey) return this.#client;
    this.#clientKey = key;
    // Most previews send no request, and the HTTP client takes longer to load than the rest of the package.
    const { CloudflareClient }: typeof import("./cloudflare/client") = require("./cloudflare/client");
    return new CloudflareClient({ baseUrl, credential }, this.clock, adviseOn);
  }
}
