import { logWarning } from "../terminalText";
import { type Clock, systemClock } from "./clock";
import type { Advise } from "./errors";
import { Operation } from "./operation";
import { PageSizes } from "./pageSizes";
import type { OperationLimits } from "./request";
import { type ConnectionSettings, Transport } from "./transport";

/** The client of Cloudflare's API. It knows nothing of Pulumi. */
export class CloudflareClient {
  readonly #transport: Transport;
  readonly #secret: string;
  readonly #shownWarnings = new Set<string>();
  readonly #pageSizes = new PageSizes();

  /** @param advise Returns the advice for an error's message. Default: none. */
  constructor(
    settings: ConnectionSettings,
    readonly clock: Clock = systemClock(),
    private readonly advise: Advise = () => undefined,
  ) {
    const { credential } = settings;
    this.#secret = "apiToken" in credential ? credential.apiToken : credential.apiKey;
    this.#transport = new Transport(settings, clock);
  }

  /** The current time by Cloudflare's clock, in milliseconds, according to its responses. */
  get cloudflareTime(): number {
    return this.clock.now() + this.#transport.clockSkewMs;
  }

  /**
   * Begins an operation, which sends requests.
   *
   * @param name What is attempted, for error messages: `create the user group "Admins"`.
   * @param limits How long it tries. Default: as long as a write may take.
   */
  during(name: string, limits: OperationLimits = {}): Operation {
    return new Operation(name, {
      transport: this.#transport,
      clock: this.clock,
      pageSizes: this.#pageSizes,
      limits,
      advise: this.advise,
      redact: (response) => this.#redact(response),
      // A warning may name an item of a response.
      warnOnce: (warning, circumstance) => this.#warnOnce(this.#redactText(warning), circumstance),
    });
  }

  #warnOnce(warning: string, circumstance: string): void {
    if (this.#shownWarnings.has(warning)) return;
    this.#shownWarnings.add(warning);
    logWarning(`${warning} (${circumstance})`);
  }

  /** Returns a response without the credential, which the server may have echoed anywhere in it. */
  #redact<Response extends object>(response: Response): Response {
    const redacted = JSON.stringify(response, (key, value) =>
      // The kind is the package's own word, and a credential in a test may be any word.
      typeof value === "string" && key !== "kind" ? this.#redactText(value) : value,
    );
    return JSON.parse(redacted);
  }

  #redactText(text: string): string {
    return text.replaceAll(this.#secret, "[credential]");
  }
}
