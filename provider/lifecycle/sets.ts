import type { dynamic } from "@pulumi/pulumi";
import { unknownValue } from "@pulumi/pulumi/runtime";
import equal from "fast-deep-equal";

// Cloudflare's lists are sets: it returns them in an order of its own. Everything here compares them as sets and gives
// them back in the program's order, so that nothing downstream of an output churns.

/** For each property of a resource the form in which two values that mean the same are equal. */
export type CanonicalForms<T> = { readonly [Property in keyof T]: (value: T[Property]) => unknown };

/** The canonical form of a value that means what it says. */
export function asIs(value: unknown): unknown {
  return value;
}

/** The canonical form of a list that is a set; `keyOf` says what makes two elements the same. */
export function asSet<T>(keyOf: (element: T) => string) {
  return (list: readonly T[] | undefined): string[] => (list ?? []).map(keyOf).sort();
}

/** Whether two lists hold the same elements, in whatever order. */
export function sameSet<T>(left: readonly T[], right: readonly T[], keyOf: (element: T) => string): boolean {
  return equal(asSet(keyOf)(left), asSet(keyOf)(right));
}

/** The names of the properties whose values differ in meaning; one that is unknown during preview may differ. */
export function changedProperties<T>(forms: CanonicalForms<T>, stored: T, wanted: T): Set<keyof T> {
  const changed = new Set<keyof T>();
  for (const property in forms) {
    const canonical = forms[property];
    const isSame =
      !containsUnknown(wanted[property]) && equal(canonical(stored[property]), canonical(wanted[property]));
    if (!isSame) changed.add(property);
  }
  return changed;
}

/**
 * What `diff` answers for these changed properties.
 *
 * Where something changed it does not say so itself but leaves `changes` open: the engine then compares the inputs, finds
 * the same change and knows its property, which is what `replaceOnChanges` and the display need.
 */
export function diffResult<T>(changed: Set<keyof T>, replacing: readonly (keyof T & string)[]): dynamic.DiffResult {
  if (changed.size === 0) return { changes: false };
  return { replaces: replacing.filter((property) => changed.has(property)), deleteBeforeReplace: true };
}

/** `elements` in the order in which `program` lists them; what the program does not list comes last, in its own order. */
export function inOrderOf<P, E>(program: readonly P[], elements: readonly E[], keyOf: (element: P | E) => string): E[] {
  const position = new Map(program.map((element, index) => [keyOf(element), index]));
  const rank = (element: E) => position.get(keyOf(element)) ?? program.length;
  return [...elements].sort((left, right) => rank(left) - rank(right));
}

/** Whether a value, or anything in it, is still unknown during preview. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
