import type { dynamic } from "@pulumi/pulumi";
import { expect } from "chai";
import type { Clock } from "../../../provider/cloudflare/clock";
import { ProviderContext } from "../../../provider/providerContext";
import { DEFAULTS, type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator/src";
import { fakeClock } from "../cloudflare/fakeClock";
import { type ScriptedResponse, ScriptedServer } from "../cloudflare/scriptedServer";
import { createRun } from "./lifecycles";

export const { accountId, apiToken, readOnlyToken, members, permissionGroups, resourceGroups } = DEFAULTS;

const open: { close(): Promise<void> }[] = [];

/** Starts a simulated account. Returns the simulator, its account and the lifecycles that use it. */
export async function simulateAccount(options: SimulatorOptions = {}, token: string = apiToken) {
  const simulator = await startSimulator(options);
  open.push(simulator);
  return { simulator, account: simulator.account(), ...createLifecycles(simulator.url, token) };
}

/** Starts a server with responses that the simulator never sends. Returns it with lifecycles that use it. */
export async function scriptResponses(...responses: ScriptedResponse[]) {
  const server = await ScriptedServer.start(...responses);
  open.push(server);
  return { server, ...createLifecycles(server.url, apiToken) };
}

/** Creates the lifecycles of one run. Each command of the engine starts a new plugin process. */
export function createLifecycles(
  url: string,
  token: string,
  time: Clock = fakeClock,
  environment: NodeJS.ProcessEnv = {},
) {
  const settings = { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: url };
  return createRun(new ProviderContext({ ...settings, ...environment }, time));
}

/** Creates the lifecycles of a run that adopts the groups of interrupted creates. */
export function adopting({ url }: Simulator) {
  return createLifecycles(url, apiToken, fakeClock, { CLOUDFLARE_ADOPT_INTERRUPTED_CREATES: "true" });
}

/** Calls check and diff for a stored resource that the program declares, as the engine does. Returns the diff. */
export async function declare<Inputs extends object, Outputs>(
  lifecycle: dynamic.ResourceProvider<Inputs, Outputs>,
  id: string,
  stored: Outputs & object,
  desired: object,
): Promise<dynamic.DiffResult> {
  if (!lifecycle.check || !lifecycle.diff) throw new Error("The lifecycle has no check or no diff.");
  const { inputs, failures = [] } = await lifecycle.check(JSON.parse(JSON.stringify(stored)), desired as Inputs);
  if (!inputs || failures.length > 0) throw new Error(JSON.stringify(failures));
  return lifecycle.diff(id, stored, inputs);
}

/** Runs at most `atOnce` steps in parallel, like the engine. Returns the results in the order of the items. */
export async function runParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
) {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Closes the servers of a test. Call it after each test. */
export async function closeAccounts(): Promise<void> {
  await Promise.all(open.splice(0).map((each) => each.close()));
}

/** Returns the result of `act`, and its requests as method and path after the account, with the body if there is one. */
export async function recordRequests<T>(
  simulator: Simulator,
  act: () => Promise<T>,
): Promise<{ result: T; calls: unknown[] }> {
  simulator.journal.clear();
  const result = await act();
  const calls = simulator.journal.requests.map(({ method, path, body }) => {
    const line = `${method} ${path.replace(/^\/accounts\/[^/]+/, "")}`;
    return body === undefined ? line : [line, body];
  });
  return { result, calls };
}

/** Returns the lines that `act` logs. */
export async function logDuring(act: () => Promise<unknown>): Promise<string[]> {
  const { log, warn } = console;
  const lines: string[] = [];
  console.log = console.warn = (...texts: unknown[]) => lines.push(texts.join(" "));
  try {
    await act();
  } finally {
    Object.assign(console, { log, warn });
  }
  return lines;
}

/** Returns the error of `work`. */
export async function catchError(work: Promise<unknown>): Promise<Error> {
  const outcome: unknown = await work.then(
    () => new Error("It did not fail."),
    (error) => error,
  );
  if (!(outcome instanceof Error)) throw new Error("The work threw a value that is not an error.");
  return outcome;
}

/** Fails if `value` contains `undefined`, for which the engine returns "Unexpected struct type.". */
export function expectNoUndefined(value: unknown, path = "result"): void {
  expect(value, path).not.to.equal(undefined);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) expectNoUndefined(inner, `${path}.${key}`);
}
