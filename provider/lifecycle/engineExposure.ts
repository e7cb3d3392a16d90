import { toTerminalSafe } from "../terminalText";
import type { CheckFailure, ResourceProvider } from "./engine";
import { ErrorReports, withoutStack } from "./errorReports";

/**
 * Returns a lifecycle as the engine sees it: every text that it shows is safe for a terminal.
 *
 * This is the one place where errors and check failures of all resources leave the plugin.
 *
 * @param reports What the engine has got from all resources of the run.
 */
export function exposeToEngine<Inputs, Outputs>(
  lifecycle: ResourceProvider<Inputs, Outputs>,
  reports = new ErrorReports(),
): ResourceProvider<Inputs, Outputs> {
  return new Proxy(lifecycle, {
    get(target, property) {
      const method: unknown = Reflect.get(target, property);
      if (typeof method !== "function") return method;
      return async (...args: unknown[]) => {
        try {
          return makeFailuresSafe(await Reflect.apply(method, target, args));
        } catch (error) {
          throw error instanceof Error ? withoutStack(makeErrorSafe(reports.report(error, property))) : error;
        }
      };
    },
  });
}

function makeFailuresSafe(result: unknown): unknown {
  if (typeof result !== "object" || result === null || !("failures" in result) || !Array.isArray(result.failures))
    return result;
  const failures = result.failures.map(({ property, reason }: CheckFailure) => ({
    property: toTerminalSafe(property),
    reason: toTerminalSafe(reason),
  }));
  return { ...result, failures };
}

function makeErrorSafe(error: Error): Error {
  error.message = toTerminalSafe(error.message);
  // The engine shows these for an object that was created or updated only in part.
  if ("reasons" in error && Array.isArray(error.reasons)) error.reasons = error.reasons.map(String).map(toTerminalSafe);
  return error;
}
