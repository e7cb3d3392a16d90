import { randomInt } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cleanUp } from "../e2e/account";
import { StormFailure, type StormReport, storm } from "./storm";

const help = `Usage: npm run storm -- [--seed <number> | --seeds <first>-<last>] [--minutes <number>] [--verbose]

Storms, one after the other. One seed counts up until the minutes are over or a storm fails. A range runs every seed.

  --seed <number>     the first seed; default: a random one
  --seeds <range>     every seed of a range, such as 1-50, whether or not one fails
  --minutes <number>  no further storm begins after so many minutes; default: 0, which is one storm
  --steps <number>    the steps of a storm; default: 8
  --size <number>     about how many resources a program has; default: 12
  --verbose           print each step
  --help              print this
`;

interface Options {
  seeds: Iterable<number>;
  /** Whether the first failure ends the command. */
  stopsAtFailure: boolean;
  steps: number;
  size: number;
  isVerbose: boolean;
}

function readOptions(args: string[]): Options | "help" {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values } = parseArgs({
    args,
    options: { seed: text, seeds: text, minutes: text, steps: text, size: text, verbose: flag, help: flag },
  });
  if (values.help === true) return "help";
  const end = Date.now() + parseNumber("--minutes", values.minutes ?? "0", /^\d+(\.\d+)?$/) * 60_000;
  const first = parseNumber("--seed", values.seed ?? String(randomInt(1_000_000)));
  return {
    seeds: values.seeds === undefined ? countUntil(first, end) : parseRange(values.seeds),
    stopsAtFailure: values.seeds === undefined,
    steps: parseNumber("--steps", values.steps ?? "8"),
    size: parseNumber("--size", values.size ?? "12"),
    isVerbose: values.verbose === true,
  };
}

function parseNumber(option: string, text: string, pattern = /^\d+$/): number {
  if (!pattern.test(text)) throw new Error(`${option} must be a number that is not negative, not "${text}".`);
  return Number(text);
}

function parseRange(text: string): number[] {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (first === undefined || last === undefined)
    throw new Error(`--seeds must be a range such as 1-50, not "${text}".`);
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
}

function* countUntil(first: number, end: number): Generator<number> {
  for (let seed = first; seed === first || Date.now() < end; seed++) yield seed;
}

/** Returns a storm in one line. */
function describe({ seed, steps, commands, kills, faults, resolutions, checks, seconds }: StormReport): string {
  return (
    `Seed ${seed}: well. ${steps} steps, ${commands} commands, ${kills} signals, ${faults} faults, ` +
    `${resolutions} error messages followed, ${checks} checks, ${seconds} s`
  );
}

/** Returns what a storm found, with the last requests. The whole journal goes into a file. */
async function describeFailure(seed: number, error: unknown, options: Options): Promise<string> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof StormFailure))
    return `Seed ${seed}: failed at ${error instanceof Error ? error.stack : error}`;
  const lines = error.testStack.simulator.journal.requests.map((entry) => JSON.stringify(entry));
  const journal = join(tmpdir(), `storm-${seed}.jsonl`);
  await writeFile(journal, lines.map((line) => `${line}\n`).join(""));
  return (
    `Seed ${seed}: failed at ${message}\n\nThe last requests (all are in ${journal}):\n${lines.slice(-30).join("\n")}\n` +
    `Repeat it with: npm run storm -- --seed ${seed} --steps ${options.steps} --size ${options.size} --verbose`
  );
}

/** Returns whether every storm ended well. */
async function runStorms(options: Options): Promise<boolean> {
  let isWell = true;
  const log = (line: string) => options.isVerbose && console.log(line);
  for (const seed of options.seeds) {
    try {
      console.log(describe(await storm({ ...options, seed, log })));
    } catch (error) {
      isWell = false;
      console.log(await describeFailure(seed, error, options));
      if (options.stopsAtFailure) break;
    } finally {
      await cleanUp();
    }
  }
  return isWell;
}

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") process.stdout.write(help);
    else if (!(await runStorms(options))) process.exitCode = 1;
  } catch (error) {
    console.error(`storm: ${error instanceof Error ? error.message : error} (see --help)`);
    process.exitCode = 2;
  }
}

void main();
