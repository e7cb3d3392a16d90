import type { dynamic } from "@pulumi/pulumi";
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

const open: { close(): Promise<void> }[] = [];

/** The lifecycles on a simulateAccount account, and what tells how it fared. */
export async function simulateAccount(options: SimulatorOptions = {}, token: string = apiToken) {
  const simulator = await startSimulator(options);
  open.push(simulator);
  return { simulator, account: simulator.account(), ...createLifecycles(simulator.url, token) };
}

/** The lifecycles on a server that answers what the simulator never would. */
export async function scriptResponses(...answers: ScriptedResponse[]) {
  const server = await ScriptedServer.start(...answers);
  open.push(server);
  return { server, ...createLifecycles(server.url, apiToken) };
}

/** The lifecycles in a plugin process of their own, as each command has it. */
export function createLifecycles(
  url: string,
  token: string,
  time: Clock = fakeClock,
  environment: NodeJS.ProcessEnv = {},
) {
  const settings = { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: url };
  const context = new ProviderContext({ ...settings, ...environment }, time);
  const run = new RunState();
  const memberships = new Memberships(context, run);
  return {
    deploymentGroup: new DeploymentGroupLifecycle(context, run),
    userGroup: new UserGroupLifecycle(context, run),
    userGroupMember: new UserGroupMemberLifecycle(context, run, memberships),
    userGroupMembers: new UserGroupMembersLifecycle(context, run, memberships),
  };
}

/** The lifecycles of a run with the setting that adopts the groups of interrupted creates. */
export function adopting({ url }: Simulator) {
  return createLifecycles(url, apiToken, fakeClock, { CLOUDFLARE_ADOPT_INTERRUPTED_CREATES: "true" });
}

/** Makes the calls of the engine for a resource that the state has and the program declares. Returns the diff. */
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

/** Works like the engine, which has so many steps under way at a time; the results are in the order of the items. */
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

/** To be called after each test. */
export async function closeAccounts(): Promise<void> {
  await Promise.all(open.splice(0).map((each) => each.close()));
}

/** What `act` returns, and the requests that it made: method, the path after the account, and the body where there is one. */
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

/** What a lifecycle's method threw. */
export async function catchError(work: Promise<unknown>): Promise<Error> {
  const outcome: unknown = await work.then(
    () => new Error("It did not fail."),
    (error) => error,
  );
  if (!(outcome instanceof Error)) throw new Error("Something was thrown that is no error.");
  return outcome;
}

/** The engine answers "Unexpected struct type." to `undefined` anywhere in a result. */
export function expectNoUndefined(value: unknown, path = "result"): void {
  expect(value, path).not.to.equal(undefined);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) expectNoUndefined(inner, `${path}.${key}`);
}
