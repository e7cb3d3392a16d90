import * as pulumi from "@pulumi/pulumi";

/** The arguments of a {@link Provider} except its credential. */
export interface ProviderSettingsArgs {
  /**
   * The account of every resource without its own `accountId`, an id of 32 characters.
   *
   * Default: `CLOUDFLARE_ACCOUNT_ID`. A change replaces those resources, not the provider.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The API's address. It begins with `https:` unless it is on this machine.
   *
   * Default: `CLOUDFLARE_BASE_URL`, then `https://api.cloudflare.com/client/v4`. Any other `http:` address fails the
   * preview, and so does one with a user name, a password, a query or a fragment. A change is made in place.
   */
  baseUrl?: pulumi.Input<string> | undefined;
  /**
   * How many people one run may remove from one group: a number such as `"5"`, or a share of the group such as `"25%"`.
   *
   * A share is rounded down to whole people, but never to less than one. A change, a replacement or a deletion that would
   * remove more fails, at preview where it can be known, and names them. `CLOUDFLARE_ALLOW_REMOVALS=true` lifts the limit for
   * one run.
   *
   * Default: `CLOUDFLARE_MAX_REMOVALS`, then no limit. Any other text fails the preview. A change is made in place.
   */
  maxRemovals?: pulumi.Input<string> | undefined;
}

/** The arguments of a {@link Provider} with an API token, or with the credential of the environment. */
export interface ProviderTokenArgs extends ProviderSettingsArgs {
  /**
   * An API token. It is stored as a secret.
   *
   * Default: `CLOUDFLARE_API_TOKEN`, then `CLOUDFLARE_EMAIL` with `CLOUDFLARE_API_KEY`. A change is made in place.
   */
  apiToken?: pulumi.Input<string> | undefined;
  /** Not set: an email belongs to an API key. */
  email?: undefined;
  /** Not set: an API key needs an email, and a token needs neither. */
  apiKey?: undefined;
}

/** The arguments of a {@link Provider} with a global API key, for when a token is not possible. */
export interface ProviderKeyArgs extends ProviderSettingsArgs {
  /**
   * The email that belongs to `apiKey`.
   *
   * Required. One without the other fails the preview. In the environment it is `CLOUDFLARE_EMAIL`. A change is made in place.
   */
  email: pulumi.Input<string>;
  /**
   * A global API key, with `email`. It is stored as a secret.
   *
   * Required. One without the other fails the preview. In the environment it is `CLOUDFLARE_API_KEY`. A change is made in
   * place.
   */
  apiKey: pulumi.Input<string>;
  /** Not set: a token would take the place of the key. */
  apiToken?: undefined;
}

/**
 * The arguments of a {@link Provider}. Missing ones come from the environment, never from the stack's configuration.
 *
 * A credential comes whole from one of the two. Half a credential does not compile, and fails the preview of a JavaScript
 * program. A credential that an HTTP header cannot carry fails the preview too. Without a credential the first request to
 * Cloudflare fails.
 */
export type ProviderArgs = ProviderTokenArgs | ProviderKeyArgs;

/**
 * An explicit provider: a second account or another credential beside the stack's own configuration.
 *
 * Pass it to a resource or a lookup in the option `provider`. The stack's state stores its settings, with the credential
 * encrypted. `refresh` and `destroy` use the stored settings.
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
  // Private, because the state stores the public properties of a resource that a program returns.
  readonly #settings: Readonly<Record<string, pulumi.Input<string> | undefined>>;

  /**
   * Creates a provider for the resources that name it in their option `provider`.
   *
   * @param name The provider's name in the Pulumi program.
   * @param args The credential, the account and the address.
   * @param options Pulumi's options of a resource.
   */
  constructor(name: string, args: ProviderArgs, options?: pulumi.ResourceOptions) {
    const settings = {
      "cloudflare:apiToken": secret(args.apiToken),
      "cloudflare:email": args.email,
      "cloudflare:apiKey": secret(args.apiKey),
      "cloudflare:accountId": args.accountId,
      "cloudflare:baseUrl": args.baseUrl,
      "cloudflare:maxRemovals": args.maxRemovals,
    };
    super("pulumi-nodejs", name, settings, options);
    this.#settings = settings;
  }

  /**
   * Returns the settings of a provider, named as in the stack's configuration.
   *
   * @throws RunError for a provider of another package.
   * @internal
   */
  static settingsOf(provider: pulumi.ProviderResource): pulumi.Output<Readonly<Record<string, string | undefined>>> {
    if (#settings in provider) return pulumi.output(provider.#settings);
    throw new pulumi.RunError(
      "The provider of a lookup must be a Provider of pulumi-cloudflare-groups, from the same installation of the package as " +
        "the lookup.",
    );
  }
}

function secret(value: pulumi.Input<string> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.secret(value);
}
