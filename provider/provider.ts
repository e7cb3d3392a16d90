import * as pulumi from "@pulumi/pulumi";

/** The arguments of a {@link Provider}. What is left out comes from the environment, as with the stack's configuration. */
export interface ProviderArgs {
  /** An API token; kept as a secret. Default: `CLOUDFLARE_API_TOKEN`. */
  apiToken?: pulumi.Input<string> | undefined;
  /** The e-mail address that belongs to `apiKey`. Default: `CLOUDFLARE_EMAIL`. */
  email?: pulumi.Input<string> | undefined;
  /** A global API key, with `email`, where a token will not do; kept as a secret. Default: `CLOUDFLARE_API_KEY`. */
  apiKey?: pulumi.Input<string> | undefined;
  /** The account of every resource that names none of its own. Default: `CLOUDFLARE_ACCOUNT_ID`. */
  accountId?: pulumi.Input<string> | undefined;
  /** The API's address, `https:` unless it is on this machine. Default: `CLOUDFLARE_BASE_URL`, then Cloudflare's public API. */
  baseUrl?: pulumi.Input<string> | undefined;
}

/**
 * An explicit provider: a second account or another credential beside the stack's own configuration.
 *
 * Hand it to a resource with the option `provider`. Its settings are stored in the stack's state, the credential
 * encrypted, and are the ones that `refresh` and `destroy` use.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { Provider, UserGroup } from "pulumi-cloudflare-groups";
 *
 * const config = new pulumi.Config("partner");
 * const partner = new Provider("partner", {
 *   apiToken: config.requireSecret("apiToken"),
 *   accountId: config.require("accountId"),
 * });
 *
 * new UserGroup("auditors", { name: "Auditors" }, { provider: partner });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  /** @param name The provider's name in the Pulumi program. */
  constructor(name: string, args: ProviderArgs, options?: pulumi.ResourceOptions) {
    super(
      "pulumi-nodejs",
      name,
      {
        "cloudflare:apiToken": secret(args.apiToken),
        "cloudflare:email": args.email,
        "cloudflare:apiKey": secret(args.apiKey),
        "cloudflare:accountId": args.accountId,
        "cloudflare:baseUrl": args.baseUrl,
      },
      options,
    );
  }
}

function secret(value: pulumi.Input<string> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.secret(value);
}
