import { type Desired, type DesiredGroup, memberIdOf } from "./desired";
import type { OutsideEdit } from "./outsider";
import type { Step } from "./plan";

/** What is expected of one managed user group, beside what the program says. */
interface Expectation {
  /** The id that it had at the last check. */
  id?: string;
  /** Its resource at the last check. */
  resource?: Pick<DesiredGroup, "name" | "revision">;
  /** Whether the outsider has renamed it since the last check. */
  isRenamedByHand?: boolean;
  /** Whether it may have another id now. */
  isReplaceable: boolean;
  /** The ids of the people that the outsider added. */
  strangers: Set<string>;
  /** The ids of the people that the program has listed since the last check. */
  listed: Set<string>;
  /** Whether the program has had a set of the group's people since the last check. */
  hadSet: boolean;
}

/**
 * Remembers from check to check what the program does not say: the ids of its groups, and the people that the outsider added.
 *
 * A `UserGroupMember` leaves all other people alone, so they must stay.
 */
export class Expectations {
  readonly #groups = new Map<string, Expectation>();

  /** Records an edit that the outsider has made. */
  recordEdit(edit: OutsideEdit): void {
    if (edit.do === "add person") this.#of(edit.label).strangers.add(memberIdOf(edit.person));
    if (edit.do === "remove person") this.#of(edit.label).strangers.delete(memberIdOf(edit.person));
    if (edit.do === "rename managed group") this.#of(edit.label).isRenamedByHand = true;
    if (edit.do === "delete managed group") this.#of(edit.label).isReplaceable = true;
  }

  /** Records that a resource takes over an outside group with its people. */
  recordTakeOver(label: string, memberIds: readonly string[], id: string): void {
    const expectation = this.#of(label);
    expectation.id = id;
    for (const memberId of memberIds) expectation.strangers.add(memberId);
  }

  /** Records what a step may do. */
  recordStep({ desired, replaceable }: Step): void {
    for (const label of replaceable) this.#of(label).isReplaceable = true;
    this.#recordListed(desired);
  }

  /** Returns a line for each expectation that a group does not meet. */
  findUnmet(group: DesiredGroup, id: string, memberIds: readonly string[]): string[] {
    const { label, membership } = group;
    const { hadSet, strangers, listed, id: expectedId } = this.#of(label);
    const isReplaceable = this.#isReplaceable(group);
    const desired = membership.kind === "none" ? [] : membership.people.map(memberIdOf);
    const allowed = membership.kind === "set" ? desired : [...desired, ...strangers];
    const mustStay =
      isReplaceable || hadSet ? [] : [...strangers].filter((each) => !listed.has(each) && !memberIds.includes(each));
    return [
      ...(expectedId === undefined || isReplaceable || expectedId === id
        ? []
        : [`${label} was the group ${expectedId} and is ${id}`]),
      ...desired.filter((each) => !memberIds.includes(each)).map((each) => `${label} lacks the person ${each}`),
      ...memberIds.filter((each) => !allowed.includes(each)).map((each) => `${label} has ${each}, who is not listed`),
      ...mustStay.map((each) => `${label} lost ${each}, who was added by hand`),
    ];
  }

  /** Records the ids and the people of a group after a check. */
  settle(group: DesiredGroup, id: string, memberIds: readonly string[]): void {
    const desired = group.membership.kind === "none" ? [] : group.membership.people.map(memberIdOf);
    const strangers = new Set(memberIds.filter((each) => !desired.includes(each)));
    const resource = { name: group.name, revision: group.revision };
    this.#groups.set(group.label, { id, resource, isReplaceable: false, strangers, listed: new Set(), hadSet: false });
    this.#recordListed({ groups: [group], rings: [] });
  }

  /** Records the id of a deployment group after a check. */
  settleRing(label: string, id: string): void {
    this.#groups.set(label, { id, isReplaceable: false, strangers: new Set(), listed: new Set(), hadSet: false });
  }

  /** Returns the id that a group must still have. */
  idOf(label: string): string | undefined {
    const { id, isReplaceable } = this.#of(label);
    return isReplaceable ? undefined : id;
  }

  /** A resource that is renamed without aliases is another one. Only the name that is taken stops its creation. */
  #isReplaceable({ label, name, revision, hasAliases }: DesiredGroup): boolean {
    const { isReplaceable, resource, isRenamedByHand } = this.#of(label);
    if (isReplaceable || !resource) return isReplaceable;
    const hasAnotherName = resource.name !== name || isRenamedByHand === true;
    return hasAnotherName && resource.revision !== revision && !hasAliases;
  }

  #recordListed({ groups }: Desired): void {
    for (const { label, membership } of groups) {
      const expectation = this.#of(label);
      if (membership.kind === "set") expectation.hadSet = true;
      if (membership.kind === "singles")
        for (const person of membership.people) expectation.listed.add(memberIdOf(person));
    }
  }

  #of(label: string): Expectation {
    const known = this.#groups.get(label);
    if (known) return known;
    const fresh: Expectation = { isReplaceable: false, strangers: new Set(), listed: new Set(), hadSet: false };
    this.#groups.set(label, fresh);
    return fresh;
  }
}
