import { staleCredentialAdvice } from "../advice";
import { CloudflareError, catchNotFound } from "../cloudflare/errors";

// Whether an object exists decides whether its resource stays in the state.

/**
 * Returns undefined when Cloudflare itself says that the object does not exist.
 *
 * @throws CloudflareError for every other failure, because it proves nothing about the object.
 */
export function undefinedIfNotFound<T>(request: Promise<T>): Promise<T | undefined> {
  return catchNotFound(request).catch((error) => {
    throw adviseOnCredential(error);
  });
}

/**
 * Waits for a deletion. Returns false when the object did not exist before, so that nothing was deleted.
 *
 * @throws CloudflareError for every failure but "not found".
 */
export async function deleteIfExists(deletion: Promise<unknown>): Promise<boolean> {
  try {
    await deletion;
    return true;
  } catch (error) {
    // An earlier attempt whose response was lost may have deleted the object.
    if (error instanceof CloudflareError && error.isNotFound) return error.details.outcomeUnknown === true;
    throw adviseOnCredential(error);
  }
}

function adviseOnCredential(error: unknown): unknown {
  if (!(error instanceof CloudflareError) || (error.status !== 401 && error.status !== 403)) return error;
  return error.withAdvice(staleCredentialAdvice + (error.advice ?? ""));
}

/**
 * Returns the result of `read` for an object that does not exist.
 *
 * A blank id drops a managed resource from the state. A `get` would continue with an empty resource, so it fails.
 */
export function missingResult(isManaged: boolean, what: string, accountId: string): { id: string } {
  if (isManaged) return { id: "" };
  throw new Error(
    `Could not get ${what}: it does not exist in the account ${accountId}. ` +
      "Check the id, and the account in `state.accountId`, the provider or cloudflare:accountId.",
  );
}

/**
 * An object that exists, but whose creation or update failed half-way or with an unknown outcome.
 *
 * The engine keeps it in the state under its id with these properties, and the next `pulumi up` updates it again.
 */
export class InitializationFailed extends Error {
  readonly reasons: string[];

  /** @param properties What the state holds. It must contain `__provider`, or no later command finds the lifecycle. */
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

/** Returns outputs with the `__provider` that the engine has put among the inputs. */
export function keepProvider(outputs: object, inputs: object): object {
  return { ...outputs, __provider: Reflect.get(inputs, "__provider") };
}

export function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

const unverified = "unverified";

/** Marks outputs whose object could not be read after its last update. The next update removes the mark. */
export function markUnverified<Outputs extends object>(outputs: Outputs): Outputs {
  return { ...outputs, [unverified]: true };
}

/** Whether outputs have that mark. */
export function isUnverified(outputs: object): boolean {
  return Reflect.get(outputs, unverified) === true;
}
