import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_SEED } from "./defaultSeed";
import type { CredentialSeed, Seed } from "./seed";
import { type Simulator, type SimulatorOptions, startSimulator } from "./simulator";

const HELP = `Usage: cloudflare-groups-simulator [options]

A fake Cloudflare account over HTTP, on 127.0.0.1 only: user groups, their members and device deployment groups.

  --port <number>           the port to listen on; default: a free one
  --seed <file>             a JSON file with what the accounts hold at the start; default: one account without groups
  --policy-ids <way>        observed (default): a PUT of a user group refuses policy ids; documented: it asks for them
  --access-deny <way>       accepted (default) or refused: what happens to policies with access "deny"
  --member-lag-ms <number>  for how long a fresh user group's members answer 404; default: 0
  --help                    print this
`;

void main();

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") {
      process.stdout.write(HELP);
      return;
    }
    const simulator = await startSimulator(options);
    stopOnSignal(simulator);
    announce(simulator, options.seed ?? DEFAULT_SEED);
  } catch (error) {
    process.stderr.write(`cloudflare-groups-simulator: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

function readOptions(args: string[]): SimulatorOptions | "help" {
  const { values } = parse(args);
  if (values.help === true) return "help";
  const { port, seed, "policy-ids": policyIds, "access-deny": accessDeny, "member-lag-ms": memberLagMs } = values;
  return {
    ...(port === undefined ? {} : { port: wholeNumber("--port", port, 65535) }),
    ...(seed === undefined ? {} : { seed: readSeed(seed) }),
    ...(policyIds === undefined ? {} : { policyIds: oneOf("--policy-ids", policyIds, ["observed", "documented"]) }),
    ...(accessDeny === undefined ? {} : { accessDeny: oneOf("--access-deny", accessDeny, ["accepted", "refused"]) }),
    ...(memberLagMs === undefined
      ? {}
      : { memberLagMs: wholeNumber("--member-lag-ms", memberLagMs, Number.MAX_SAFE_INTEGER) }),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string" },
        seed: { type: "string" },
        "policy-ids": { type: "string" },
        "access-deny": { type: "string" },
        "member-lag-ms": { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message.replaceAll("\n", " ")} (see --help)`);
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) {
    throw new Error(`${option} must be a whole number from 0 to ${most}, not "${text}".`);
  }
  return number;
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw new Error(`${option} must be ${allowed.join(" or ")}, not "${text}".`);
  return found;
}

/** Only reads the file: that it holds a seed is checked where the simulator starts. */
function readSeed(file: string): Seed {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`--seed: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`--seed: ${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Prints what a client needs, as environment variables; the credential is the seed's first. */
function announce(simulator: Simulator, { accounts, credentials }: Seed): void {
  const lines = [
    `CLOUDFLARE_BASE_URL=${simulator.url}`,
    `CLOUDFLARE_ACCOUNT_ID=${accounts[0]?.id ?? ""}`,
    ...credentials.slice(0, 1).flatMap(credentialLines),
  ];
  process.stdout.write(`The simulator is running; Ctrl-C stops it.\n${lines.join("\n")}\n`);
}

function credentialLines(credential: CredentialSeed): string[] {
  if ("token" in credential) return [`CLOUDFLARE_API_TOKEN=${credential.token}`];
  return [`CLOUDFLARE_EMAIL=${credential.email}`, `CLOUDFLARE_API_KEY=${credential.api_key}`];
}

function stopOnSignal(simulator: Simulator): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
}
