import type { ErrorDetails } from "./cloudflare/errors";
import { adviseOnScopedRoles, hintAtIdentityProvider } from "./reservedChangeAdvice";

// What a user of Pulumi can do about an error of the API. The API client itself knows nothing of Pulumi.

const checkConnection = "check cloudflare:baseUrl and the proxy: something other than Cloudflare's API has answered.";

/** Returns the advice for a failed request; undefined for a cancelled one. */
export function adviseOn(details: ErrorDetails): string | undefined {
  const advice = adviseOnCause(details);
  const mayHaveCreated = details.outcomeUnknown && !details.idempotent;
  if (!mayHaveCreated || advice === undefined) return advice;
  return `the object may still have been created, and the next \`pulumi up\` looks for it first; ${advice}`;
}

function adviseOnCause(details: ErrorDetails): string | undefined {
  switch (details.kind) {
    case "cancelled":
      return undefined;
    case "rateLimitExceeded":
      return "wait five minutes, or run fewer pipelines with this credential at the same time.";
    case "undocumentedResult":
      return "look for a newer release of pulumi-cloudflare-groups, and report this with the cf-ray.";
    case "noResponse":
      return "check the network, the proxy and cloudflare:baseUrl; then run the same command again.";
    case "redirected":
      return `redirects are not followed, because they could carry the credential elsewhere; ${checkConnection}`;
    case "foreignResponse":
      return checkConnection;
    case "rejected":
      return adviseOnRejection(details);
  }
}

function adviseOnRejection(details: ErrorDetails): string {
  const advice = adviseOnScopedRoles(details) ?? adviseOnStatus(details.status ?? 0, details.permission);
  const hint = hintAtIdentityProvider(details);
  return hint === undefined ? advice : `${advice} If that is not it, ${hint}`;
}

function adviseOnStatus(status: number, permission: string): string {
  if (status >= 500)
    return "run the same command again; if it keeps failing, see www.cloudflarestatus.com and give support the cf-ray.";
  switch (status) {
    case 400:
    case 422:
      return "correct in the program what Cloudflare names above.";
    case 401:
      return "the credential is wrong, expired or revoked: create a new one and set cloudflare:apiToken.";
    case 403:
      return `give the credential the permission ${permission} on this account.`;
    case 404:
      return "check the account id and the id of the group; then run `pulumi refresh`.";
    case 429:
      return "wait five minutes, or run fewer pipelines with this credential at the same time.";
    default:
      return "look up the code in Cloudflare's API documentation, or give its support the cf-ray.";
  }
}

/** Advice for a refresh or a destroy with a rejected credential: these commands use the one in the state. */
export const staleCredentialAdvice =
  "refresh and destroy use the credential in the stack's state, not one that was set later: run `pulumi up` first, or add --run-program; otherwise ";

/** Advice for a create or a lookup of an object without a known account. */
export const missingAccountReason =
  "is missing: set it as an argument, with `pulumi config set cloudflare:accountId <id>`, in CLOUDFLARE_ACCOUNT_ID, or in the " +
  "Provider that the resource gets by { provider }";

/** Where a setting of the configuration comes from. */
export const configurationHint = "it is set in the stack's configuration, or in the Provider that { provider } names";

/** Advice for a request without a credential. */
export const missingCredentialReason =
  "is missing: set it with `pulumi config set --secret cloudflare:apiToken <token>`, or in CLOUDFLARE_API_TOKEN, " +
  "or give the Provider of a resource with { provider } its apiToken. Create one at dash.cloudflare.com/profile/api-tokens.";
