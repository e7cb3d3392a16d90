import { CloudflareError, staleCredentialHint } from "../cloudflare/errors";

// What exists and what does not: the answers to these decide whether a resource is kept in the state.

/**
 * Makes a call on an object that may have been deleted behind Pulumi's back; `undefined` when Cloudflare says so clearly.
 *
 * @throws CloudflareError on every other failure: a refusal, a gateway's error or a broken body says nothing about the object.
 */
export async function ifPresent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof CloudflareError)) throw error;
    if (error.isGone) return undefined;
    if (error.status === 401 || error.status === 403)
      throw error.withHint(staleCredentialHint + (error.failure.hint ?? ""));
    throw error;
  }
}

/**
 * What `read` answers for an object that does not exist: a managed resource is dropped from the state by a blank id, but a
 * `get` would go on with an empty resource, so it fails.
 */
export function absent(isManaged: boolean, what: string, accountId: string): { id: string } {
  if (isManaged) return { id: "" };
  throw new Error(
    `Could not get ${what}: it does not exist in the account ${accountId}. ` +
      "Check the id, and the account in `state.accountId`, the provider or cloudflare:accountId.",
  );
}

/**
 * An object that was created but whose creation did not end well. The engine keeps it in the state under its id, and the
 * next `pulumi up` repairs it.
 */
export class InitializationFailed extends Error {
  readonly reasons: string[];

  /** @param properties What is stored: must hold `__provider`, or no later command could find the code for the resource. */
  constructor(
    readonly id: string,
    readonly properties: object,
    cause: Error,
  ) {
    super(cause.message);
    this.name = "InitializationFailed";
    this.reasons = [cause.message];
  }
}
