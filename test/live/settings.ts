/** The settings of the live tests' account. */
export interface LiveSettings {
  accountId: string;
  apiToken: string;
  /** Default: Cloudflare's public API. */
  baseUrl: string;
  /** The account member that the tests may add to their own group. Without one, they add nobody. */
  memberId: string | undefined;
  /** A version of the Cloudflare client that exists. */
  clientVersion: string;
}

/** Reads the settings from the environment. Ends the process when the account or the token is missing. */
export function readLiveSettings(env: NodeJS.ProcessEnv = process.env): LiveSettings {
  const accountId = env.CLOUDFLARE_LIVE_ACCOUNT_ID;
  const apiToken = env.CLOUDFLARE_LIVE_API_TOKEN;
  if (!accountId || !apiToken) {
    const state = (value: string | undefined) => (value ? "is set" : "is missing");
    console.error(`Nothing was tried. The live tests need a real Cloudflare account, which these environment variables name:
  CLOUDFLARE_LIVE_ACCOUNT_ID      the account's id; ${state(accountId)}
  CLOUDFLARE_LIVE_API_TOKEN       a token with Account Settings Write and Zero Trust Write; ${state(apiToken)}
  CLOUDFLARE_LIVE_MEMBER_ID       optional: an account member that the tests may add to a group without permissions
  CLOUDFLARE_LIVE_CLIENT_VERSION  optional: a client version for a deployment group without policies
  CLOUDFLARE_LIVE_BASE_URL        optional: another base URL of the API
The names of all created objects begin with pulumi-cloudflare-groups-live-. The tests remove them at the end.`);
    process.exit(1);
  }
  return {
    accountId,
    apiToken,
    baseUrl: env.CLOUDFLARE_LIVE_BASE_URL || "https://api.cloudflare.com/client/v4",
    memberId: env.CLOUDFLARE_LIVE_MEMBER_ID || undefined,
    clientVersion: env.CLOUDFLARE_LIVE_CLIENT_VERSION || "2026.6.234.0",
  };
}
