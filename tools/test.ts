import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

// `npm test` and its variants: runs the npm scripts that it gets one after the other, and ends with one line that counts the tests
// of all of them. A script whose name begins with `test:` must end with such a line (see test/reporter.cjs), which is not repeated.

const closing = /^(\d+) passed, (\d+) failed$/;

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
    // The tests of sources that do not compile have nothing to add.
    if (failed > 0 && !countsTests(script)) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** A script that fails has at least one failure, also when it does not get as far as counting. */
async function runScript(script: string): Promise<Counts> {
  const color = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const child = spawn("npm", ["run", "--silent", script], {
    env: { ...process.env, ...color },
    stdio: ["inherit", "pipe", "inherit"],
  });
  let counts: Counts | undefined;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [, passed, failed] = closing.exec(line) ?? [];
    if (passed === undefined) console.log(line);
    else counts = { passed: Number(passed), failed: Number(failed) };
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const isCountMissing = countsTests(script) && counts === undefined;
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  if (!isCountMissing && (code === 0 || failed > 0)) return { passed, failed };
  console.log(`npm run ${script} ended with ${code}${isCountMissing ? " and did not say how many tests passed" : ""}.`);
  return { passed, failed: failed + 1 };
}

function countsTests(script: string): boolean {
  return script.startsWith("test:");
}

main(process.argv.slice(2));
