import * as pulumi from "@pulumi/pulumi";

/**
 * The arguments of a {@link Provider}. What is left out comes from the environment, never from the stack's configuration.
 *
 * A credential is taken whole from one of the two. Half of one, or one that no HTTP header can carry, is an error at
 * preview; none at all is an error of the first call to Cloudflare.
 */
export interface ProviderArgs {
  /**
   * An API token; kept as a secret.
   *
   * Default: `CLOUDFLARE_API_TOKEN`. A change is made in place.
   */
  apiToken?: pulumi.Input<string> | undefined;
  /**
   * The e-mail address that belongs to `apiKey`.
   *
   * Default: `CLOUDFLARE_EMAIL`. A change is made in place.
   */
  email?: pulumi.Input<string> | undefined;
  /**
   * A global API key, with `email`, where a token will not do; kept as a secret.
   *
   * Default: `CLOUDFLARE_API_KEY`. A change is made in place.
   */
  apiKey?: pulumi.Input<string> | undefined;
  /**
   * The account of every resource that names none of its own, an id of 32 characters.
   *
   * Default: `CLOUDFLARE_ACCOUNT_ID`. A change replaces those resources, not the provider.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The API's address, `https:` unless it is on this machine.
   *
   * Default: `CLOUDFLARE_BASE_URL`, then `https://api.cloudflare.com/client/v4`. Any other `http:` address, and one that
   * holds a user name, a password, a query or a fragment, is an error at preview. A change is made in place.
   */
  baseUrl?: pulumi.Input<string> | undefined;
}

/**
 * An explicit provider: a second account or another credential beside the stack's own configuration.
 *
 * Hand it to a resource or a look-up with the option `provider`. Its settings are stored in the stack's state, the credential
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
  // Private, as what a resource shows of itself is stored when a program returns it.
  readonly #settings: Readonly<Record<string, pulumi.Input<string> | undefined>>;

  /**
   * Makes a provider for the resources that name it in their option `provider`.
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
    };
    super("pulumi-nodejs", name, settings, options);
    this.#settings = settings;
  }

  /**
   * The settings that the program has given a provider, named as in the stack's configuration.
   *
   * @throws RunError for a provider of another package.
   * @internal
   */
  static settingsOf(provider: pulumi.ProviderResource): pulumi.Output<Readonly<Record<string, string | undefined>>> {
    if (#settings in provider) return pulumi.output(provider.#settings);
    throw new pulumi.RunError(
      "The provider of a look-up must be a Provider of pulumi-cloudflare-groups, and of the one installation of the package " +
        "that the look-up comes from.",
    );
  }
}

function secret(value: pulumi.Input<string> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.secret(value);
}
