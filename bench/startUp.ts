import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Simulator, startSimulator } from "cloudflare-groups-simulator";
import { median } from "./median";
import {
  type ProcessKind,
  type ProcessStart,
  pluginAlone,
  processKinds,
  programAlone,
  startProcess,
} from "./startedProcess";

// `npm run bench:start-up` measures what the package adds to the start of a program and of the engine's plugin. Both load the
// SDK anyway. So each round also starts both with the SDK alone.

const help = `Usage: npm run bench:start-up -- [options]

  --runs <number>      how many processes of each kind are measured; default: 40
  --against <folder>   another checkout of this repository, installed and built, to compare with
  --help               print this
`;

/** The starts of each kind of process, by its name, in the order of the rounds. */
type Starts = ReadonlyMap<string, readonly ProcessStart[]>;

interface Checkout {
  name: string;
  folder: string;
  /** A folder like a program's. Its `node_modules` contain the checkout's package and SDK. */
  programFolder: string;
  starts: Map<string, ProcessStart[]>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "40" },
      against: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(help);
  const parent = mkdtempSync(join(tmpdir(), "start-up-"));
  const simulator = await startSimulator();
  try {
    const ours = openCheckout("This checkout", resolve(__dirname, ".."), parent);
    const other =
      values.against === undefined ? undefined : openCheckout(values.against, resolve(values.against), parent);
    const checkouts = other ? [ours, other] : [ours];
    await runRounds(checkouts, Number(values.runs), simulator);
    for (const checkout of checkouts) report(checkout);
    if (other) reportDifferences(ours.starts, other);
  } finally {
    await simulator.close();
    rmSync(parent, { recursive: true });
  }
}

function openCheckout(name: string, folder: string, parent: string): Checkout {
  const nodeModules = join(folder, "node_modules");
  if (!existsSync(join(nodeModules, "pulumi-cloudflare-groups/dist/dynamic.js")))
    throw new Error(`${folder} is not installed, or not built. What to do: run \`npm ci\` there.`);
  const programFolder = mkdtempSync(join(parent, "program-"));
  symlinkSync(nodeModules, join(programFolder, "node_modules"));
  return { name, folder, programFolder, starts: new Map() };
}

// The processes of a round run directly one after the other, so that a slow machine is slow for all of them. Every other
// round runs them in the opposite order, so that none always comes first.
async function runRounds(checkouts: readonly Checkout[], runs: number, simulator: Simulator): Promise<void> {
  const kinds = [programAlone, pluginAlone].flatMap((alone) => [
    alone,
    ...processKinds.filter(({ kind }) => kind === alone.kind),
  ]);
  const order = kinds.flatMap((kind) => checkouts.map((checkout) => ({ kind, checkout })));
  // Round 0 does not count: it fills the machine's file cache. A single run is no measurement, and needs no such round.
  for (let round = runs > 1 ? 0 : 1; round <= runs; round++) {
    for (const { kind, checkout } of round % 2 === 0 ? order : order.toReversed()) {
      const start = await startProcess(kind, checkout.programFolder, simulator);
      if (round > 0) checkout.starts.set(kind.name, [...startsOf(checkout.starts, kind), start]);
    }
  }
}

function startsOf(starts: Starts, { name }: ProcessKind): readonly ProcessStart[] {
  return starts.get(name) ?? [];
}

function report({ name, folder, starts }: Checkout): void {
  console.log(
    `\n${name}: the median of ${startsOf(starts, programAlone).length} processes, and the quarters around it, in ms`,
  );
  console.log(
    "\n| process | adds to the SDK's time | to its processor time | loading the entry | loading in the calls |",
  );
  console.log("|---|--:|--:|--:|--:|");
  for (const kind of processKinds) {
    const own = startsOf(starts, kind);
    const alone = startsOf(starts, kind.kind === "program" ? programAlone : pluginAlone);
    const figures = [
      difference(own, alone, ({ elapsedMs }) => elapsedMs),
      difference(own, alone, ({ cpuMs }) => cpuMs),
      own.map(({ entryMs }) => entryMs),
      own.map(({ callsMs }) => callsMs),
    ];
    console.log(`| ${[kind.name, ...figures.map(spread)].join(" | ")} |`);
  }
  console.log();
  for (const kind of [programAlone, pluginAlone])
    console.log(`- ${kind.name}: ${spread(startsOf(starts, kind).map(({ elapsedMs }) => elapsedMs))}`);
  for (const kind of processKinds)
    console.log(`- ${kind.name} has loaded ${describeFiles(folder, startsOf(starts, kind).at(-1)?.files ?? [])}`);
}

function reportDifferences(ours: Starts, other: Checkout): void {
  console.log(`\nThis checkout against ${other.name}, round by round, in ms\n`);
  for (const kind of processKinds) {
    const pairs = [startsOf(ours, kind), startsOf(other.starts, kind)] as const;
    const cpu = spread(difference(...pairs, ({ cpuMs }) => cpuMs));
    const loading = spread(difference(...pairs, ({ entryMs, callsMs }) => entryMs + callsMs));
    console.log(`- ${kind.name}: processor time ${cpu}, loading ${loading}`);
  }
}

/** The difference between each start and the other one of its round. */
function difference(
  starts: readonly ProcessStart[],
  others: readonly ProcessStart[],
  figure: (start: ProcessStart) => number,
): number[] {
  return starts.flatMap((start, round) => {
    const other = others[round];
    return other ? [figure(start) - figure(other)] : [];
  });
}

/** Describes files by the libraries that they belong to: those that the package depends on by name, others by their number. */
function describeFiles(checkout: string, files: readonly string[]): string {
  const { dependencies = {} } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
  const libraries = new Set(files.flatMap((file) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  const named = [...libraries].filter((library) => library in dependencies).sort();
  const others = libraries.size - named.length;
  return [
    `${files.length} files`,
    ...(named.length > 0 ? [`of ${named.join(", ")}`] : []),
    ...(others > 0 ? [`and ${others} other libraries`] : []),
  ].join(" ");
}

/** The median, with the lower and the upper quartile. */
function spread(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((left, right) => left - right);
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(0);
  return `${median(numbers).toFixed(0)} (${at(0.25)} to ${at(0.75)})`;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
