import type { AccountAccess, Permission, Person, Policy } from "./account";
import { isAdministratorPermission } from "./administrators";
import { type AccessScope, containsScope, ScopeDirectory, wholeAccount } from "./scopes";

/** How a person gets a permission. */
export interface AccessWay {
  readonly kind: "group" | "policy" | "role";
  /** The id of the user group or of the role. Null for a policy of the person. */
  readonly id: string | null;
  /** The name of the user group or of the role. Null for a policy of the person. */
  readonly name: string | null;
}

/** One permission of one person in one scope, in one way. */
export interface AccessRow {
  readonly person: {
    readonly id: string;
    readonly email: string | null;
    readonly name: string | null;
    readonly status: string | null;
  };
  readonly permission: { readonly id: string; readonly name: string; readonly label: string | null };
  readonly access: "allow" | "deny";
  /** Whether a `deny` of the same permission covers this whole scope, so that this row allows nothing. */
  readonly overridden: boolean;
  readonly scope: AccessScope;
  readonly way: AccessWay;
  /** The earliest time from which the person can have the permission. Null when Cloudflare does not return it. */
  readonly since: string | null;
  /** Whether this row makes the person an administrator of the account. */
  readonly administrator: boolean;
}

/** A row without what the other rows of the person decide. */
type Grant = Omit<AccessRow, "overridden" | "administrator" | "person">;

const directWay: AccessWay = { kind: "policy", id: null, name: null };

/**
 * Returns who may do what: a row for each person, permission, scope and way.
 *
 * A `deny` overrides every `allow` of the same permission in the same scope or a smaller one, however the person gets
 * it. A `deny` of a smaller scope leaves the `allow` as it is, and both rows stand. The order of the rows depends on
 * their content only.
 */
export function effectiveAccess(account: AccountAccess): AccessRow[] {
  const scopes = new ScopeDirectory(account);
  const permissions = new Map(account.permissions.map((permission) => [permission.id, permission]));
  const grantsOf = (policies: readonly Policy[], way: AccessWay) =>
    policies.flatMap((policy) => grantsOfPolicy(policy, way, permissions, scopes));
  const grantsByMember = new Map<string, Grant[]>();
  for (const { id, name, policies, memberIds } of account.groups) {
    const grants = grantsOf(policies, { kind: "group", id, name });
    for (const memberId of new Set(memberIds)) {
      const known = grantsByMember.get(memberId);
      if (known) known.push(...grants);
      else grantsByMember.set(memberId, [...grants]);
    }
  }
  const people = sortByKeys(account.people, ({ email, id }) => [email?.toLowerCase() ?? "", id]);
  return people.flatMap((person) => {
    const inherited = grantsByMember.get(person.id) ?? [];
    const direct = grantsOf(person.policies, directWay);
    return rowsOf(person, [...inherited, ...direct, ...person.roles.map(grantOfRole)]);
  });
}

function grantsOfPolicy(
  { access, permissionIds = ["unknown"], resources, createdOn }: Policy,
  way: AccessWay,
  permissions: ReadonlyMap<string, Permission>,
  scopes: ScopeDirectory,
): Grant[] {
  // Nobody knows when a member joined a group, so the policy's time says nothing about the person.
  const since = way.kind === "policy" ? (createdOn ?? null) : null;
  return [...new Set(permissionIds)].flatMap((id) => {
    const permission = toRowPermission(permissions.get(id) ?? { id, name: id });
    return scopes.scopesOf(resources).map((scope) => ({ permission, access, scope, way, since }));
  });
}

function grantOfRole(role: Permission): Grant {
  return {
    permission: toRowPermission(role),
    access: "allow",
    scope: { key: wholeAccount, words: "whole account" },
    way: { kind: "role", id: role.id, name: role.name },
    since: null,
  };
}

function toRowPermission({ id, name, label }: Permission): AccessRow["permission"] {
  return { id, name, label: label ?? null };
}

function rowsOf({ id, email, name, status }: Person, grants: readonly Grant[]): AccessRow[] {
  const person = { id, email: email ?? null, name: name ?? null, status: status ?? null };
  const denied = new Map<string, string[]>();
  for (const { access, permission, scope } of grants)
    if (access === "deny") denied.set(permission.id, [...(denied.get(permission.id) ?? []), scope.key]);
  const rows = new Map<string, AccessRow>();
  for (const grant of grants) {
    const { permission, access, scope, way } = grant;
    const isDenied = denied.get(permission.id)?.some((outer) => containsScope(outer, scope.key)) ?? false;
    const overridden = access === "allow" && isDenied;
    const administrator = access === "allow" && !overridden && isAdministratorPermission(permission);
    const key = JSON.stringify([permission.id, access, scope.key, way.kind, way.id]);
    const same = rows.get(key);
    const since = same === undefined ? grant.since : earlierTime(same.since, grant.since);
    rows.set(key, { person, permission, access, overridden, scope, way, since, administrator });
  }
  return sortByKeys([...rows.values()], ({ permission, scope, access, way }) => [
    permission.name,
    permission.id,
    scope.words,
    scope.key,
    access,
    way.kind,
    way.name ?? "",
    way.id ?? "",
  ]);
}

/** Returns the earlier time, or null when one of them is unknown. */
function earlierTime(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return null;
  return left < right ? left : right;
}

/** Sorts by the order of characters, which is the same in every language of the reader. */
function sortByKeys<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[] {
  const keyed = items.map((item) => ({ item, keys: keysOf(item) }));
  keyed.sort(({ keys: left }, { keys: right }) => {
    const index = left.findIndex((key, position) => key !== right[position]);
    return index < 0 ? 0 : (left[index] ?? "") < (right[index] ?? "") ? -1 : 1;
  });
  return keyed.map(({ item }) => item);
}
