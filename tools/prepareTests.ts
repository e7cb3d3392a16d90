import { findChromium } from "../test/browser/chromium";
import { findRuntime } from "../test/runtimes/runtime";
import { findPulumiCli } from "./pulumiCli";

// Installs what all test files share: the Pulumi CLI, the runtimes and a browser. The files run in parallel, so none of them may do it.

async function main(): Promise<void> {
  const { command } = await findPulumiCli();
  console.log(`Pulumi CLI: ${command}`);
  for (const name of ["oldest", "newest"]) {
    const { nodeModules } = await findRuntime(name);
    console.log(`The ${name} runtime: ${nodeModules}`);
  }
  console.log(`Chromium: ${(await findChromium()).executablePath ?? "the installed Chrome"}`);
}

main();
