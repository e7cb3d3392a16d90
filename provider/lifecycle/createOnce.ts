import { importAdvice } from "../advice";
import { CloudflareError } from "../cloudflare/errors";
import type { ProviderContext } from "../providerContext";
import { InitializationFailed } from "./notFound";
import type { RunState } from "./runState";

// Cloudflare has no idempotency keys. When the response to a POST is lost, only a look at the account shows whether it
// created the object. And the run after a killed pipeline does not know what the killed run created. This file handles both.

/** How one group is created, found and recognized. */
export interface CreateRequest<Group extends { id: string }> {
  /** The group for messages: `the user group "Admins"`. */
  what: string;
  /** The inputs, which the state keeps when a group was created but cannot be used. */
  inputs: object;
  post(): Promise<Group>;
  /** Lists the groups that have exactly the desired name. */
  findByName(): Promise<Group[]>;
  /** Whether a group is exactly what the program asks for. */
  matchesDesired(group: Group): boolean;
  timesOf(group: Group): { created: string; modified: string };
}

/** The tolerance between two clocks, and for the resolution of times. */
const clockToleranceMs = 5_000;

/** How far apart the two times of a group that was never changed may be. */
const unchangedToleranceMs = 1_000;

const lookAfterMs = 1_000;

/** How long a group may be the orphan of a killed run. */
export const orphanAgeMs = 60 * 60 * 1000;

const maxAttempts = 3;

/**
 * Creates a group exactly once. A lost response creates no second group and loses no group.
 *
 * After a `POST` with an unknown outcome it looks for new groups of the same name and content. One such group is ours, none
 * allows another attempt, and several are an error.
 */
export async function createOnce<Group extends { id: string }>(
  { client, clock }: ProviderContext,
  { knownGroupIds }: RunState,
  request: CreateRequest<Group>,
): Promise<Group> {
  const startedAt = clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      const group = await request.post();
      knownGroupIds.add(group.id);
      return group;
    } catch (error) {
      if (!(error instanceof CloudflareError)) throw error;
      const { createdId } = error.details;
      if (createdId) throw new InitializationFailed(createdId, request.inputs, error);
      if (!error.outcomeUnknown) throw error;
      // The origin may still finish after the gateway timed out. A cancelled run reports the lost response.
      await clock.sleep(lookAfterMs).catch(() => Promise.reject(error));
      const sameName = await findAfterLostResponse(error, request);
      const since = client.cloudflareTime - (clock.now() - startedAt) - clockToleranceMs;
      const created = sameName.filter(
        (group) =>
          request.matchesDesired(group) &&
          Date.parse(request.timesOf(group).created) >= since &&
          !knownGroupIds.has(group.id),
      );
      const [ours, another] = created;
      if (another)
        throw error.withAdvice(
          `several groups of this name and content were just created (${created.map(({ id }) => id).join(", ")}): ` +
            `${importAdvice(ours?.id ?? "")}, and delete the others.`,
        );
      if (ours) {
        knownGroupIds.add(ours.id);
        return ours;
      }
      if (attempt === maxAttempts) throw error;
    }
  }
}

async function findAfterLostResponse<Group extends { id: string }>(
  error: CloudflareError,
  request: CreateRequest<Group>,
): Promise<Group[]> {
  try {
    return await request.findByName();
  } catch (lookError) {
    throw error.withAdvice(
      `it is unknown whether ${request.what} exists now, because looking for it failed too ` +
        `(${lookError instanceof Error ? lookError.message : lookError}). Run \`pulumi up\` again: it looks before it creates.`,
    );
  }
}

/**
 * Finds the group that a killed run has created, among groups of the desired name.
 *
 * A group qualifies only when nobody else seems to own it: it is exactly what the program asks for, it was created within
 * the last hour, it was never changed, and no other resource of this run has it. Two such groups are none.
 */
export function findOrphan<Group extends { id: string }>(
  { client }: ProviderContext,
  { knownGroupIds }: RunState,
  { matchesDesired, timesOf }: Pick<CreateRequest<Group>, "matchesDesired" | "timesOf">,
  sameName: readonly Group[],
): Group | undefined {
  const [orphan, another] = sameName.filter((group) => {
    const [created, modified] = [Date.parse(timesOf(group).created), Date.parse(timesOf(group).modified)];
    return (
      matchesDesired(group) &&
      modified - created < unchangedToleranceMs &&
      created >= client.cloudflareTime - orphanAgeMs &&
      !knownGroupIds.has(group.id)
    );
  });
  return another ? undefined : orphan;
}

/** Adopts the orphan of a killed run, and logs it. */
export function adopt<Group extends { id: string }>(run: RunState, what: string, group: Group): Group {
  run.knownGroupIds.add(group.id);
  run.adoptedGroupIds.add(group.id);
  console.warn(`Adopting ${what} (${group.id}), which an interrupted run created within the last hour.`);
  return group;
}
