import { CloudflareError } from "../cloudflare/errors";
import type { ApiDeploymentGroup } from "../cloudflare/schemas";
import type { ProviderContext } from "../providerContext";
import type { RunState } from "./runState";

// A device policy belongs to at most one deployment group, and the engine updates several groups at once. Cloudflare rejects
// a policy that moves to another group until the first group has released it. Two policies that are swapped wait for each
// other.

/** A write that assigns device policies to a group. */
export interface PolicyWrite<Group> {
  /** The policies that the group has after the write. */
  policyIds: readonly string[];
  /** The group's id; undefined while it is being created. */
  id?: string;
  send(): Promise<Group>;
  /** Releases the policies that leave the group, before it receives the new ones. */
  release?(): Promise<unknown>;
  /** Lists every deployment group of the account. */
  listGroups(): Promise<ApiDeploymentGroup[]>;
}

// The engine works on as many resources at once as it has workers, in the program's order. The resource that releases a
// policy may come long after the one that waits for it. But when no other write was active for this long, none comes.
const maxQuietMs = 2_000;
const maxElapsedMs = 5 * 60_000;
const firstWaitMs = 250;
const maxWaitMs = 2_000;

/**
 * Sends a write, and retries it until other resources of this run have released the policies.
 *
 * @throws CloudflareError that names each rejected policy and the group that has it. It throws at once when the program
 * gives the policy to both groups, and otherwise after two seconds in which no other write was active.
 */
export async function retryUntilReleased<Group>(
  context: ProviderContext,
  run: RunState,
  write: PolicyWrite<Group>,
): Promise<Group> {
  const startedAt = context.clock.now();
  let quietMs = 0;
  let mayRelease = write.release !== undefined;
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, maxWaitMs)) {
    try {
      return await write.send();
    } catch (error) {
      if (!(error instanceof CloudflareError) || error.status !== 409) throw error;
      const conflicts = findConflicts(await listHolders(error, write), write);
      const permanent = conflicts.filter(({ group, policyId }) => run.desiredPolicyIds.get(group.id)?.has(policyId));
      if (permanent.length > 0) throw error.withAdvice(adviseOnConflicts(permanent));
      const finalError = error.withAdvice(adviseOnConflicts(conflicts));
      const isHopeless =
        (conflicts.length > 0 && quietMs > maxQuietMs) || context.clock.now() - startedAt > maxElapsedMs;
      if (isHopeless) throw finalError;
      // The group releases its policies only when the others are certain to do so too. Otherwise the write could fail in the
      // end and the group would have lost them.
      if (mayRelease && conflicts.every(({ group }) => run.desiredPolicyIds.has(group.id))) {
        await write.release?.();
        mayRelease = false;
      }
      const sleep = context.clock.sleep(wait).then(
        () => run.hasActiveWrites,
        () => Promise.reject(finalError),
      );
      quietMs = (await run.trackWait(sleep)) ? 0 : quietMs + wait;
    }
  }
}

async function listHolders(error: CloudflareError, write: PolicyWrite<unknown>): Promise<ApiDeploymentGroup[]> {
  try {
    return await write.listGroups();
  } catch {
    // The conflict is the error to report, even when its holder cannot be found.
    throw error;
  }
}

function findConflicts(groups: readonly ApiDeploymentGroup[], { id, policyIds }: PolicyWrite<unknown>) {
  return groups
    .filter((group) => group.id !== id)
    .flatMap((group) =>
      policyIds.filter((policyId) => group.policy_ids?.includes(policyId)).map((policyId) => ({ group, policyId })),
    );
}

function adviseOnConflicts(conflicts: readonly { group: ApiDeploymentGroup; policyId: string }[]): string {
  if (conflicts.length === 0)
    return "run the same command again; something else keeps changing the policies of these groups.";
  const places = conflicts.map(
    ({ group, policyId }) => `${policyId} belongs to the deployment group ${JSON.stringify(group.name)} (${group.id})`,
  );
  return `${places.join("; ")}. Remove it there first; a policy belongs to one group at a time.`;
}
