import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { median } from "./comparison";

// `npm run bench:start-up`: what importing the package adds to the start of a program that imports the SDK anyway.

const sdkOnly = 'require("@pulumi/pulumi");';
const withPackage = `${sdkOnly}require("pulumi-cloudflare-groups");`;
const accounting = "const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);";

/** The milliseconds of one start: those that went by, and those that processors worked. */
interface Start {
  elapsed: number;
  worked: number;
}

function main(): void {
  const { values } = parseArgs({ options: { runs: { type: "string", default: "40" } } });
  const folder = mkdtempSync(join(tmpdir(), "start-up-"));
  try {
    symlinkSync(resolve(__dirname, "../node_modules"), join(folder, "node_modules"));
    const pairs = startedInPairs(folder, Number(values.runs));
    report("Time", pairs, ({ elapsed }) => elapsed);
    report("Processor time", pairs, ({ worked }) => worked);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// The two of a pair run one right after the other, as a machine that is slow for a while is slow for both; and neither
// always comes first.
function startedInPairs(folder: string, runs: number): { alone: Start; together: Start }[] {
  // Once before it counts, for the machine's file cache.
  start(withPackage, folder);
  return Array.from({ length: runs }, (_, run) => {
    if (run % 2 === 0) return { alone: start(sdkOnly, folder), together: start(withPackage, folder) };
    const together = start(withPackage, folder);
    return { alone: start(sdkOnly, folder), together };
  });
}

function start(script: string, cwd: string): Start {
  const begin = process.hrtime.bigint();
  const worked = execFileSync(process.execPath, ["-e", script + accounting], { cwd, encoding: "utf8" });
  return { elapsed: Number(process.hrtime.bigint() - begin) / 1e6, worked: Number(worked) };
}

function report(what: string, pairs: { alone: Start; together: Start }[], figure: (start: Start) => number): void {
  const alone = pairs.map((pair) => figure(pair.alone));
  const added = pairs.map((pair) => figure(pair.together) - figure(pair.alone));
  const share = (100 * median(added)) / median(alone);
  console.log(
    `${what}: @pulumi/pulumi alone ${spread(alone)}; the package adds ${spread(added)}, which is ${share.toFixed(1)} %.`,
  );
}

/** The median, with the quarters of the runs that it lies between. */
function spread(numbers: number[]): string {
  const sorted = [...numbers].sort((left, right) => left - right);
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(0);
  return `${median(numbers).toFixed(0)} ms (${at(0.25)} to ${at(0.75)})`;
}

main();
