import { getOrCreate } from "../memoize";
import { containsUnknown } from "./engine";

// The engine compares lists by position. So a list that changes keeps the order of the stored one: an addition shows as one
// line, and a removal as two at most. The display then names the person who leaves, and not everybody who moved up.

/** How the elements of two versions of a list are compared. */
export interface ElementRules<Stored, Desired> {
  /** Returns the same key for two elements of the same meaning. */
  keyOf(element: Stored | Desired): string;
  /** Returns what represents an element that is in both lists. */
  keep(stored: Stored, desired: Desired): Desired;
  /** Returns how much a new element resembles one that is removed; 0 when it does not. Default: 0. */
  similarity?(removed: Stored, added: Desired): number;
  /** Returns a new element that takes the position of the one that it resembles. Default: the new element. */
  follow?(removed: Stored, added: Desired): Desired;
}

/**
 * Returns the desired elements in the order of the stored ones.
 *
 * A new element takes the position of a removed one. Other new elements come last. If more elements are removed than added, the
 * last elements move into the gaps.
 */
export function keepOrder<Stored, Desired>(
  stored: readonly Stored[],
  desired: readonly Desired[],
  { keyOf, keep, similarity = () => 0, follow = (_, added) => added }: ElementRules<Stored, Desired>,
): Desired[] {
  const kept = new Set<number>();
  const positions = new Map<string, number[]>();
  for (const [index, element] of desired.entries())
    if (!containsUnknown(element)) getOrCreate<string, number[]>(positions, keyOf(element), () => []).push(index);
  const slots = stored.map((element): Desired | undefined => {
    const index = positions.get(keyOf(element))?.shift();
    if (index === undefined) return undefined;
    kept.add(index);
    return keep(element, desired[index] as Desired);
  });
  const added = desired.filter((_, index) => !kept.has(index));
  for (const [index, removed] of stored.entries()) {
    if (slots[index] !== undefined) continue;
    const successor = findSimilar(added, (element) => similarity(removed, element));
    if (successor === undefined) continue;
    added.splice(added.indexOf(successor), 1);
    slots[index] = follow(removed, successor);
  }
  const filled = slots.map((slot) => slot ?? added.shift());
  return closeGaps([...filled, ...added]);
}

function findSimilar<T>(elements: readonly T[], similarity: (element: T) => number): T | undefined {
  let best: { element: T; rank: number } | undefined;
  for (const element of elements) {
    const rank = containsUnknown(element) ? 0 : similarity(element);
    if (rank > (best?.rank ?? 0)) best = { element, rank };
  }
  return best?.element;
}

/** Moves the last elements into the gaps, so that all others keep their positions. */
function closeGaps<T>(slots: readonly (T | undefined)[]): T[] {
  const length = slots.filter((slot) => slot !== undefined).length;
  const moving = slots.slice(length).filter((slot) => slot !== undefined);
  return slots.slice(0, length).flatMap((slot) => slot ?? moving.shift() ?? []);
}
