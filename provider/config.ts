/** How a request proves who is asking. A token is what Cloudflare recommends; e-mail and key are the older form. */
export type Credential = { apiToken: string } | { email: string; apiKey: string };

/** Where and as whom the package talks to Cloudflare. */
export interface Settings {
  /** The account of every resource that names none of its own. */
  accountId: string | undefined;
  /** The API's address without a slash at the end. */
  baseUrl: string;
  /** Absent when none was given: preview needs none. */
  credential: Credential | undefined;
}

/** The part of Pulumi's configuration that settings are read from. */
export interface Configuration {
  get(key: string): string | undefined;
}

/** A setting that cannot be used, with the name under which its user set it. */
export class SettingError extends Error {
  constructor(
    readonly setting: string,
    readonly reason: string,
  ) {
    super(`${setting} ${reason}`);
    this.name = "SettingError";
  }
}

/** Cloudflare's public API, used unless `cloudflare:baseUrl` or `CLOUDFLARE_BASE_URL` says otherwise. */
export const defaultBaseUrl = "https://api.cloudflare.com/client/v4";

interface Source {
  get(setting: keyof typeof environmentNames): string | undefined;
  name(setting: keyof typeof environmentNames): string;
}

const environmentNames = {
  apiToken: "CLOUDFLARE_API_TOKEN",
  email: "CLOUDFLARE_EMAIL",
  apiKey: "CLOUDFLARE_API_KEY",
  accountId: "CLOUDFLARE_ACCOUNT_ID",
  baseUrl: "CLOUDFLARE_BASE_URL",
} as const;

/**
 * Reads the settings from the provider's configuration (an explicit `Provider`, or the stack's `cloudflare:…` keys) and,
 * where that is silent, from the environment.
 *
 * @throws SettingError for a base URL that would send the credential in clear or to nowhere, and for half a credential.
 */
export function readSettings(config: Configuration, environment: NodeJS.ProcessEnv): Settings {
  const sources: Source[] = [
    { get: (setting) => present(config.get(`cloudflare:${setting}`)), name: (setting) => `cloudflare:${setting}` },
    {
      get: (setting) => present(environment[environmentNames[setting]]),
      name: (setting) => environmentNames[setting],
    },
  ];
  const accountId = firstOf(sources, "accountId");
  const baseUrl = firstOf(sources, "baseUrl");
  return {
    accountId: accountId?.value,
    baseUrl: baseUrl ? checkedBaseUrl(baseUrl.value, baseUrl.name) : defaultBaseUrl,
    credential: firstCredential(sources),
  };
}

function present(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === "" ? undefined : trimmed;
}

function firstOf(sources: Source[], setting: keyof typeof environmentNames) {
  for (const source of sources) {
    const value = source.get(setting);
    if (value !== undefined) return { value, name: source.name(setting) };
  }
  return undefined;
}

// A credential is taken whole from one source: a token of the environment must never stand in for an explicit
// provider's e-mail and key, which may belong to another account.
function firstCredential(sources: Source[]): Credential | undefined {
  for (const source of sources) {
    const apiToken = source.get("apiToken");
    if (apiToken !== undefined) return { apiToken: sendable(apiToken, source.name("apiToken")) };
    const email = source.get("email");
    const apiKey = source.get("apiKey");
    if (email !== undefined && apiKey !== undefined)
      return { email: sendable(email, source.name("email")), apiKey: sendable(apiKey, source.name("apiKey")) };
    if (apiKey !== undefined) throw new SettingError(source.name("apiKey"), `needs ${source.name("email")} beside it`);
    if (email !== undefined) throw new SettingError(source.name("email"), `needs ${source.name("apiKey")} beside it`);
  }
  return undefined;
}

// Node refuses such a header with a message that quotes it whole, credential and all.
function sendable(value: string, setting: string): string {
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new SettingError(setting, "holds characters that no HTTP header may carry (white space or non-ASCII)");
  return value;
}

function checkedBaseUrl(value: string, setting: string): string {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new SettingError(setting, `is not a URL; leave it out to use ${defaultBaseUrl}`);
  }
  if (url.username || url.password) throw new SettingError(setting, "must not hold a user name or password");
  if (/[?#]/.test(value)) throw new SettingError(setting, "must end with its path: no query, no fragment");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isThisMachine(url.hostname)))
    throw new SettingError(
      setting,
      "must begin with https:, as the credential travels with every call; http: is for this machine only",
    );
  return url.href.replace(/\/+$/, "");
}

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
