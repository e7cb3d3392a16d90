import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_SEED, DEFAULTS, type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator/src";

export const { accountId, apiToken, readOnlyToken, members, permissionGroups, resourceGroups } = DEFAULTS;

const variables = ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_BASE_URL"] as const;
const before = variables.map((name) => [name, process.env[name]] as const);
const open: Simulator[] = [];

/** Begins a Pulumi program, under mocks, whose environment leads to a simulated account. */
export async function program(options: SimulatorOptions = {}) {
  await newProgram();
  const simulator = await startSimulator(options);
  open.push(simulator);
  process.env.CLOUDFLARE_API_TOKEN = apiToken;
  process.env.CLOUDFLARE_ACCOUNT_ID = accountId;
  process.env.CLOUDFLARE_BASE_URL = simulator.url;
  return { simulator, account: simulator.account() };
}

/** Begins a Pulumi program that has seen nothing of the one before. */
export async function newProgram(): Promise<void> {
  pulumi.runtime.setAllConfig({});
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `id-of-${name}`, state: inputs }),
    call: ({ inputs }) => inputs,
  });
}

/** To be called after each test. */
export async function endPrograms(): Promise<void> {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
  pulumi.runtime.setAllConfig({});
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** The default seed with something else in its account. */
export function seedWith(change: Partial<(typeof DEFAULT_SEED.accounts)[number]>) {
  return { ...DEFAULT_SEED, accounts: DEFAULT_SEED.accounts.map((account) => ({ ...account, ...change })) };
}

/** An id of 32 characters for each number. */
export function idOf(number: number): string {
  return number.toString(16).padStart(32, "0");
}

/** What an output holds, or `pulumi.runtime.unknownValue` where that is not known. */
export async function settled(output: pulumi.Output<unknown>): Promise<unknown> {
  const { value } = await pulumi.runtime.serializeProperties("test", { value: pulumi.unsecret(output) });
  return value;
}
