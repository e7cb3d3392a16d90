import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Options } from "./comparison";
import { figureFiles, insertFigures } from "./readme";
import type { Result } from "./result";
import { drawingPath, drawSvg } from "./svg";
import { describeConditions, formatTables } from "./table";

const help = `Usage: npm run bench -- [options]

Measures this package, an ordinary dynamic provider, the official provider and the engine alone.
Prints a table for each size. Saves the result as JSON, and a drawing of each size beside it.
The official provider takes part if its plugin, pulumi-resource-cloudflare, is on PATH.

  --groups <number>        number of user groups, each with a set of five members;
                           repeat the option for several sizes; default: 300 and 5
  --rounds <number>        how often each size is measured; the tables show the median; default: 1
  --latency-ms <number>    milliseconds that the simulated API waits before each response; default: 0
  --official-label <text>  sentence about the official provider's plugin, printed below the tables;
                           default: the version that the plugin prints
  --out <file>             JSON file for the result; the drawings are <file>-<groups>.svg;
                           default: bench/results/latest.json
  --readme                 saves the result as bench/results/readme.json and writes the tables into README.md
                           and bench/README.md
  --help                   prints this text
`;

const results = resolve(__dirname, "results");
const repository = resolve(__dirname, "..");

interface Command extends Options {
  out: string;
  readme: boolean;
}

function parseCommand(args: string[]): Command | "help" {
  const { values } = parseArgs({
    args,
    options: {
      groups: { type: "string", multiple: true, default: ["300", "5"] },
      rounds: { type: "string", default: "1" },
      "latency-ms": { type: "string", default: "0" },
      "official-label": { type: "string" },
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
    groups: [...new Set(values.groups.map((text) => parseWholeNumber("--groups", text, 1)))],
    rounds: parseWholeNumber("--rounds", values.rounds, 1),
    latencyMs: parseWholeNumber("--latency-ms", values["latency-ms"], 0),
    officialLabel: values["official-label"],
    out: out === undefined ? join(results, readme ? "readme.json" : "latest.json") : resolve(out),
    readme,
  };
}

function parseWholeNumber(option: string, text: string, min: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min)
    throw new Error(`${option} must be a whole number of at least ${min}, not "${text}".`);
  return number;
}

async function run({ out, readme, ...options }: Command): Promise<void> {
  const save = async (result: Result) => {
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, `${JSON.stringify(result, null, 2)}\n`);
    for (const size of result.sizes) await writeFile(drawingPath(out, size), drawSvg(result, size));
    if (readme)
      for (const { path, select } of figureFiles) {
        const file = join(repository, path);
        await writeFile(file, insertFigures(select(result), await readFile(file, "utf8")));
      }
    if (result.rounds === options.rounds) console.log(`${formatTables(result)}\n\n${describeConditions(result)}`);
  };
  // It loads the SDK, which takes longer than rejecting a wrong option.
  const { compare } = await import("./comparison.js");
  await compare(options, (line) => console.error(line), save);
}

async function main(): Promise<void> {
  let command: ReturnType<typeof parseCommand>;
  try {
    command = parseCommand(process.argv.slice(2));
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
