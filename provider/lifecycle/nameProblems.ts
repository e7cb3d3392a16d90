import type { PermissionGroupRef, PolicyInput, ResourceGroupRef } from "../resourceTypes";
import { suggestNames } from "../suggestions";
import type { CheckFailure } from "./engine";
import { type RefKind, refKinds } from "./policyRefs";
import { resourceGroupKey } from "./resourceGroupRefs";
import { policyKey } from "./userGroupMapping";

// What is wrong with a name, in words.

/** An object of the account that a policy can name. */
export interface NamedItem {
  id: string;
  /** Blank when Cloudflare gives none. */
  name: string;
  /** What distinguishes it from others of the same name. */
  details: readonly string[];
}

/** How texts name one object of each kind. */
export const nouns: Record<RefKind, string> = {
  permissionGroups: "permission group",
  resourceGroups: "resource group",
};

/** Returns what is wrong with a name, and undefined when it matches exactly one item. */
export function describeNameProblem(
  kind: RefKind,
  name: string,
  items: readonly NamedItem[],
  accountId: string,
): string | undefined {
  const found = items.filter((item) => item.name === name);
  if (found.length === 1) return undefined;
  if (found.length > 1) {
    const ids = found.map(({ id, details }) => [id, ...details].join(", ")).join("; ");
    return `${JSON.stringify(name)} is the name of ${found.length} ${nouns[kind]}s: ${ids}. Name the right one by id`;
  }
  const names = items.flatMap((item) => item.name || []);
  return `${JSON.stringify(name)} is no ${nouns[kind]} of the account ${accountId}${suggest(suggestNames(name, names))}`;
}

function suggest(similar: readonly string[]): string {
  if (similar.length > 0) return `; did you mean ${similar.map((name) => JSON.stringify(name)).join(" or ")}?`;
  return ". If the same program creates it, name it by its id";
}

/** Returns a failure for each element that policies with ids repeat: once by name and once by id. */
export function findRepeated(policies: readonly PolicyInput[]): CheckFailure[] {
  const inPolicies = policies.flatMap((policy, number) =>
    refKinds.flatMap((kind) =>
      findRepeatedIn<ResourceGroupRef>(policy[kind], `policies[${number}].${kind}`, resourceGroupKey, describeRef),
    ),
  );
  return [...inPolicies, ...findRepeatedIn(policies, "policies", policyKey, () => undefined)];
}

function findRepeatedIn<T>(
  elements: readonly T[],
  path: string,
  keyOf: (element: T) => string,
  describe: (element: T) => string | undefined,
): CheckFailure[] {
  const firstIndex = new Map<string, number>();
  return elements.flatMap((element, index) => {
    const earlier = firstIndex.get(keyOf(element));
    if (earlier === undefined) {
      firstIndex.set(keyOf(element), index);
      return [];
    }
    const [first = element] = elements.slice(earlier);
    const [words, firstWords] = [describe(element), describe(first)];
    const reason =
      words === undefined || firstWords === undefined
        ? `is the same as [${earlier}]`
        : `${words} is the same as [${earlier}], ${firstWords}`;
    return [{ property: `${path}[${index}]`, reason: `${reason}: list each element once` }];
  });
}

function describeRef({ id, name }: PermissionGroupRef): string | undefined {
  return name === undefined ? id : `${JSON.stringify(name)} (${id})`;
}
