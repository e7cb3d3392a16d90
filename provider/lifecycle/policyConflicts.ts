import { CloudflareError } from "../cloudflare/errors";
import type { WireDeploymentGroup } from "../cloudflare/wire";
import type { Connection } from "../connection";

// A device policy belongs to at most one deployment group, and the engine updates several groups at once: a policy that moves
// from one to another is refused until the first has let go of it, and two that are swapped wait for each other.

/** One write that claims policies for a group. */
export interface PolicyClaim<Group> {
  accountId: string;
  /** The policies that the group is to have. */
  policyIds: readonly string[];
  /** The group's id; absent while it is being created. */
  id?: string;
  write(): Promise<Group>;
  /** Lets go of the policies that leave the group, before it has got those that come. */
  release?(): Promise<unknown>;
  /** Every deployment group of the account. */
  groups(): Promise<WireDeploymentGroup[]>;
}

// The engine may not yet have come to the resource that lets go of a policy: it takes the program in order.
const graceMs = 2_000;
const deadlineMs = 60_000;
const firstWaitMs = 250;

/**
 * Writes a group's policies, and waits for other resources of this run to let go of those that they are about to lose.
 *
 * @throws CloudflareError that names each refused policy and the group that holds it, at once where that is another resource's
 * by the program's own word, and after two seconds where no resource of this run has it.
 */
export async function claimPolicies<Group>({ client, plannedPolicies }: Connection, claim: PolicyClaim<Group>) {
  const startedAt = client.clock.now();
  let mayRelease = claim.release !== undefined;
  for (let wait = firstWaitMs; ; wait *= 2) {
    try {
      return await claim.write();
    } catch (error) {
      if (!(error instanceof CloudflareError) || error.status !== 409) throw error;
      const held = heldElsewhere(await holders(error, claim), claim);
      const elapsed = client.clock.now() - startedAt;
      const refused = held.filter(({ group, policyId }) => {
        const planned = plannedPolicies.get(group.id);
        return planned ? planned.has(policyId) || elapsed > deadlineMs : elapsed > graceMs;
      });
      if (refused.length > 0 || elapsed > deadlineMs) throw error.withHint(adviceFor(refused));
      // Only once it is certain that the others let go too: a write that fails in the end must not cost the group anything.
      if (mayRelease && held.every(({ group }) => plannedPolicies.has(group.id))) {
        await claim.release?.();
        mayRelease = false;
      }
      await client.clock.sleep(wait);
    }
  }
}

async function holders(error: CloudflareError, claim: PolicyClaim<unknown>): Promise<WireDeploymentGroup[]> {
  try {
    return await claim.groups();
  } catch {
    // The conflict is what must be told, also when the holder cannot be found.
    throw error;
  }
}

function heldElsewhere(groups: readonly WireDeploymentGroup[], { id, policyIds }: PolicyClaim<unknown>) {
  return groups
    .filter((group) => group.id !== id)
    .flatMap((group) =>
      policyIds.filter((policyId) => group.policy_ids?.includes(policyId)).map((policyId) => ({ group, policyId })),
    );
}

function adviceFor(held: readonly { group: WireDeploymentGroup; policyId: string }[]): string {
  if (held.length === 0)
    return "run the same command again; something else keeps changing the policies of these groups.";
  const places = held.map(
    ({ group, policyId }) => `${policyId} belongs to the deployment group ${JSON.stringify(group.name)} (${group.id})`,
  );
  return `${places.join("; ")}. Take it out there first; a policy belongs to one group at a time.`;
}
