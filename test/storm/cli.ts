import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { cleanUp } from "../e2e/account";
import { reportOf, storm } from "./storm";

const help = `Usage: npm run storm -- [--seed <number>] [--minutes <number>]

Storms one after the other, with seeds that count up from the first, until the minutes are over or one of them fails.

  --seed <number>     the first seed; default: a random one
  --minutes <number>  no further storm begins after so many minutes; default: 0, which is one storm
  --help              print this
`;

interface Options {
  seed: number;
  minutes: number;
}

function readOptions(args: string[]): Options | "help" {
  const { values } = parseArgs({
    args,
    options: { seed: { type: "string" }, minutes: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help === true) return "help";
  return {
    seed: numberOf("--seed", values.seed ?? String(randomInt(1_000_000)), /^\d+$/),
    minutes: numberOf("--minutes", values.minutes ?? "0", /^\d+(\.\d+)?$/),
  };
}

function numberOf(option: string, text: string, pattern: RegExp): number {
  if (!pattern.test(text)) throw new Error(`${option} must be a number that is not negative, not "${text}".`);
  return Number(text);
}

/** @returns Whether every storm ended well. */
async function stormsUntil(end: number, firstSeed: number): Promise<boolean> {
  for (let seed = firstSeed; seed === firstSeed || Date.now() < end; seed++) {
    console.log(`Seed ${seed}:`);
    try {
      console.log(reportOf(await storm({ seed, size: 200, say: (line) => console.log(`  ${line}`) })));
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return false;
    } finally {
      await cleanUp();
    }
  }
  return true;
}

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") process.stdout.write(help);
    else if (!(await stormsUntil(Date.now() + options.minutes * 60_000, options.seed))) process.exitCode = 1;
  } catch (error) {
    console.error(`storm: ${error instanceof Error ? error.message : error} (see --help)`);
    process.exitCode = 2;
  }
}

void main();
