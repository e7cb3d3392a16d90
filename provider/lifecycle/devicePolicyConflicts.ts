import { deploymentGroups } from "../cloudflare/api/deploymentGroups";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiDeploymentGroup } from "../cloudflare/schemas";
import { getOrCreate } from "../memoize";
import type { ProviderContext } from "../providerContext";
import { logWarning } from "../terminalText";
import type { RunState } from "./runState";

// A device policy belongs to at most one deployment group. Cloudflare rejects a policy for another group until the first
// group has released it. The engine updates the two groups in any order. So the write that assigns a policy also removes it
// from the other group, if the program certainly does not list it there.

/** A write that assigns device policies to a group. */
export interface PolicyWrite<Group> {
  accountId: string;
  /** The policies that the group has after the write. */
  policyIds: readonly string[];
  /** The group's id; undefined while it is being created. */
  id?: string;
  send(): Promise<Group>;
}

/** A policy that another group has. */
interface Conflict {
  group: ApiDeploymentGroup;
  policyId: string;
}

// The program may declare the other group later, when it depends on other resources. But when no other write was active for
// this long, it will not be declared.
const maxQuietMs = 2_000;
const maxElapsedMs = 5 * 60_000;
const waitMs = 250;

/**
 * Sends a write. Moves policies from other groups if the program no longer lists them there.
 *
 * When the write fails after a move, the other groups get their policies back. The writes of an account that assign policies
 * run one after the other, so that a move never overwrites another resource's policies.
 *
 * @throws CloudflareError that names each rejected policy and the group that has it.
 */
export async function writeWithPolicies<Group>(
  context: ProviderContext,
  run: RunState,
  operation: Operation,
  write: PolicyWrite<Group>,
): Promise<Group> {
  const startedAt = context.clock.now();
  let quietMs = 0;
  for (let isRetry = false; ; isRetry = true) {
    const attempt = run.policyWrites.run(write.accountId, () => sendOrMove(run, operation, write));
    // A retry is part of the wait. Otherwise two writes that wait for the same group would keep each other waiting.
    const outcome = await (isRetry ? run.trackWait(attempt) : attempt);
    if ("group" in outcome) return outcome.group;
    if (quietMs > maxQuietMs || context.clock.now() - startedAt > maxElapsedMs) throw outcome.conflict;
    const sleep = context.clock.sleep(waitMs).then(
      () => run.hasActiveWrites,
      () => Promise.reject(outcome.conflict),
    );
    quietMs = (await run.trackWait(sleep)) ? 0 : quietMs + waitMs;
  }
}

/** Returns the written group, or the conflict when the program may still declare the group that has a policy. */
async function sendOrMove<Group>(
  run: RunState,
  operation: Operation,
  write: PolicyWrite<Group>,
): Promise<{ group: Group } | { conflict: CloudflareError }> {
  try {
    return { group: await write.send() };
  } catch (error) {
    if (!(error instanceof CloudflareError) || error.status !== 409) throw error;
    const conflicts = findConflicts(await listHolders(error, operation, write), write);
    const kept = conflicts.filter(({ group, policyId }) => desiredPolicies(run, group)?.includes(policyId));
    if (kept.length > 0) throw error.withAdvice(adviseOnConflicts(kept));
    if (conflicts.length > 0 && conflicts.every(({ group }) => mayRelease(run, group)))
      return { group: await sendAfterRelease(run, operation, write, conflicts) };
    return { conflict: error.withAdvice(adviseOnConflicts(conflicts)) };
  }
}

/** Whether this run knows that the stack manages the group and that the program does not give it the policy. */
function mayRelease(run: RunState, group: ApiDeploymentGroup): boolean {
  if (run.failedGroupIds.has(group.id)) return false;
  return desiredPolicies(run, group) !== undefined || run.stackGroupIds.has(group.id);
}

function desiredPolicies(run: RunState, group: ApiDeploymentGroup): readonly string[] | undefined {
  return run.deploymentGroups.inputsOf(group.id)?.policyIds;
}

async function sendAfterRelease<Group>(
  run: RunState,
  operation: Operation,
  { accountId, send }: PolicyWrite<Group>,
  conflicts: readonly Conflict[],
): Promise<Group> {
  const released: ApiDeploymentGroup[] = [];
  try {
    for (const group of new Set(conflicts.map((conflict) => conflict.group))) {
      const moving = conflicts.filter((conflict) => conflict.group === group).map(({ policyId }) => policyId);
      const remaining = (group.policy_ids ?? []).filter((policyId) => !moving.includes(policyId));
      released.push(group);
      const moved = getOrCreate<string, Set<string>>(run.movedPolicyIds, group.id, () => new Set());
      for (const policyId of moving) moved.add(policyId);
      await deploymentGroups.update(operation, accountId, group.id, { policy_ids: remaining });
      logWarning(`Moved ${moving.join(", ")} out of the deployment group ${JSON.stringify(group.name)} (${group.id}).`);
    }
    return await send();
  } catch (error) {
    await giveBack(run, operation, accountId, released);
    throw error;
  }
}

async function giveBack(
  run: RunState,
  operation: Operation,
  accountId: string,
  groups: readonly ApiDeploymentGroup[],
): Promise<void> {
  for (const { id, name, policy_ids } of groups)
    try {
      await deploymentGroups.update(operation, accountId, id, { policy_ids: policy_ids ?? [] });
      run.movedPolicyIds.delete(id);
      logWarning(`Gave ${(policy_ids ?? []).join(", ")} back to the deployment group ${JSON.stringify(name)} (${id}).`);
    } catch (error) {
      logWarning(
        `The deployment group ${JSON.stringify(name)} (${id}) has lost policies: it had ${(policy_ids ?? []).join(", ")}. ` +
          `Run \`pulumi up --refresh\`. ${error instanceof Error ? error.message : error}`,
      );
    }
}

async function listHolders(
  rejection: CloudflareError,
  operation: Operation,
  { accountId }: PolicyWrite<unknown>,
): Promise<ApiDeploymentGroup[]> {
  try {
    return await deploymentGroups.list(operation, accountId);
  } catch {
    // The conflict is the error to report, even when its holder cannot be found.
    throw rejection;
  }
}

function findConflicts(groups: readonly ApiDeploymentGroup[], { id, policyIds }: PolicyWrite<unknown>): Conflict[] {
  return groups
    .filter((group) => group.id !== id)
    .flatMap((group) =>
      policyIds.filter((policyId) => group.policy_ids?.includes(policyId)).map((policyId) => ({ group, policyId })),
    );
}

function adviseOnConflicts(conflicts: readonly Conflict[]): string {
  if (conflicts.length === 0)
    return "run the same command again; something else keeps changing the policies of these groups.";
  const places = conflicts.map(
    ({ group, policyId }) => `${policyId} belongs to the deployment group ${JSON.stringify(group.name)} (${group.id})`,
  );
  return (
    `${places.join("; ")}. A policy belongs to one group at a time. If this stack manages that group, run ` +
    "`pulumi up --refresh`: it moves the policy. Otherwise remove the policy there first."
  );
}
