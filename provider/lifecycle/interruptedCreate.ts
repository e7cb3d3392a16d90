import type { ProviderContext } from "../providerContext";
import { logWarning } from "../terminalText";
import type { CreateRequest } from "./createOnce";
import type { RunState } from "./runState";

// A run that is killed during a create leaves a group that no state contains. The next run cannot distinguish it from a
// group of another stack or of a person. So the create fails, unless the user opts into the adoption of such groups.

/** The greatest age of a group that an interrupted run may have created. */
const maxAgeMs = 60 * 60 * 1000;

/** The greatest difference between the two times of a group that was never changed. */
const unchangedToleranceMs = 1_000;

/**
 * Returns the groups that an interrupted run may have created. They are as desired, recent, unchanged, and owned by no
 * resource.
 */
export function findInterruptedCreates<Group extends { id: string }>(
  { client }: ProviderContext,
  run: RunState,
  { matchesDesired, timesOf }: Pick<CreateRequest<Group>, "matchesDesired" | "timesOf">,
  sameName: readonly Group[],
): Group[] {
  return sameName.filter((group) => {
    const [created, modified] = [Date.parse(timesOf(group).created), Date.parse(timesOf(group).modified)];
    return (
      matchesDesired(group) &&
      modified - created < unchangedToleranceMs &&
      created >= client.cloudflareTime - maxAgeMs &&
      !run.ownsGroup(group.id) &&
      !run.stackGroupIds.has(group.id)
    );
  });
}

/** Adopts the group that an interrupted run created, and logs it. */
export function adopt<Group extends { id: string }>(run: RunState, what: string, group: Group): Group {
  run.importedIds.add(group.id);
  logWarning(`Adopting ${what} (${group.id}), because adoptInterruptedCreates is set.`);
  return group;
}

/** Returns the age of a group in words: `created 3 minutes ago`. */
export function describeAge({ client }: ProviderContext, created: string): string {
  const minutes = Math.round((client.cloudflareTime - Date.parse(created)) / 60_000);
  if (minutes < 1) return "created less than a minute ago";
  if (minutes < 120) return `created ${minutes} minute${minutes === 1 ? "" : "s"} ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `created ${hours} hours ago` : `created ${Math.round(hours / 24)} days ago`;
}

/** Returns the advice for a resource that was renamed in the program. */
export const renameAdvice =
  "if a resource of this stack had it under another name in the program, give the new one that name in `aliases`";

/** Returns the two options for a group that an interrupted run may have created. */
export function interruptedCreateAdvice(id: string): string {
  return (
    `if an interrupted run created it, give the resource the option { import: "${id}" }, or run once with ` +
    "CLOUDFLARE_ADOPT_INTERRUPTED_CREATES=true. If something else manages it, choose another name or content."
  );
}
