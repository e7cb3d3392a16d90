import type { GroupRef } from "../cloudflare/api/groupMembers";
import type { Settings } from "../config";
import { errorMessage } from "../errorMessage";
import { getOrCreate } from "../memoize";
import type { KnownNames } from "./knownNames";

// A wrong file or an empty list can remove everybody from a group. The setting `maxRemovals` limits how many people one
// run removes from one group.

/** People that a run is about to remove from a group. */
export interface Removal {
  /** What removes them, for the error message. */
  operation: string;
  group: GroupRef;
  people: readonly { readonly id: string; readonly email?: string | null | undefined }[];
  /** The number of people in the group. */
  total: number;
}

/** The people that a run removes from one group. */
interface Removals {
  people: Map<string, string>;
  total: number;
}

/** Counts the people that this run removes from each group. */
export class RemovalGuard {
  readonly #planned = new Map<string, Removals>();
  readonly #written = new Map<string, Removals>();

  constructor(private readonly names: KnownNames) {}

  /** Whether the settings limit removals. */
  isActive({ maxRemovals, allowRemovals }: Settings): boolean {
    return maxRemovals !== undefined && !allowRemovals;
  }

  /** @throws An error when the plan of this run removes too many people. It compares with the stack's state. */
  assertPlanAllowed(settings: Settings, removal: Removal): void {
    this.#assertAllowed(this.#planned, settings, removal);
  }

  /** @throws An error when a write would remove too many people, together with the earlier writes of this run. */
  assertWriteAllowed(settings: Settings, removal: Removal): void {
    this.#assertAllowed(this.#written, settings, removal);
  }

  #assertAllowed(all: Map<string, Removals>, settings: Settings, { operation, group, people, total }: Removal): void {
    const { maxRemovals } = settings;
    if (maxRemovals === undefined || !this.isActive(settings) || people.length === 0) return;
    const key = `${group.accountId}/${group.userGroupId}`;
    // A share refers to the people before the first removal.
    const earlier = getOrCreate(all, key, () => ({ people: new Map<string, string>(), total }));
    const removed = new Map(earlier.people);
    for (const person of people) removed.set(person.id, this.names.ofPerson(person));
    const limit = maxRemovals.unit === "%" ? Math.floor((earlier.total * maxRemovals.value) / 100) : maxRemovals.value;
    if (removed.size <= Math.max(limit, 1)) {
      earlier.people = removed;
      return;
    }
    const text = `${maxRemovals.value}${maxRemovals.unit}`;
    throw new Error(
      errorMessage({
        operation,
        reason:
          `this run would remove ${removed.size} of ${earlier.total} people from ${this.names.describeGroup(group.userGroupId)}, ` +
          `and maxRemovals is ${text}: ${[...removed.values()].join(", ")}.` +
          `${earlier.people.size === 0 ? " Nothing was written." : ""}`,
        advice: "check the program; if they should leave, run once with CLOUDFLARE_ALLOW_REMOVALS=true.",
      }),
    );
  }
}
