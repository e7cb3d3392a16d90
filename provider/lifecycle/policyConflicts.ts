import { CloudflareError } from "../cloudflare/errors";
import type { WireDeploymentGroup } from "../cloudflare/wire";
import type { Connection } from "../connection";

// A device policy belongs to at most one deployment group, and the engine updates several groups at once: a policy that moves
// from one to another is refused until the first has let go of it, and two that are swapped wait for each other.

/** One write that claims policies for a group. */
export interface PolicyClaim<Group> {
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

// The engine takes the program in order, and only as many resources at once as it has workers: one that is to let go of a
// policy may come long after the one that waits for it. But once nothing else has been under way for this long, none comes.
const graceMs = 2_000;
const deadlineMs = 5 * 60_000;
const firstWaitMs = 250;
const longestWaitMs = 2_000;

/**
 * Writes a group's policies, and waits for other resources of this run to let go of those that they are about to lose.
 *
 * @throws CloudflareError that names each refused policy and the group that holds it: at once where the program itself gives the
 * policy to both, and after two seconds in which no other resource was worked on where no resource of this run lets go.
 */
export async function claimPolicies<Group>(connection: Connection, claim: PolicyClaim<Group>): Promise<Group> {
  try {
    return await claim.write();
  } catch (error) {
    return await contend(connection, claim, error);
  }
}

async function contend<Group>(connection: Connection, claim: PolicyClaim<Group>, refusal: unknown): Promise<Group> {
  const { client, plannedPolicies } = connection;
  const startedAt = client.clock.now();
  let quietMs = 0;
  let mayRelease = claim.release !== undefined;
  let error = refusal;
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    if (!(error instanceof CloudflareError) || error.status !== 409) throw error;
    const held = heldElsewhere(await holders(error, claim), claim);
    const wantedTwice = held.filter(({ group, policyId }) => plannedPolicies.get(group.id)?.has(policyId));
    if (wantedTwice.length > 0) throw error.withHint(adviceFor(wantedTwice));
    const isHopeless = (held.length > 0 && quietMs > graceMs) || client.clock.now() - startedAt > deadlineMs;
    const givenUp = error.withHint(adviceFor(held));
    if (isHopeless) throw givenUp;
    // Only once it is certain that the others let go too: a write that fails in the end must not cost the group anything.
    if (mayRelease && held.every(({ group }) => plannedPolicies.has(group.id))) {
      await claim.release?.();
      mayRelease = false;
    }
    const slept = client.clock.sleep(wait).then(
      () => connection.isBusy,
      () => Promise.reject(givenUp),
    );
    const isBusy = await connection.waiting(slept);
    quietMs = isBusy ? 0 : quietMs + wait;
    try {
      return await claim.write();
    } catch (failure) {
      error = failure;
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
