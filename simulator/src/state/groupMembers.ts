import { createFieldError, createNotFoundError } from "../apiError";
import type { AccountMember, AccountResources } from "./accountResources";
import type { GroupMember } from "./apiTypes";
import type { UserGroupRecord, UserGroups } from "./userGroups";

/** The members of the user groups of one account and the API's rules for them. */
export class GroupMembers {
  readonly #groups: UserGroups;
  readonly #resources: AccountResources;

  constructor(groups: UserGroups, resources: AccountResources) {
    this.#groups = groups;
    this.#resources = resources;
  }

  /** Returns the members, sorted by the part of the email address before the `@`. */
  list(groupId: string): GroupMember[] {
    return this.#render(this.#groups.getRecord(groupId));
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
    return this.#set(record, [...record.members, ...ids]);
  }

  remove(groupId: string, id: string): GroupMember {
    const record = this.#groups.getRecord(groupId);
    const member = this.#resources.members.get(id);
    if (member === undefined || !record.members.delete(id)) {
      throw createNotFoundError("Member not found in this user group");
    }
    this.#groups.touch(record);
    return renderMember(member);
  }

  #set(record: UserGroupRecord, ids: string[]): GroupMember[] {
    record.members = new Set(ids);
    this.#groups.touch(record);
    return this.#render(record);
  }

  #check(ids: string[]): void {
    const unknown = ids.findIndex((id) => !this.#resources.members.has(id));
    if (unknown !== -1) throw createFieldError(`${ids[unknown]} is not a member of this account`, `/${unknown}/id`);
  }

  #render(record: UserGroupRecord): GroupMember[] {
    return [...this.#resources.members.values()]
      .filter(({ id }) => record.members.has(id))
      .sort((a, b) => (getSortKey(a) < getSortKey(b) ? -1 : 1))
      .map(renderMember);
  }
}

function renderMember({ id, email, status }: AccountMember): GroupMember {
  return { id, email, status };
}

function getSortKey({ email, id }: AccountMember): string {
  return `${email.slice(0, email.lastIndexOf("@")).toLowerCase()}\n${email}\n${id}`;
}
