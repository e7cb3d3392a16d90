import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

// Every result of a lookup has one of these.
const resultFields = ["id", "members", "results"];

/**
 * Returns the result that a unit test's mocks give for a lookup.
 *
 * The mock `call` gets the token `pulumi-cloudflare-groups:index:<name>` and the arguments, as for the functions of other
 * packages. Returns undefined outside of a test with mocks, and when `call` gives no result of a lookup, such as the inputs.
 */
export async function askMocks<Result>(name: string, args: object): Promise<Result | undefined> {
  if (!(pulumi.runtime.getMonitor() instanceof MockMonitor)) return undefined;
  const result: unknown = await pulumi.runtime.invoke(`pulumi-cloudflare-groups:index:${name}`, { ...args });
  return isResult<Result>(result) ? result : undefined;
}

function isResult<Result>(value: unknown): value is Result {
  return typeof value === "object" && value !== null && resultFields.some((field) => field in value);
}
