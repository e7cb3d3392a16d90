import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Simulator, startSimulator } from "cloudflare-groups-simulator";
import { run } from "../tools/childProcess";
import { accountId, apiToken, largeAccount } from "./accessAccount";
import { type AccessResult, accessFigureFiles, describeAccess, insertAccessFigures } from "./accessFigures";
import { median } from "./median";

// `npm run bench:access` measures the command access-report on a large account.

const help = `Usage: npm run bench:access -- [options]

Measures the calls and the seconds of the command access-report, from its start to its end. Prints the figures.

  --members <number>  members of the account; default: 10000
  --groups <number>   user groups of the account; default: 500
  --rounds <number>   how often the command runs; the figure is the median; default: 3
  --out <file>        JSON file for the result; default: bench/results/latest-access.json
  --readme            saves the result as bench/results/access.json and writes the figures into bench/README.md
                      and docs/access.md
  --help              prints this text
`;

const repository = resolve(__dirname, "..");
const command = join(repository, "dist/cli.js");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      members: { type: "string", default: "10000" },
      groups: { type: "string", default: "500" },
      rounds: { type: "string", default: "3" },
      out: { type: "string" },
      readme: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(help);
  const { out = join(repository, "bench/results", values.readme ? "access.json" : "latest-access.json") } = values;
  const result = await measure(Number(values.members), Number(values.groups), Number(values.rounds));
  writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
  if (values.readme)
    for (const path of accessFigureFiles) {
      const file = join(repository, path);
      writeFileSync(file, insertAccessFigures(result, readFileSync(file, "utf8")));
    }
  console.log(describeAccess(result));
}

async function measure(members: number, groups: number, roundCount: number): Promise<AccessResult> {
  const simulator = await startSimulator({ seed: largeAccount({ members, groups }) });
  const folder = mkdtempSync(join(tmpdir(), "bench-access-"));
  try {
    const rounds: { seconds: number; calls: number; rows: number }[] = [];
    for (let round = 0; round < roundCount; round++) {
      rounds.push(await runReport(simulator, join(folder, "report.json")));
      console.error(`Round ${round + 1} of ${roundCount}: ${rounds.at(-1)?.seconds.toFixed(1)} s`);
    }
    const seconds = rounds.map((round) => round.seconds);
    const { calls = 0, rows = 0 } = rounds.at(-1) ?? {};
    const machine = { processors: availableParallelism(), node: process.versions.node };
    return { machine, members, groups, rows, calls, seconds: median(seconds), rounds: seconds };
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true });
  }
}

async function runReport(simulator: Simulator, file: string) {
  // Each round has a full window of the rate limit.
  simulator.reset();
  const startedAt = performance.now();
  await run(process.execPath, [command, "access-report", "--out", file], {
    cwd: repository,
    env: { CLOUDFLARE_API_TOKEN: apiToken, CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: simulator.url },
  });
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(2));
  const { counts }: { counts: { rows: number } } = JSON.parse(readFileSync(file, "utf8"));
  return { seconds, calls: simulator.journal.count(), rows: counts.rows };
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
