import type { OperationLimits } from "../cloudflare/request";
import type { ProviderContext } from "../providerContext";
import { logWarning } from "../terminalText";
import { toError } from "./notFound";

// `check` and `diff` run at preview, where a credential and a network are optional. What they read finds mistakes early.
// `create` and `update` read the same and insist on it.

/** A preview waits no longer than this for one request. */
export const previewLimits: OperationLimits = { maxElapsedMs: 5_000 };

/** The requests that `check` and `diff` of this run may send. */
export class PreviewReads {
  readonly #failed = new Set<string>();
  #hasWarned = false;

  /**
   * Reads what a check needs. Returns undefined without a credential, and when the request fails.
   *
   * @param key What is read. It is not tried again after a failure.
   */
  async attempt<T>(
    { settings }: ProviderContext,
    key: string,
    read: (limits: OperationLimits) => Promise<T>,
  ): Promise<T | undefined> {
    if (!settings.credential) {
      this.#warn("because there is no credential");
      return undefined;
    }
    if (this.#failed.has(key)) return undefined;
    try {
      return await read(previewLimits);
    } catch (error) {
      this.#failed.add(key);
      this.#warn(`because a request failed. ${toError(error).message.split("\n")[0]}`);
      return undefined;
    }
  }

  /** Logs once for a run that names were not checked. */
  #warn(reason: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const sentence = `Names and emails that are new to the stack were not checked, ${reason}`;
    logWarning(`${sentence.replace(/\.?$/, ".")} \`pulumi up\` checks them before it writes.`);
  }
}
