import type { GroupRef } from "../cloudflare/api/groupMembers";
import { getOrCreate } from "../memoize";
import type { MemberRef } from "../resourceTypes";
import { containsUnknown } from "./engine";
import { normalizeEmail } from "./memberRefs";

/**
 * The resources of this run that manage the members of a group: one `UserGroupMembers` for the whole set, or a
 * `UserGroupMember` for each person.
 *
 * The `check` of every resource of the program registers it. A deleted resource therefore leaves those members alone that
 * another resource of the program manages, such as its replacement or one of another name or type.
 */
export class MembershipRegistry {
  readonly #groupsWithSet = new Set<string>();
  /** For each group the ids and emails of the members that have a resource of their own. */
  readonly #membersByGroup = new Map<string, Set<string>>();
  readonly #groupsWithReleasedSet = new Set<string>();

  /** Registers the resource that manages all members of the group. */
  registerSet(group: GroupRef): void {
    if (!containsUnknown(group)) this.#groupsWithSet.add(groupKey(group));
  }

  /** Registers the resource that manages this member of the group. */
  registerMember(group: GroupRef, { id, email }: MemberRef): void {
    if (containsUnknown(group)) return;
    const members = getOrCreate(this.#membersByGroup, groupKey(group), () => new Set());
    for (const name of [id, normalizeEmail(email)]) if (name !== undefined) members.add(name);
  }

  /** Whether a resource of the program manages all members of the group. */
  managesSet(group: GroupRef): boolean {
    return this.#groupsWithSet.has(groupKey(group));
  }

  /** Whether resources of the program manage single members of the group. */
  managesSingleMembers(group: GroupRef): boolean {
    return this.#membersByGroup.has(groupKey(group));
  }

  /** Whether a resource of the program manages this one member. */
  managesMember(group: GroupRef, { id, email }: { id: string; email?: string | null | undefined }): boolean {
    const members = this.#membersByGroup.get(groupKey(group));
    return members !== undefined && (members.has(id) || members.has(normalizeEmail(email ?? undefined) ?? ""));
  }

  /** Records that a deleted resource left its set to the one that manages it now. */
  releaseSet(group: GroupRef): void {
    this.#groupsWithReleasedSet.add(groupKey(group));
  }

  /** Whether the group's current members are those of a resource that this run has deleted. */
  wasSetReleased(group: GroupRef): boolean {
    return this.#groupsWithReleasedSet.has(groupKey(group));
  }
}

/** Returns the key by which two references to the same group are equal. */
export function groupKey({ accountId, userGroupId }: GroupRef): string {
  return `${accountId}/${userGroupId}`;
}
