import type {
  MemberRef,
  UserGroupMemberOutputs,
  UserGroupMembersMember,
  UserGroupMembersOutputs,
} from "../resourceTypes";

// A refresh shows drift in the program's words, but `read` does not get the inputs. So the outputs record which members
// the program names by email: `true` for all, or their positions. The record contains no email, because the program may
// have made `members` secret. Outputs without the record are from a program that names everybody by id.

const namedByEmail = "namedByEmail";

/** Returns outputs with a record of the members that the references name by email. */
export function recordNaming(
  outputs: UserGroupMembersOutputs,
  isByEmail: (member: UserGroupMembersMember) => boolean,
): UserGroupMembersOutputs {
  const positions = outputs.members.flatMap((member, index) => (isByEmail(member) ? [index] : []));
  if (positions.length === 0) return outputs;
  return Object.assign({ ...outputs }, { [namedByEmail]: positions.length === outputs.members.length || positions });
}

/** Returns the outputs of a `UserGroupMember` with the same record. */
export function recordNamingOfOne(outputs: UserGroupMemberOutputs, isByEmail: boolean): UserGroupMemberOutputs {
  return isByEmail ? Object.assign({ ...outputs }, { [namedByEmail]: true }) : outputs;
}

/** Whether the program names the member of a `UserGroupMember` by email. */
export function isStoredByEmail(stored: Partial<UserGroupMemberOutputs>): boolean {
  return Reflect.get(stored, namedByEmail) === true;
}

/** Returns a function that says whether resolved references name a member by email. */
export function namingOf(refs: readonly MemberRef[]): (member: UserGroupMembersMember) => boolean {
  const ids = new Set(refs.flatMap(({ id, email }) => (email === undefined ? [] : [id])));
  return ({ id }) => ids.has(id);
}

/** Returns a function that says whether the program names a member by email. A member who is not stored is named by email. */
export function storedNaming(stored: Partial<UserGroupMembersOutputs>): (member: UserGroupMembersMember) => boolean {
  const { members } = stored;
  if (members === undefined) return () => false;
  const record: unknown = Reflect.get(stored, namedByEmail);
  const isNamed = (index: number) => record === true || (Array.isArray(record) && record.includes(index));
  const naming = new Map(members.map(({ id }, index) => [id, isNamed(index)]));
  return ({ id }) => naming.get(id) ?? true;
}
