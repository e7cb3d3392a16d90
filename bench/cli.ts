import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { compare, type Options } from "./comparison";
import { readmeWith } from "./readme";
import { svgOf } from "./svg";
import { circumstancesOf, tableOf } from "./table";

const help = `Usage: npm run bench -- [--groups <number>] [--rounds <number>] [--latency-ms <number>] [--out <file> | --readme]

Measures this package, an ordinary dynamic provider and, where its plugin is on PATH, the official provider side by side:
prints a table, and saves it as JSON with a drawing beside it.

  --groups <number>      user groups, each with a set of five members; default: 300
  --rounds <number>      how often everything is run; the median counts; default: 1
  --latency-ms <number>  how long the simulated API takes for each call; default: 0
  --out <file>           where the result goes, a .json file; the drawing is the .svg beside it; default: bench/results/latest.json
  --readme               saves it as bench/results/readme.json, and puts the table into README.md
  --help                 print this
`;

const results = resolve(__dirname, "results");
const readmeFile = resolve(__dirname, "../README.md");

interface Command extends Options {
  out: string;
  readme: boolean;
}

function readCommand(args: string[]): Command | "help" {
  const { values } = parseArgs({
    args,
    options: {
      groups: { type: "string", default: "300" },
      rounds: { type: "string", default: "1" },
      "latency-ms": { type: "string", default: "0" },
      out: { type: "string" },
      readme: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return "help";
  const { out, readme } = values;
  if (out !== undefined && readme) throw new Error("--out and --readme exclude each other.");
  if (out !== undefined && !out.endsWith(".json")) throw new Error(`--out must name a .json file, not "${out}".`);
  return {
    groups: wholeNumber("--groups", values.groups, 1),
    rounds: wholeNumber("--rounds", values.rounds, 1),
    latencyMs: wholeNumber("--latency-ms", values["latency-ms"], 0),
    out: out === undefined ? join(results, readme ? "readme.json" : "latest.json") : resolve(out),
    readme,
  };
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least)
    throw new Error(`${option} must be a whole number from ${least} on, not "${text}".`);
  return number;
}

async function run({ out, readme, ...options }: Command): Promise<void> {
  const result = await compare(options, (line) => console.error(line));
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(out.replace(/\.json$/, ".svg"), svgOf(result));
  if (readme) await writeFile(readmeFile, readmeWith(result, await readFile(readmeFile, "utf8")));
  console.log(`${tableOf(result)}\n\n${circumstancesOf(result)}`);
}

async function main(): Promise<void> {
  let command: ReturnType<typeof readCommand>;
  try {
    command = readCommand(process.argv.slice(2));
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error} (see --help)`);
    process.exitCode = 2;
    return;
  }
  if (command === "help") process.stdout.write(help);
  else await run(command);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
