import { findChromium } from "../test/browser/chromium";
import { findRuntime } from "../test/runtimes/runtime";
import { findPulumiCli } from "./pulumiCli";

// Installs what all test files share: the Pulumi CLI, the runtimes and a browser. The files run in parallel, so none of them may do it.

async function main(): Promise<void> {
  const [cli, oldest, newest, chromium] = await Promise.all([
    findPulumiCli(),
    findRuntime("oldest"),
    findRuntime("newest"),
    findChromium(),
  ]);
  console.log(`Pulumi CLI: ${cli.command}`);
  console.log(`The oldest runtime: ${oldest.nodeModules}`);
  console.log(`The newest runtime: ${newest.nodeModules}`);
  console.log(`Chromium: ${chromium.executablePath ?? "the installed Chrome"}`);
}

main();
