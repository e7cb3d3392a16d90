import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_SEED, DEFAULTS, type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator/src";

export const { accountId, apiToken, readOnlyToken, members, permissionGroups, resourceGroups } = DEFAULTS;

const variables = ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_BASE_URL"] as const;
const originalValues = variables.map((name) => [name, process.env[name]] as const);
const simulators: Simulator[] = [];

/** Starts a Pulumi program with mocks. Its environment points to a simulated account. */
export async function startProgram(options: SimulatorOptions = {}) {
  await restartProgram();
  const simulator = await startSimulator(options);
  simulators.push(simulator);
  process.env.CLOUDFLARE_API_TOKEN = apiToken;
  process.env.CLOUDFLARE_ACCOUNT_ID = accountId;
  process.env.CLOUDFLARE_BASE_URL = simulator.url;
  return { simulator, account: simulator.account() };
}

/** Starts a Pulumi program without state from the previous one. */
export async function restartProgram(): Promise<void> {
  pulumi.runtime.setAllConfig({});
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `id-of-${name}`, state: inputs }),
    call: ({ inputs }) => inputs,
  });
}

/** Closes the simulators and restores the environment. Call it after each test. */
export async function endPrograms(): Promise<void> {
  await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
  pulumi.runtime.setAllConfig({});
  for (const [name, value] of originalValues) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** Returns the default seed with a changed account. */
export function changeSeed(change: Partial<(typeof DEFAULT_SEED.accounts)[number]>) {
  return { ...DEFAULT_SEED, accounts: DEFAULT_SEED.accounts.map((account) => ({ ...account, ...change })) };
}

/** Returns an id of 32 characters for a number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(32, "0");
}

/** Returns the value of an output, or `pulumi.runtime.unknownValue` when it is unknown. */
export async function resolveOutput(output: pulumi.Output<unknown>): Promise<unknown> {
  const { value } = await pulumi.runtime.serializeProperties("test", { value: pulumi.unsecret(output) });
  return value;
}
