import { ApiError, invalid } from "../envelope";
import type { AccountMember, Directory } from "./directory";
import type { GroupMember } from "./records";
import type { UserGroupRecord, UserGroups } from "./userGroups";

/** Who belongs to the user groups of one account, with the rules that the API applies to that. */
export class GroupMembers {
  readonly #groups: UserGroups;
  readonly #directory: Directory;

  constructor(groups: UserGroups, directory: Directory) {
    this.#groups = groups;
    this.#directory = directory;
  }

  /** Sorted by the part of the e-mail address before the `@`. */
  list(groupId: string): GroupMember[] {
    return this.#render(this.#groups.record(groupId));
  }

  /** Makes these the members, all or none. */
  replace(groupId: string, ids: string[]): GroupMember[] {
    const record = this.#groups.record(groupId);
    this.#check(ids);
    return this.#set(record, ids);
  }

  /** Adds to the members, all or none; those that are members already stay. */
  add(groupId: string, ids: string[]): GroupMember[] {
    const record = this.#groups.record(groupId);
    this.#check(ids);
    return this.#set(record, [...record.members, ...ids]);
  }

  remove(groupId: string, id: string): GroupMember {
    const record = this.#groups.record(groupId);
    const member = this.#directory.members.get(id);
    if (member === undefined || !record.members.delete(id)) {
      throw new ApiError(404, { code: 404, message: "Member not found in this user group" });
    }
    this.#groups.touch(record);
    return render(member);
  }

  #set(record: UserGroupRecord, ids: string[]): GroupMember[] {
    record.members = new Set(ids);
    this.#groups.touch(record);
    return this.#render(record);
  }

  #check(ids: string[]): void {
    const unknown = ids.findIndex((id) => !this.#directory.members.has(id));
    if (unknown !== -1) throw invalid(`${ids[unknown]} is not a member of this account`, `/${unknown}/id`);
  }

  #render(record: UserGroupRecord): GroupMember[] {
    return [...this.#directory.members.values()]
      .filter(({ id }) => record.members.has(id))
      .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
      .map(render);
  }
}

function render({ id, email, status }: AccountMember): GroupMember {
  return { id, email, status };
}

function sortKey({ email, id }: AccountMember): string {
  return `${email.slice(0, email.lastIndexOf("@")).toLowerCase()}\n${email}\n${id}`;
}
