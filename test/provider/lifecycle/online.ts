import { expect } from "chai";
import type { Clock } from "../../../provider/cloudflare/clock";
import { DeploymentGroupLifecycle } from "../../../provider/lifecycle/deploymentGroup";
import { Memberships } from "../../../provider/lifecycle/memberships";
import { RunState } from "../../../provider/lifecycle/runState";
import { UserGroupLifecycle } from "../../../provider/lifecycle/userGroup";
import { UserGroupMemberLifecycle } from "../../../provider/lifecycle/userGroupMember";
import { UserGroupMembersLifecycle } from "../../../provider/lifecycle/userGroupMembers";
import { ProviderContext } from "../../../provider/providerContext";
import { DEFAULTS, type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator/src";
import { fakeClock } from "../cloudflare/fakeClock";
import { type ScriptedResponse, ScriptedServer } from "../cloudflare/scriptedServer";

export const { accountId, apiToken, readOnlyToken, members, permissionGroups, resourceGroups } = DEFAULTS;

const servers: { close(): Promise<void> }[] = [];

/** Starts a simulator and creates the lifecycles for its account. */
export async function simulateAccount(options: SimulatorOptions = {}, token: string = apiToken) {
  const simulator = await startSimulator(options);
  servers.push(simulator);
  return { simulator, account: simulator.account(), ...createLifecycles(simulator.url, token) };
}

/** Creates the lifecycles for a server that sends responses which the simulator cannot send. */
export async function scriptResponses(...responses: ScriptedResponse[]) {
  const server = await ScriptedServer.start(...responses);
  servers.push(server);
  return { server, ...createLifecycles(server.url, apiToken) };
}

/** Creates the lifecycles as a new plugin process does. Each Pulumi command starts one. */
export function createLifecycles(url: string, token: string, time: Clock = fakeClock) {
  const settings = { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: url };
  const context = new ProviderContext(settings, time);
  const run = new RunState();
  const memberships = new Memberships(context, run);
  return {
    deploymentGroup: new DeploymentGroupLifecycle(context, run),
    userGroup: new UserGroupLifecycle(context, run),
    userGroupMember: new UserGroupMemberLifecycle(context, run, memberships),
    userGroupMembers: new UserGroupMembersLifecycle(context, run, memberships),
  };
}

/** Runs `atOnce` steps in parallel, as the engine does. The results have the order of the items. */
export async function runParallel<T, R>(
  items: readonly T[],
  parallelism: number,
  work: (item: T, index: number) => Promise<R>,
) {
  const results: R[] = [];
  const entries = items.entries();
  const worker = async () => {
    for (const [index, item] of entries) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: parallelism }, worker));
  return results;
}

/** Closes the servers. Call it after each test. */
export async function closeAccounts(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** Returns the result of `act` and its requests: method, path after the account, and the body if there is one. */
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

/** Returns the error of an operation that must fail. */
export async function catchError(work: Promise<unknown>): Promise<Error> {
  const outcome: unknown = await work.then(
    () => new Error("It did not fail."),
    (error) => error,
  );
  if (!(outcome instanceof Error)) throw new Error("The thrown value is not an error.");
  return outcome;
}

/** Fails for `undefined` at any depth, because the engine rejects it with "Unexpected struct type.". */
export function expectNoUndefined(value: unknown, path = "result"): void {
  expect(value, path).not.to.equal(undefined);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) expectNoUndefined(inner, `${path}.${key}`);
}
