import type { Credential } from "./cloudflare/transport";

/** The address, the account and the credential of requests to Cloudflare. */
export interface Settings {
  /** The account of every resource without its own `accountId`. */
  accountId: string | undefined;
  /** The API's address without a slash at the end. */
  baseUrl: string;
  /** Undefined when none was given: a preview needs none. */
  credential: Credential | undefined;
  /** Whether a create may adopt the group that an interrupted run created. Default: false. */
  adoptInterruptedCreates: boolean;
  /** How many people one run may remove from one group. Default: no limit. */
  maxRemovals: MaxRemovals | undefined;
  /** Whether this run may remove more people than `maxRemovals`. Default: false. */
  allowRemovals: boolean;
}

/** A number of people, or a share of the people in a group. The share is rounded down, but it is never less than one person. */
export interface MaxRemovals {
  value: number;
  unit: "" | "%";
}

/** The part of Pulumi's configuration that settings are read from. */
export interface Configuration {
  get(key: string): string | undefined;
}

/** A missing or unusable setting, with the name under which the user sets it. */
export class SettingError extends Error {
  constructor(
    readonly setting: string,
    readonly reason: string,
  ) {
    super(`${setting} ${reason}`);
    this.name = "SettingError";
  }
}

/** Cloudflare's public API, the default of `cloudflare:baseUrl` and `CLOUDFLARE_BASE_URL`. */
export const defaultBaseUrl = "https://api.cloudflare.com/client/v4";

const environmentNames = {
  apiToken: "CLOUDFLARE_API_TOKEN",
  email: "CLOUDFLARE_EMAIL",
  apiKey: "CLOUDFLARE_API_KEY",
  accountId: "CLOUDFLARE_ACCOUNT_ID",
  baseUrl: "CLOUDFLARE_BASE_URL",
  adoptInterruptedCreates: "CLOUDFLARE_ADOPT_INTERRUPTED_CREATES",
  maxRemovals: "CLOUDFLARE_MAX_REMOVALS",
  allowRemovals: "CLOUDFLARE_ALLOW_REMOVALS",
} as const;

type SettingName = keyof typeof environmentNames;

interface Source {
  get(setting: SettingName): string | undefined;
  nameOf(setting: SettingName): string;
}

/**
 * Reads the settings from the provider's configuration, and from the environment where that has no value.
 *
 * The provider's configuration is an explicit `Provider`, or the stack's `cloudflare:…` keys.
 *
 * @throws SettingError for a base URL that would expose the credential, half a credential, a limit that is no number, and a
 * switch that is not true or false.
 */
export function readSettings(config: Configuration, environment: NodeJS.ProcessEnv): Settings {
  const sources: Source[] = [
    { get: (setting) => nonBlank(config.get(`cloudflare:${setting}`)), nameOf: (setting) => `cloudflare:${setting}` },
    {
      get: (setting) => nonBlank(environment[environmentNames[setting]]),
      nameOf: (setting) => environmentNames[setting],
    },
  ];
  const accountId = firstDefined(sources, "accountId");
  const baseUrl = firstDefined(sources, "baseUrl");
  return {
    accountId: accountId?.value,
    baseUrl: baseUrl ? parseBaseUrl(baseUrl.value, baseUrl.name) : defaultBaseUrl,
    credential: firstCredential(sources),
    adoptInterruptedCreates: parseSwitch(firstDefined(sources, "adoptInterruptedCreates")),
    maxRemovals: parseMaxRemovals(firstDefined(sources, "maxRemovals")),
    allowRemovals: parseSwitch(firstDefined(sources, "allowRemovals")),
  };
}

function parseMaxRemovals(setting: { value: string; name: string } | undefined): MaxRemovals | undefined {
  if (setting === undefined) return undefined;
  const [, digits, unit] = /^(\d{1,6})(%?)$/.exec(setting.value) ?? [];
  const value = Number(digits);
  if (digits !== undefined && value > 0 && (unit === "" || value <= 100))
    return { value, unit: unit === "%" ? "%" : "" };
  throw new SettingError(
    setting.name,
    `must be a number of people, such as 5, or a share of a group, such as 25%, not ${JSON.stringify(setting.value)}`,
  );
}

function parseSwitch(setting: { value: string; name: string } | undefined): boolean {
  if (setting === undefined || setting.value === "false") return false;
  if (setting.value === "true") return true;
  throw new SettingError(setting.name, `must be true or false, not ${JSON.stringify(setting.value)}`);
}

function nonBlank(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
}

function firstDefined(sources: Source[], setting: SettingName) {
  for (const source of sources) {
    const value = source.get(setting);
    if (value !== undefined) return { value, name: source.nameOf(setting) };
  }
  return undefined;
}

// A credential comes whole from one source. A token of the environment must never replace an explicit provider's email and
// key, which may belong to another account.
function firstCredential(sources: Source[]): Credential | undefined {
  for (const source of sources) {
    const apiToken = source.get("apiToken");
    if (apiToken !== undefined) {
      assertHeaderSafe(apiToken, source.nameOf("apiToken"));
      return { apiToken };
    }
    const email = source.get("email");
    const apiKey = source.get("apiKey");
    if (email === undefined && apiKey === undefined) continue;
    if (email === undefined) throw new SettingError(source.nameOf("apiKey"), `needs ${source.nameOf("email")} too`);
    if (apiKey === undefined) throw new SettingError(source.nameOf("email"), `needs ${source.nameOf("apiKey")} too`);
    assertHeaderSafe(email, source.nameOf("email"));
    assertHeaderSafe(apiKey, source.nameOf("apiKey"));
    return { email, apiKey };
  }
  return undefined;
}

// Node rejects such a header with a message that quotes the whole credential.
function assertHeaderSafe(value: string, setting: string): void {
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new SettingError(setting, "holds characters that an HTTP header cannot carry (white space or non-ASCII)");
}

function parseBaseUrl(value: string, setting: string): string {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new SettingError(setting, `is not a URL; leave it out to use ${defaultBaseUrl}`);
  }
  if (url.username || url.password) throw new SettingError(setting, "must not hold a user name or password");
  if (/[?#]/.test(value)) throw new SettingError(setting, "must end with its path: no query, no fragment");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    throw new SettingError(
      setting,
      "must begin with https:, because every request carries the credential; http: is for this machine only",
    );
  return url.href.replace(/\/+$/, "");
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
