import { CloudflareError } from "../cloudflare/errors";
import type { Connection } from "../connection";
import { InitializationFailed } from "./presence";

// Cloudflare has no idempotency keys: whether an unanswered POST did its work can only be found out by looking. And when a
// pipeline is killed in the middle of a create, the next one creates again without knowing. Both end here.

/** How one kind of group is created, found and recognized. */
export interface Creation<Group extends { id: string }> {
  /** What is created: `the user group "Admins"`. */
  what: string;
  /** The inputs, kept in the state with the id when a group was created but cannot be used. */
  inputs: object;
  post(): Promise<Group>;
  /** The groups of exactly this name that exist now. */
  namesakes(): Promise<Group[]>;
  /** Whether a group holds exactly what the program asks for. */
  isWanted(group: Group): boolean;
  createdAt(group: Group): string;
  modifiedAt(group: Group): string;
}

/** How much older than a request its own work may look, as times have a resolution and clocks differ a little. */
const toleranceMs = 5_000;

/** How far apart the two times of a group that was never changed may lie. */
const momentMs = 1_000;

const lookAfterMs = 1_000;

/** For how long a group may be the one that a killed pipeline left half-made. */
export const halfMadeMs = 60 * 60 * 1000;

const attempts = 3;

/**
 * Creates a group exactly once: an answer that is lost on the way never makes a second group and never strands the first.
 *
 * After a `POST` of unknown fate it looks for a group of that name and content which came into being since: one is ours,
 * none means that it can be tried again, several are for a person to decide.
 */
export async function createOnce<Group extends { id: string }>(
  { client, claims }: Connection,
  creation: Creation<Group>,
): Promise<Group> {
  const startedAt = client.clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      const group = await creation.post();
      claims.add(group.id);
      return group;
    } catch (error) {
      if (!(error instanceof CloudflareError)) throw error;
      const { createdId } = error.failure;
      if (createdId) throw new InitializationFailed(createdId, creation.inputs, error);
      if (!error.isFateUnknown) throw error;
      // A gateway that gave up may stand before a server that did not. When the run is stopped, the lost answer is what to tell.
      await client.clock.sleep(lookAfterMs).catch(() => Promise.reject(error));
      const namesakes = await namesakesAfter(error, creation);
      const since = client.cloudflareTime - (client.clock.now() - startedAt) - toleranceMs;
      const found = namesakes.filter(
        (group) => creation.isWanted(group) && Date.parse(creation.createdAt(group)) >= since && !claims.has(group.id),
      );
      const [ours, another] = found;
      if (another)
        throw error.withHint(
          `several groups of that name and content have just come into being (${found.map(({ id }) => id).join(", ")}): ` +
            `${takeOverAdvice(ours?.id ?? "")}, and delete the others.`,
        );
      if (ours) {
        claims.add(ours.id);
        return ours;
      }
      if (attempt === attempts) throw error;
    }
  }
}

async function namesakesAfter<Group extends { id: string }>(error: CloudflareError, creation: Creation<Group>) {
  try {
    return await creation.namesakes();
  } catch (failure) {
    throw error.withHint(
      `nobody can say whether ${creation.what} exists now, as looking for it failed too ` +
        `(${failure instanceof Error ? failure.message : failure}). Run \`pulumi up\` again: it looks before it creates.`,
    );
  }
}

/**
 * The group that a killed pipeline left half-made, among groups of the wanted name, or undefined.
 *
 * A group may be taken for it only when nobody else can own it, as far as can be seen: it is what the program asks for to
 * the letter, came into being within the last hour, was never changed since, and no other resource of this run has it.
 */
export function halfMade<Group extends { id: string }>(
  { client, claims }: Connection,
  creation: Omit<Creation<Group>, "namesakes" | "post">,
  namesakes: readonly Group[],
): Group | undefined {
  const [candidate, another] = namesakes.filter(
    (group) =>
      creation.isWanted(group) &&
      Date.parse(creation.modifiedAt(group)) - Date.parse(creation.createdAt(group)) < momentMs &&
      Date.parse(creation.createdAt(group)) >= client.cloudflareTime - halfMadeMs &&
      !claims.has(group.id),
  );
  return another ? undefined : candidate;
}

/** Takes over what a killed pipeline left half-made, and says so in the update's log. */
export function takeOver<Group extends { id: string }>(connection: Connection, what: string, group: Group): Group {
  connection.claims.add(group.id);
  connection.takenOver.add(group.id);
  console.warn(`Taking over ${what} (${group.id}), which an interrupted run has created within the last hour.`);
  return group;
}

/** How a person hands an existing group to a resource. */
export function takeOverAdvice(id: string): string {
  return `to let this resource take over an existing group, give it the option { import: "${id}" }`;
}
