import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_SEED } from "./defaultSeed";
import type { CredentialSeed, Seed } from "./seed";
import type { Simulator, SimulatorOptions } from "./simulator";
import { type ApiVariants, VARIANT_VALUES } from "./variants";

const HELP = `Usage: cloudflare-groups-simulator [options]

Simulates a Cloudflare account over HTTP: user groups, their members and device deployment groups.
The simulator listens on 127.0.0.1 only.

  --port <number>            the port to listen on; default: a free port
  --seed <file>              a JSON file with the content of the accounts; default: one account without groups
  --admin                    add HTTP endpoints for faults, journal, clock and state under /__admin
  --clock <mode>             real (default), or manual: the clock moves only when it is advanced
  --ms-per-request <number>  how far each request advances the clock; default: 0
  --member-lag-ms <number>   how long the members of a new user group respond with 404; default: 0
  --page-sizes <mode>        the limits of per_page: documented (default) or uniform
  --sparse <number>          omit optional fields at random; the number is the seed of the random choice
  --help                     print this help

Variants of the API, on which the sources disagree. The README explains them. The first value is the default.

${formatVariants()}
`;

/** The options that have an argument, except the variants. */
const OPTION_NAMES = ["port", "seed", "member-lag-ms", "clock", "ms-per-request", "page-sizes", "sparse"];

void main();

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") {
      process.stdout.write(HELP);
      return;
    }
    // The server loads for longer than all else here takes, and neither the help nor a wrong option needs it.
    const { startSimulator }: typeof import("./simulator") = require("./simulator");
    const simulator = await startSimulator(options);
    closeOnSignal(simulator);
    printSettings(simulator, options.seed ?? DEFAULT_SEED);
  } catch (error) {
    process.stderr.write(`cloudflare-groups-simulator: ${getMessage(error)}\n`);
    process.exitCode = 2;
  }
}

function readOptions(args: string[]): SimulatorOptions | "help" {
  const values = parse(args);
  if (values.help !== undefined) return "help";
  const { port, seed, clock, sparse } = values;
  const { "member-lag-ms": memberLagMs, "ms-per-request": msPerRequest, "page-sizes": pageSizes } = values;
  return {
    ...(port === undefined ? {} : { port: parseNumber("--port", port, 65535) }),
    ...(seed === undefined ? {} : { seed: readSeed(seed) }),
    ...(memberLagMs === undefined
      ? {}
      : { memberLagMs: parseNumber("--member-lag-ms", memberLagMs, Number.MAX_SAFE_INTEGER) }),
    ...(clock === undefined ? {} : { clock: parseMode<"real" | "manual">("--clock", clock, ["real", "manual"]) }),
    ...(msPerRequest === undefined
      ? {}
      : { msPerRequest: parseNumber("--ms-per-request", msPerRequest, Number.MAX_SAFE_INTEGER) }),
    ...(values.admin === undefined ? {} : { admin: true }),
    ...(pageSizes === undefined
      ? {}
      : { pageSizes: parseMode<"uniform" | "documented">("--page-sizes", pageSizes, ["uniform", "documented"]) }),
    ...(sparse === undefined ? {} : { sparse: parseNumber("--sparse", sparse, Number.MAX_SAFE_INTEGER) }),
    ...readVariants(values),
  };
}

function readVariants(values: Record<string, string | undefined>): Partial<ApiVariants> {
  const variants: Record<string, string> = {};
  for (const [name, modes] of Object.entries(VARIANT_VALUES)) {
    const text = values[toFlag(name)];
    if (text !== undefined) variants[name] = parseMode<string>(`--${toFlag(name)}`, text, modes);
  }
  return variants;
}

/** Returns the values of the given options. The value of an option without an argument is the empty string. */
function parse(args: string[]): Record<string, string | undefined> {
  const names = [...OPTION_NAMES, ...Object.keys(VARIANT_VALUES).map(toFlag)];
  try {
    const { values } = parseArgs({
      args,
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
        admin: { type: "boolean" as const },
        help: { type: "boolean" as const },
      },
    });
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : ""]),
    );
  } catch (error) {
    throw new Error(`${getMessage(error).replaceAll("\n", " ")} (see --help)`);
  }
}

function toFlag(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function formatVariants(): string {
  return Object.entries(VARIANT_VALUES)
    .map(([name, modes]) => `  ${`--${toFlag(name)}`.padEnd(29)}${modes.join(", ")}`)
    .join("\n");
}

function parseNumber(option: string, text: string, max: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > max) {
    throw new Error(`${option} must be a whole number from 0 to ${max}, not "${text}".`);
  }
  return number;
}

function parseMode<T extends string>(option: string, text: string, modes: readonly T[]): T {
  const mode = modes.find((candidate) => candidate === text);
  if (mode === undefined) throw new Error(`${option} must be ${modes.join(" or ")}, not "${text}".`);
  return mode;
}

/** Reads the file without checking its content. `startSimulator` does that. */
function readSeed(file: string): Seed {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`--seed: cannot read ${file}: ${getMessage(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`--seed: ${file} is not JSON: ${getMessage(error)}`);
  }
}

/** Prints the settings of a client as environment variables. The credential is the first one of the seed. */
function printSettings(simulator: Simulator, { accounts, credentials }: Seed): void {
  const lines = [
    ...(simulator.adminUrl === undefined ? [] : [`SIMULATOR_ADMIN_URL=${simulator.adminUrl}`]),
    `CLOUDFLARE_BASE_URL=${simulator.url}`,
    `CLOUDFLARE_ACCOUNT_ID=${accounts[0]?.id ?? ""}`,
    ...credentials.slice(0, 1).flatMap(formatCredential),
  ];
  process.stdout.write(`The simulator is running. Press Ctrl-C to stop it.\n${lines.join("\n")}\n`);
}

function formatCredential(credential: CredentialSeed): string[] {
  if ("token" in credential) return [`CLOUDFLARE_API_TOKEN=${credential.token}`];
  return [`CLOUDFLARE_EMAIL=${credential.email}`, `CLOUDFLARE_API_KEY=${credential.api_key}`];
}

function closeOnSignal(simulator: Simulator): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
}

function getMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
