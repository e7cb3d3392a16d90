import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

// Runs `npm test` and its variants: the npm scripts in the arguments, one after the other. The last line counts the tests of all
// scripts. A script whose name begins with `test:` must print such a line itself (see test/reporter.cjs), which is not repeated.

const countsLine = /^(\d+) passed, (\d+) failed$/;

interface Counts {
  passed: number;
  failed: number;
}

async function main(scripts: string[]): Promise<void> {
  const total: Counts = { passed: 0, failed: 0 };
  for (const [index, script] of scripts.entries()) {
    console.log(`\nPart ${index + 1} of ${scripts.length}: ${script}`);
    const startedAt = Date.now();
    const { passed, failed } = await runScript(script);
    total.passed += passed;
    total.failed += failed;
    console.log(`${script} took ${Math.round((Date.now() - startedAt) / 1000)} s`);
    // When lint, build or types fail, the failures of the tests add nothing.
    if (failed > 0 && !isTestScript(script)) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** Runs one script and returns its counts. A failing script counts at least one failure, even without a line of counts. */
async function runScript(script: string): Promise<Counts> {
  const color = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const child = spawn("npm", ["run", "--silent", script], {
    env: { ...process.env, ...color },
    stdio: ["inherit", "pipe", "inherit"],
  });
  let counts: Counts | undefined;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [, passed, failed] = countsLine.exec(line) ?? [];
    if (passed === undefined) console.log(line);
    else counts = { passed: Number(passed), failed: Number(failed) };
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const isCountMissing = isTestScript(script) && counts === undefined;
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  if (!isCountMissing && (code === 0 || failed > 0)) return { passed, failed };
  console.log(`npm run ${script} ended with ${code}${isCountMissing ? " and printed no counts of tests" : ""}.`);
  return { passed, failed: failed + 1 };
}

function isTestScript(script: string): boolean {
  return script.startsWith("test:");
}

main(process.argv.slice(2));
