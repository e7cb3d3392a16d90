import { remembered } from "../remembered";
import { addressKey, type MemberName } from "./memberNames";
import { containsUnknown } from "./sets";

/** A user group whose members are managed. */
export interface Group {
  readonly accountId: string;
  readonly userGroupId: string;
}

/**
 * Who says in this run who is in a group: `UserGroupMembers` for the whole set, or a `UserGroupMember` for each person.
 *
 * Every resource of the program is entered by its `check`, and no other comes by there. So what is deleted because another
 * resource has taken its place, its replacement or one of another name or kind, leaves alone whom that one keeps.
 */
export class MembershipOwners {
  readonly #sets = new Set<string>();
  /** For each group the ids and addresses of the people whom single resources keep in it. */
  readonly #single = new Map<string, Set<string>>();
  /** The groups whose members were those of a set that is deleted or replaced in this run. */
  readonly #handedOver = new Set<string>();

  /** The resource is the owner of the whole set. */
  enterSet(group: Group): void {
    if (!containsUnknown(group)) this.#sets.add(groupKey(group));
  }

  /** A resource keeps this person in the group. */
  enterSingle(group: Group, { id, email }: MemberName): void {
    if (containsUnknown(group)) return;
    const people = remembered(this.#single, groupKey(group), () => new Set());
    for (const name of [id, addressKey(email)]) if (name !== undefined) people.add(name);
  }

  /** Whether the program says the whole set of the group's members. */
  hasSet(group: Group): boolean {
    return this.#sets.has(groupKey(group));
  }

  /** Whether the program keeps anybody in the group singly. */
  hasSingles(group: Group): boolean {
    return this.#single.has(groupKey(group));
  }

  /** Whether the program keeps this person in the group singly. */
  keepsSingly(group: Group, { id, email }: { id: string; email?: string | null | undefined }): boolean {
    const people = this.#single.get(groupKey(group));
    return people !== undefined && (people.has(id) || people.has(addressKey(email ?? undefined) ?? ""));
  }

  /** A set was left as it is, because another resource is the owner from now on. */
  handOver(group: Group): void {
    this.#handedOver.add(groupKey(group));
  }

  /** Whether the members that the group has were those of a resource of this run. */
  wasHandedOver(group: Group): boolean {
    return this.#handedOver.has(groupKey(group));
  }
}

/** What makes two groups the same. */
export function groupKey({ accountId, userGroupId }: Group): string {
  return `${accountId}/${userGroupId}`;
}
