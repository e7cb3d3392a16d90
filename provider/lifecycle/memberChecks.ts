import { groupMembers } from "../cloudflare/api/groupMembers";
import type { ApiGroupMember } from "../cloudflare/schemas";
import type { ProviderContext } from "../providerContext";
import type { UserGroupMembersInputs } from "../resourceTypes";
import type { AccountMembers } from "./accountMembers";
import { type CheckFailure, containsUnknown, isKnownText } from "./engine";
import { othersAdvice, without } from "./groupMemberWrites";
import { normalizeEmail } from "./memberRefs";
import type { Memberships } from "./memberships";
import { previewLimits } from "./previewReads";
import type { RunState } from "./runState";

// What `check` reads about members. It is one listing at most for all new emails of a run.

/** An email in checked inputs. */
interface LocatedEmail {
  property: string;
  email: string;
}

/** Returns the emails in the members of a `UserGroupMembers`. Those that are not known yet are left out. */
export function listEmails(members: unknown): LocatedEmail[] {
  if (!Array.isArray(members)) return [];
  return members.flatMap((member: unknown, index) => {
    const email: unknown = typeof member === "object" && member !== null ? Reflect.get(member, "email") : undefined;
    return locateEmail(`members[${index}].email`, email);
  });
}

/** Returns the email of one property, if it has one that is known. */
export function locateEmail(property: string, email: unknown): LocatedEmail[] {
  return isKnownText(email) ? [{ property, email }] : [];
}

/**
 * Returns a failure for every email that does not match exactly one member of the account.
 *
 * It reads the account only for emails that are not in the stored inputs.
 */
export async function checkEmails(
  context: ProviderContext,
  run: RunState,
  { accountMembers }: Memberships,
  accountId: unknown,
  stored: readonly LocatedEmail[],
  desired: readonly LocatedEmail[],
): Promise<CheckFailure[]> {
  if (!isKnownText(accountId)) return [];
  const known = new Set(stored.map(({ email }) => normalizeEmail(email)));
  if (desired.every(({ email }) => known.has(normalizeEmail(email)))) return [];
  const emails = desired.map(({ email }) => email);
  const problems = await run.previewReads.attempt(context, `members ${accountId}`, (limits) =>
    accountMembers.findProblems(emails, accountId, limits),
  );
  return desired.flatMap(({ property }, index) => {
    const reason = problems?.[index];
    return reason === undefined ? [] : [{ property, reason }];
  });
}

/**
 * Returns a failure when the group of a new `UserGroupMembers` already has other members, as its create would.
 *
 * A group that cannot be read is left to the create. So is one that a stored resource of this run has, because the engine
 * checks a replacement as a new resource.
 */
export async function checkOthers(
  context: ProviderContext,
  run: RunState,
  { accountMembers }: Memberships,
  inputs: UserGroupMembersInputs & { importId?: unknown },
): Promise<CheckFailure[]> {
  const { accountId, userGroupId, members, removeOthers, importId } = inputs;
  const isConcerned = importId === undefined && removeOthers !== true && !run.createdGroupIds.has(userGroupId);
  if (!isConcerned || containsUnknown([accountId, userGroupId, members, removeOthers])) return [];
  if (!context.settings.credential || run.memberSets.isStored(inputs)) return [];
  const others = await findOthers(context, accountMembers, inputs).catch(() => []);
  if (others.length === 0) return [];
  const people = others.map((member) => run.names.ofPerson(member)).join(", ");
  return [
    {
      property: "members",
      reason: `does not list everybody: the group already has other members: ${people}. What to do: ${othersAdvice(userGroupId)}`,
    },
  ];
}

async function findOthers(
  { client }: ProviderContext,
  accountMembers: AccountMembers,
  { accountId, userGroupId, members }: UserGroupMembersInputs,
): Promise<ApiGroupMember[]> {
  const operation = client.during(`list the members of the user group ${userGroupId}`, previewLimits);
  const current = await groupMembers.list(operation, { accountId, userGroupId });
  return without(current, await accountMembers.selectMembers(current, members, accountId, previewLimits));
}
