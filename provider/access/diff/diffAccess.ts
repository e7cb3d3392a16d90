import type { AccountAccess } from "../account";
import { type AccessRow, effectiveAccess } from "../effectiveAccess";
import { describeWay } from "../report";

/** A permission that a person gains or loses in one scope. */
export interface AccessChange {
  /** A new `deny` is a loss, and one that ends is a gain. */
  readonly change: "gains" | "loses";
  readonly person: AccessRow["person"];
  readonly permission: AccessRow["permission"];
  readonly access: AccessRow["access"];
  readonly scope: AccessRow["scope"];
  /** Whether the person gets or loses the access of an administrator by it. */
  readonly administrator: boolean;
  /** How the person gets it after the update, or had it before. */
  readonly ways: readonly string[];
}

/**
 * Returns who gains and who loses which permission between two states of an account.
 *
 * A permission that the person keeps in another way, such as through another group, is no change. Administrators'
 * grants come first.
 */
export function diffAccess(before: AccountAccess, after: AccountAccess): AccessChange[] {
  const [old, current] = [before, after].map((account) => groupEffective(effectiveAccess(account)));
  if (!old || !current) return [];
  const added = [...current].filter(([key]) => !old.has(key)).map(([, rows]) => toChange(rows, "allow"));
  const removed = [...old].filter(([key]) => !current.has(key)).map(([, rows]) => toChange(rows, "deny"));
  const changes = [...added, ...removed].flat();
  // The sort is stable, so that each part keeps the order of the rows.
  return changes.sort((left, right) => rank(left) - rank(right));
}

/** Groups the rows that have an effect by person, permission, access and scope. */
function groupEffective(rows: readonly AccessRow[]): Map<string, AccessRow[]> {
  const groups = new Map<string, AccessRow[]>();
  for (const row of rows) {
    if (row.overridden) continue;
    const key = JSON.stringify([row.person.id, row.permission.id, row.access, row.scope.key]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** @param gain The access that is a gain: `allow` for new rows, and `deny` for rows that end. */
function toChange(rows: readonly AccessRow[], gain: AccessRow["access"]): AccessChange[] {
  return rows.slice(0, 1).map(({ person, permission, access, scope, administrator }) => ({
    change: access === gain ? "gains" : "loses",
    person,
    permission,
    access,
    scope,
    administrator,
    ways: rows.map(describeWay),
  }));
}

function rank({ administrator, change }: AccessChange): number {
  return (administrator ? 0 : 2) + (change === "gains" ? 0 : 1);
}
