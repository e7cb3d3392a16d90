import { type GroupRef, groupMembers } from "../cloudflare/api/groupMembers";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiGroupMember } from "../cloudflare/schemas";
import { errorMessage } from "../errorMessage";
import { logWarning } from "../terminalText";
import type { KnownNames } from "./knownNames";
import { deleteIfExists } from "./notFound";
import { sameSet } from "./sets";

type Named = { readonly id: string; readonly email?: string | null | undefined };

/** The members differ from the desired ones after a write. `members` are the current ones, if they are known. */
export class MembersDiffer extends Error {
  constructor(
    message: string,
    readonly members: readonly ApiGroupMember[] | undefined,
  ) {
    super(message);
    this.name = "MembersDiffer";
  }
}

/**
 * Replaces the members of a group in one request and logs the removed ones.
 *
 * @param current The current members of the group.
 * @param names The names of the group and of the removed members.
 * @returns The members of the group afterwards, which are exactly the desired ones.
 * @throws MembersDiffer when the group has or may have other members afterwards; CloudflareError when nothing was written.
 */
export async function replaceMembers(
  operation: Operation,
  group: GroupRef,
  desired: readonly Named[],
  current: readonly ApiGroupMember[],
  names: KnownNames,
): Promise<readonly ApiGroupMember[]> {
  if (sameSet<Named>(current, desired, idOf)) return current;
  try {
    const members = await confirmMembers(operation, group, desired, groupMembers.replace(operation, group, desired));
    logRemoved(group, without(current, desired), names);
    return members;
  } catch (error) {
    if (error instanceof MembersDiffer) {
      if (error.members) logRemoved(group, without(current, error.members), names);
      else logPossiblyRemoved(group, without(current, desired), names);
    }
    throw error;
  }
}

/**
 * Checks that nobody but the desired members is in a group.
 *
 * @throws An error that names the others, because a new `UserGroupMembers` must not remove them.
 */
export function assertNoOthers(
  operation: Operation,
  { userGroupId }: GroupRef,
  desired: readonly Named[],
  current: readonly ApiGroupMember[],
  names: KnownNames,
): void {
  const others = without(current, desired);
  if (others.length === 0) return;
  throw new Error(
    errorMessage({
      operation: operation.name,
      reason:
        `the group already has other members: ${others.map((member) => names.ofPerson(member)).join(", ")}. ` +
        "Nothing was written.",
      advice: othersAdvice(userGroupId),
    }),
  );
}

/** Returns what to do about other members of a group. */
export function othersAdvice(userGroupId: string): string {
  return (
    "list them in `members`; or set `removeOthers: true` to remove them. The option " +
    `{ import: "${userGroupId}" } takes over the members of a group without a write.`
  );
}

/** Waits for a write, and reads the members when its response is lost or shows others than the desired ones. */
export async function confirmMembers(
  operation: Operation,
  group: GroupRef,
  desired: readonly Named[],
  write: Promise<ApiGroupMember[]>,
): Promise<readonly ApiGroupMember[]> {
  let failure: CloudflareError | undefined;
  try {
    const response = await write;
    if (sameSet<Named>(response, desired, idOf)) return response;
  } catch (error) {
    if (!(error instanceof CloudflareError) || !error.outcomeUnknown) throw error;
    failure = error;
  }
  const listed = await groupMembers.list(operation, group).catch(() => undefined);
  if (listed && sameSet<Named>(listed, desired, idOf)) return listed;
  throw new MembersDiffer(failure?.message ?? describeDifference(operation, desired, listed), listed);
}

/** Removes one member and logs it. Does nothing when the member is not in the group. */
export async function removeMember(
  operation: Operation,
  group: GroupRef,
  member: Named,
  names: KnownNames,
): Promise<void> {
  if (await deleteIfExists(groupMembers.remove(operation, group, member.id))) logRemoved(group, [member], names);
}

/** Logs the members that a write has removed, because no run may remove a person silently. */
function logRemoved({ userGroupId }: GroupRef, removed: readonly Named[], names: KnownNames): void {
  if (removed.length === 0) return;
  const people = removed.map((member) => names.ofPerson(member));
  logWarning(`Removed from ${names.describeGroup(userGroupId)}: ${people.join(", ")}.`);
}

/** Logs the members that a write may have removed. The next run could not name them, because it would not find them. */
function logPossiblyRemoved({ userGroupId }: GroupRef, removed: readonly Named[], names: KnownNames): void {
  if (removed.length === 0) return;
  const people = removed.map((member) => names.ofPerson(member));
  logWarning(
    `Possibly removed from ${names.describeGroup(userGroupId)}: ${people.join(", ")}. The outcome of the write is unknown.`,
  );
}

/** Returns the members who are not among the others. */
export function without<Member extends Named>(members: readonly Member[], others: readonly Named[]): Member[] {
  return members.filter(({ id }) => !others.some((other) => other.id === id));
}

function describeDifference(
  operation: Operation,
  desired: readonly Named[],
  listed: readonly ApiGroupMember[] | undefined,
): string {
  const missing = listed ? without(desired, listed) : [];
  const unlisted = listed ? without(listed, desired) : [];
  return errorMessage({
    operation: operation.name,
    reason:
      "Cloudflare accepted the change, but the group then had other members than the program lists" +
      `${missing.length > 0 ? `; missing: ${namesOf(missing)}` : ""}` +
      `${unlisted.length > 0 ? `; not listed: ${namesOf(unlisted)}` : ""}.`,
    advice: "run the same command again; something else may be changing the same group.",
  });
}

function namesOf(members: readonly Named[]): string {
  return members.map(({ id, email }) => email || id).join(", ");
}

function idOf({ id }: { id: string }): string {
  return id;
}
