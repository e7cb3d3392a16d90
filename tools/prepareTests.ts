import { findRuntime } from "../test/runtimes/runtime";
import { findPulumiCli } from "./pulumiCli";

// Installs what all test files share: the Pulumi CLI and the runtimes. The files run in parallel, so none of them may do it.

async function main(): Promise<void> {
  const { command } = await findPulumiCli();
  console.log(`Pulumi CLI: ${command}`);
  for (const name of ["oldest", "newest"]) {
    const { nodeModules } = await findRuntime(name);
    console.log(`The ${name} runtime: ${nodeModules}`);
  }
}

main();
