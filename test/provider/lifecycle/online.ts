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
import { clock } from "../cloudflare/fakeClock";
import { type Answer, ScriptedServer } from "../cloudflare/scriptedServer";

export const { accountId, apiToken, readOnlyToken, members, permissionGroups, resourceGroups } = DEFAULTS;

const open: { close(): Promise<void> }[] = [];

/** Starts a simulator and creates the lifecycles for its account. */
export async function simulated(options: SimulatorOptions = {}, token: string = apiToken) {
  const simulator = await startSimulator(options);
  open.push(simulator);
  return { simulator, account: simulator.account(), ...lifecyclesFor(simulator.url, token) };
}

/** Creates the lifecycles for a server that sends responses which the simulator cannot send. */
export async function scripted(...answers: Answer[]) {
  const server = await ScriptedServer.start(...answers);
  open.push(server);
  return { server, ...lifecyclesFor(server.url, apiToken) };
}

/** Creates the lifecycles as a new plugin process does. Each Pulumi command starts one. */
export function lifecyclesFor(url: string, token: string, time: Clock = clock) {
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
export async function each<T, R>(items: readonly T[], atOnce: number, work: (item: T, index: number) => Promise<R>) {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Closes the servers. Call it after each test. */
export async function closeAccounts(): Promise<void> {
  await Promise.all(open.splice(0).map((each) => each.close()));
}

/** Returns the result of `act` and its requests: method, path after the account, and the body if there is one. */
export async function callsOf<T>(
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
export async function errorOf(work: Promise<unknown>): Promise<Error> {
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
