import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

// `npm test`: runs the npm scripts that it is given one after the other, and closes with one line that counts the tests of
// all of them. Each script closes with such a line of its own (see test/reporter.cjs), which is left out.

const closing = /^(\d+) passed, (\d+) failed$/;

interface Counts {
  passed: number;
  failed: number;
}

async function main(scripts: string[]): Promise<void> {
  const total: Counts = { passed: 0, failed: 0 };
  for (const script of scripts) {
    console.log(`\nnpm run ${script}`);
    const { passed, failed } = await runScript(script);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** A script that fails has at least one failure, even where it does not come to count it. */
async function runScript(script: string): Promise<Counts> {
  const color = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const child = spawn("npm", ["run", "--silent", script], {
    env: { ...process.env, ...color },
    stdio: ["inherit", "pipe", "inherit"],
  });
  const counts: Counts = { passed: 0, failed: 0 };
  let counted = false;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [, passed, failed] = closing.exec(line) ?? [];
    if (passed === undefined) {
      console.log(line);
      return;
    }
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counted = true;
  });
  const code = await new Promise<number | null>((settle, reject) => child.on("error", reject).on("close", settle));
  if (!counted || (code !== 0 && counts.failed === 0)) {
    console.log(`npm run ${script} ended with ${code}${counted ? "" : " and did not say how many tests passed"}.`);
    counts.failed += 1;
  }
  return counts;
}

main(process.argv.slice(2));
