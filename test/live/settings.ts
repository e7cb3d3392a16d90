/** What the live tests need to know about the account that they run on. */
export interface LiveSettings {
  accountId: string;
  apiToken: string;
  /** Default: Cloudflare's public API. */
  baseUrl: string;
  /** An account member whom the tests may put into a group of their own; without one they leave people alone. */
  memberId: string | undefined;
  /** A version of the client that Cloudflare knows. */
  clientVersion: string;
}

/** The settings in the environment; the process ends when there is no account to run on. */
export function liveSettings(env: NodeJS.ProcessEnv = process.env): LiveSettings {
  const accountId = env.CLOUDFLARE_LIVE_ACCOUNT_ID;
  const apiToken = env.CLOUDFLARE_LIVE_API_TOKEN;
  if (!accountId || !apiToken) {
    const state = (value: string | undefined) => (value ? "is set" : "is missing");
    console.error(`Nothing was tried. The live tests run on a real Cloudflare account, which they are told by the environment:
  CLOUDFLARE_LIVE_ACCOUNT_ID      the account's id; ${state(accountId)}
  CLOUDFLARE_LIVE_API_TOKEN       a token with Account Settings Write and Zero Trust Write; ${state(apiToken)}
  CLOUDFLARE_LIVE_MEMBER_ID       optional: an account member who may be put into a group that grants nothing
  CLOUDFLARE_LIVE_CLIENT_VERSION  optional: a client version for a deployment group that holds no policy
  CLOUDFLARE_LIVE_BASE_URL        optional: another address of the API
What they make has a name that begins with pulumi-cloudflare-groups-live-, and is removed at the end.`);
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
