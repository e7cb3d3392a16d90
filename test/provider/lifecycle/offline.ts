import type { dynamic } from "@pulumi/pulumi";
import { ProviderContext } from "../../../provider/providerContext";
import { createRun } from "./lifecycles";

/** The string that the engine sends for an unknown value of any type. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The account in the settings. */
export const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

/** Returns an id of 32 characters for a number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(32, "0");
}

/** Returns references to the objects with these numbers. */
export function ids(...numbers: number[]): { id: string }[] {
  return numbers.map((number) => ({ id: idOf(number) }));
}

/** Creates the lifecycles with an account in the settings, but without a credential or a server. */
export function createOfflineLifecycles(environment: NodeJS.ProcessEnv = { CLOUDFLARE_ACCOUNT_ID: accountId }) {
  return createRun(new ProviderContext(environment));
}

/** Returns the failures of a check as sorted lines. */
export function formatFailures({ failures = [] }: dynamic.CheckResult): string[] {
  return failures.map(({ property, reason }) => `${property}: ${reason}`).sort();
}
