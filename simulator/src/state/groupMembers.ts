import { ApiError, createFieldError, createNotFoundError } from "../apiError";
import type { AccountMemberRecord, AccountMembers } from "./accountMembers";
import type { GroupMember } from "./apiTypes";
import type { UserGroupRecord, UserGroups } from "./userGroups";

/** The members of the user groups of one account and the API's rules for them. */
export class GroupMembers {
  readonly #groups: UserGroups;
  readonly #accountMembers: AccountMembers;

  constructor(groups: UserGroups, accountMembers: AccountMembers) {
    this.#groups = groups;
    this.#accountMembers = accountMembers;
  }

  /** Returns the members, sorted by the part of the email address before the `@`. */
  list(groupId: string): GroupMember[] {
    return this.#render(this.#groups.getRecord(groupId));
  }

  /** Returns one member with the time at which it joined the group. */
  get(groupId: string, id: string): { record: AccountMemberRecord; joinedAt: string } {
    const joinedAt = this.#groups.getRecord(groupId).members.get(id);
    const record = this.#accountMembers.getRecord(id);
    if (record === undefined || joinedAt === undefined) throw createMissingMemberError();
    return { record, joinedAt };
  }

  /** Replaces all members. Throws without a change if one id is not an account member. */
  replace(groupId: string, ids: string[]): GroupMember[] {
    const record = this.#groups.getRecord(groupId);
    this.#check(ids);
    return this.#set(record, ids);
  }

  /** Adds members. Ignores ids that are members already. Throws without a change if one id is not an account member. */
  add(groupId: string, ids: string[]): GroupMember[] {
    const record = this.#groups.getRecord(groupId);
    this.#check(ids);
    return this.#set(record, [...record.members.keys(), ...ids]);
  }

  remove(groupId: string, id: string): GroupMember {
    const record = this.#groups.getRecord(groupId);
    const member = this.#accountMembers.getRecord(id);
    if (member === undefined || !record.members.delete(id)) throw createMissingMemberError();
    this.#groups.touch(record);
    return renderMember(member);
  }

  #set(record: UserGroupRecord, ids: string[]): GroupMember[] {
    const { members } = record;
    this.#groups.touch(record);
    record.members = new Map(ids.map((id) => [id, members.get(id) ?? record.modified_on]));
    return this.#render(record);
  }

  #check(ids: string[]): void {
    const unknown = ids.findIndex((id) => (this.#accountMembers.getRecord(id)?.status ?? "rejected") === "rejected");
    if (unknown !== -1) throw createFieldError(`${ids[unknown]} is not a member of this account`, `/${unknown}/id`);
    const unsupported = ids.filter((id) => this.#accountMembers.getRecord(id)?.hasDomainScopedRoles === false);
    if (unsupported.length > 0) {
      const message = `Members do not have DSR enabled: ${unsupported.join(", ")}`;
      throw new ApiError(400, { code: 400, message });
    }
  }

  #render(record: UserGroupRecord): GroupMember[] {
    return this.#accountMembers
      .listRecords()
      .filter(({ id }) => record.members.has(id))
      .sort((a, b) => (getSortKey(a) < getSortKey(b) ? -1 : 1))
      .map(renderMember);
  }
}

function createMissingMemberError(): ApiError {
  return createNotFoundError("Member not found in this user group");
}

function renderMember({ id, email, status }: AccountMemberRecord): GroupMember {
  return { id, email, status };
}

function getSortKey({ email, id }: AccountMemberRecord): string {
  return `${email.slice(0, email.lastIndexOf("@")).toLowerCase()}\n${email}\n${id}`;
}
