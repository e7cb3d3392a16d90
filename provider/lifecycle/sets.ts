import equal from "fast-deep-equal";
import { containsUnknown, type DiffResult } from "./engine";

// Cloudflare's lists are sets, and it returns them in its own order. This file compares them as sets. So an output changes
// only when its meaning changes.

/** For each property of a resource, the function that maps values of the same meaning to equal values. */
export type Canonicalizers<T> = { readonly [Property in keyof T]: (value: T[Property]) => unknown };

/** Canonicalizes a value that has one form only. */
export function identity(value: unknown): unknown {
  return value;
}

/** Returns the canonicalizer of a list that is a set. Two elements are the same when `keyOf` returns the same key. */
export function sortedKeys<T>(keyOf: (element: T) => string) {
  return (list: readonly T[] | undefined): string[] => (list ?? []).map(keyOf).sort();
}

/** Whether two lists hold the same elements in any order. */
export function sameSet<T>(left: readonly T[], right: readonly T[], keyOf: (element: T) => string): boolean {
  return equal(sortedKeys(keyOf)(left), sortedKeys(keyOf)(right));
}

/** Returns the properties whose values differ in meaning. A value that is unknown during preview may differ. */
export function changedProperties<T>(canonicalizers: Canonicalizers<T>, stored: T, desired: T): Set<keyof T> {
  const changed = new Set<keyof T>();
  for (const property in canonicalizers) {
    const canonicalize = canonicalizers[property];
    const isSame =
      !containsUnknown(desired[property]) && equal(canonicalize(stored[property]), canonicalize(desired[property]));
    if (!isSame) changed.add(property);
  }
  return changed;
}

/**
 * Returns the result of `diff` for these changed properties.
 *
 * A result with changes leaves `changes` undefined. The engine then compares the inputs itself and learns which property
 * changed, which `replaceOnChanges` and the display need.
 */
export function toDiffResult<T>(changed: Set<keyof T>, replacing: readonly (keyof T & string)[]): DiffResult {
  if (changed.size === 0) return { changes: false };
  return { replaces: replacing.filter((property) => changed.has(property)), deleteBeforeReplace: true };
}
