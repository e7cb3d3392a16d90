import { type GroupRef, groupMembers } from "../cloudflare/api/groupMembers";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiGroupMember } from "../cloudflare/schemas";
import { errorMessage } from "../errorMessage";
import { logWarning } from "../terminalText";
import { undefinedIfNotFound } from "./notFound";
import { sameSet } from "./sets";

type Named = { readonly id: string; readonly email?: string | null | undefined };

/** A write whose result is not what was desired; `members` are those whom the group has now, if that is known. */
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
 * Makes these the members of a group, in one request, and logs whom it removes.
 *
 * @param current The members whom the group has now.
 * @returns The members whom the group has afterwards: exactly the desired ones.
 * @throws MembersDiffer when the group has or may have other members afterwards; CloudflareError when nothing was written.
 */
export async function replaceMembers(
  operation: Operation,
  group: GroupRef,
  desired: readonly Named[],
  current: readonly ApiGroupMember[],
): Promise<readonly ApiGroupMember[]> {
  if (sameSet<Named>(current, desired, idOf)) return current;
  try {
    const members = await confirmMembers(operation, group, desired, groupMembers.replace(operation, group, desired));
    logRemoved(group, without(current, desired));
    return members;
  } catch (error) {
    if (error instanceof MembersDiffer) {
      if (error.members) logRemoved(group, without(current, error.members));
      else logPossiblyRemoved(group, without(current, desired));
    }
    throw error;
  }
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

/** Removes one member, and logs it. A member who is not in the group is no error. */
export async function removeMember(operation: Operation, group: GroupRef, member: Named): Promise<void> {
  try {
    await groupMembers.remove(operation, group, member.id);
  } catch (error) {
    if (!(error instanceof CloudflareError) || !error.isNotFound)
      return void (await undefinedIfNotFound(Promise.reject(error)));
    // An earlier attempt whose response was lost may have removed the member.
    if (!error.details.outcomeUnknown) return;
  }
  logRemoved(group, [member]);
}

/** Logs whom a write has removed: no run removes a person without saying so. */
function logRemoved(group: GroupRef, removed: readonly Named[]): void {
  if (removed.length > 0) logWarning(`Removed from the user group ${group.userGroupId}: ${namesOf(removed)}.`);
}

/** Logs whom a write may have removed. The next run finds them gone, and would not name them. */
function logPossiblyRemoved(group: GroupRef, removed: readonly Named[]): void {
  if (removed.length === 0) return;
  logWarning(
    `Possibly removed from the user group ${group.userGroupId}: ${namesOf(removed)}. The outcome of the write is unknown.`,
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
