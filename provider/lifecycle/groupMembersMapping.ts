import type { GroupRef } from "../cloudflare/api/groupMembers";
import type { ApiGroupMember } from "../cloudflare/schemas";
import type {
  MemberRef,
  UserGroupMemberOutputs,
  UserGroupMembersInputs,
  UserGroupMembersMember,
  UserGroupMembersOutputs,
} from "../resourceTypes";
import { memberKey, normalizeEmail } from "./memberRefs";
import { keepOrder } from "./stableOrder";

// How Cloudflare's members of a user group map to the outputs of UserGroupMembers and UserGroupMember.

/**
 * Returns the outputs of a `UserGroupMembers`.
 *
 * @param program The members in the order of the state. Their emails fill in those that Cloudflare does not return.
 */
export function toUserGroupMembersOutputs(
  members: readonly ApiGroupMember[],
  { accountId, userGroupId }: GroupRef,
  program: readonly MemberRef[] = [],
): UserGroupMembersOutputs {
  const emails = new Map(program.map(({ id, email }) => [id, email]));
  const outputs = members.map((member) => toMember(member, emails.get(member.id)));
  return {
    accountId,
    userGroupId,
    members: keepOrder<MemberRef, UserGroupMembersMember>(program, outputs, {
      keyOf: memberKey,
      keep: (_, member) => member,
    }),
  };
}

/**
 * Returns the inputs that describe these outputs.
 *
 * @param isByEmail Whether the inputs name a member by email. Default: all are named by id.
 */
export function toUserGroupMembersInputs(
  { accountId, userGroupId, members }: UserGroupMembersOutputs,
  isByEmail: (member: UserGroupMembersMember) => boolean = () => false,
): UserGroupMembersInputs {
  const refs = members.map((member): MemberRef => {
    const { id, email } = member;
    return email !== undefined && isByEmail(member) ? { email: normalizeEmail(email) } : { id };
  });
  return { accountId, userGroupId, members: refs };
}

/**
 * Returns the outputs of a `UserGroupMember`.
 *
 * @param known What the outputs keep when Cloudflare does not return it.
 */
export function toUserGroupMemberOutputs(
  member: ApiGroupMember,
  { accountId, userGroupId }: GroupRef,
  known: { email?: string | undefined; createdAt?: string | undefined } = {},
): UserGroupMemberOutputs {
  const { id, ...others } = toMember(member, known.email);
  const createdAt = member.created_at || known.createdAt;
  return { accountId, userGroupId, memberId: id, ...others, ...(createdAt ? { createdAt } : {}) };
}

function toMember({ id, email, status }: ApiGroupMember, knownEmail: string | undefined): UserGroupMembersMember {
  const anyEmail = email || knownEmail;
  return { id, ...(anyEmail ? { email: anyEmail } : {}), ...(status ? { status } : {}) };
}
