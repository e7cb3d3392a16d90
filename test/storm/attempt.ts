import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { TestStack } from "../e2e/account";
import type { Dice } from "./dice";
import type { Faults, Weather } from "./faults";
import type { Outsider } from "./outsider";
import { findUnnamedRemovals, readMembership } from "./removals";

/** One run of a Pulumi command, and how it ended. */
export interface AttemptResult {
  isWell: boolean;
  /** The signal that the engine got. */
  signal: "SIGKILL" | "SIGINT" | undefined;
  output: string;
  /** What the run must not do: remove somebody without a word, or touch an unmanaged group. */
  violations: string[];
}

/** Runs a Pulumi command in this weather. After a kill it releases the stack's lock. */
export async function attempt(
  { account, project }: TestStack,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { faults, outsider, dice, weather }: { faults: Faults; outsider: Outsider; dice: Dice; weather: Weather },
): Promise<AttemptResult> {
  const before = readMembership(account);
  let signal: AttemptResult["signal"];
  const command = project.start([...args, "--yes", "--skip-preview"], environment);
  let kill: Promise<void> | undefined;
  faults.begin(dice, weather, () => {
    signal = weather.kill?.signal;
    if (signal === "SIGKILL") kill = command.kill();
    else command.interrupt();
  });
  const { code, output } = await command.ended;
  await kill;
  faults.end();
  const wasKilled = kill !== undefined;
  if (wasKilled || /is currently locked|pulumi cancel/.test(output)) await unlock(project);
  // The log of a killed command ends anywhere.
  const unnamed = wasKilled ? [] : findUnnamedRemovals(before, readMembership(account), output);
  return { isWell: code === 0, signal, output, violations: [...unnamed, ...outsider.findChanges()] };
}

/** Does what a person does after a kill. */
async function unlock(project: TestStack["project"]): Promise<void> {
  // The file backend writes a checkpoint's attributes beside it, in place. A kill leaves them empty, and then the backend
  // does not read the checkpoint: "failed to load checkpoint: EOF". It reads a checkpoint without attributes.
  await rm(join(project.folder, "state/.pulumi/stacks/e2e/dev.json.attrs"), { force: true });
  await project.succeed("cancel", "--yes");
}
