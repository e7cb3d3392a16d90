import { findRuntime } from "../test/runtimes/runtime";
import { findPulumiCli } from "./pulumiCli";

// Gets what test files share before the first of them runs, as they run side by side: the Pulumi CLI, and the runtimes.

async function main(): Promise<void> {
  const { command } = await findPulumiCli();
  console.log(`Pulumi CLI: ${command}`);
  for (const name of ["oldest", "newest"]) {
    const { nodeModules } = await findRuntime(name);
    console.log(`The ${name} runtime: ${nodeModules}`);
  }
}

main();
