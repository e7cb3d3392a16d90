import { staleCredentialAdvice } from "../advice";
import { CloudflareError, type FailureKind } from "../cloudflare/errors";
import { SettingError } from "../config";
import { errorMessage } from "../errorMessage";

// A wrong token or a network that is down fails every resource of a run. The first error says everything, and the
// others are one line each. The SDK's plugin prints the errors of check, diff, read and delete with their stacks,
// before the engine prints them. So an error gives the plugin only a mark, and `omitEchoes` does not print the mark.

/** The failures that have the same cause for all resources. */
const sharedKinds: ReadonlySet<FailureKind> = new Set([
  "redirected",
  "foreignResponse",
  "noResponse",
  "rateLimitExceeded",
  "cancelled",
]);

const echo = { text: "pulumi-cloudflare-groups", stack: "the error follows" } as const;

/** The errors that the engine has got in this run. */
export class ErrorReports {
  readonly #reported = new Set<string>();

  /** Returns the error for the engine: in full for the first resource that it concerns, and in one line for the others. */
  report(error: Error, method: PropertyKey): Error {
    const advised =
      error instanceof SettingError && (method === "read" || method === "delete") ? adviseOnStored(error) : error;
    const cause = causeOf(error);
    const isRepeated = cause !== undefined && this.#reported.has(cause);
    if (cause !== undefined) this.#reported.add(cause);
    return isRepeated ? new Error(inOneLine(error)) : advised;
  }
}

/** Returns the error without a stack, so that the SDK's plugin prints the mark only. */
export function withoutStack(error: Error): Error {
  error.stack = echo.stack;
  error.toString = () => echo.text;
  return error;
}

/** Leaves out the marks of this package's errors from what the plugin prints. */
export function omitEchoes(output: Pick<Console, "error"> = console): void {
  const print = output.error;
  output.error = (...texts: unknown[]) => {
    if (texts.length !== 1 || texts[0] !== `${echo.text}: ${echo.stack}`) print.apply(output, texts);
  };
}

/** Returns a text that is the same for failures of the same cause; undefined for a failure of one resource. */
function causeOf(error: Error): string | undefined {
  if (error instanceof SettingError) return error.message;
  if (!(error instanceof CloudflareError)) return undefined;
  const { kind, status } = error.details;
  const isCredential = status === 401 || status === 403;
  return sharedKinds.has(kind) || isCredential ? JSON.stringify([kind, status, error.codes]) : undefined;
}

function inOneLine(error: Error): string {
  if (!(error instanceof CloudflareError)) return `${error.message.split("\n")[0]} (as for another resource)`;
  const { operation, request, outcome, cfRay, permission, status } = error.details;
  const ray = cfRay === undefined ? "" : ` (cf-ray: ${cfRay})`;
  const needed = status === 403 ? ` It needs ${permission}.` : "";
  return `Could not ${operation}: ${request} ${outcome}${ray}.${needed} Another resource's error says what to do.`;
}

function adviseOnStored(error: SettingError): Error {
  return new Error(
    errorMessage({
      operation: "connect to Cloudflare",
      reason: `${error.message}.`,
      advice: `${staleCredentialAdvice}correct the setting.`,
    }),
  );
}
