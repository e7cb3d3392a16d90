import { errorMessage } from "../errorMessage";
import { suggestEmails, suggestNames } from "../suggestions";
import type { AccountAccess } from "./account";
import { isUnmanaged, type ReportRow } from "./report";
import type { ReportOptions } from "./reportOptions";

type Filters = Pick<ReportOptions, "only" | "people" | "permissions" | "groups">;

/**
 * Returns the filters as options of the command line.
 *
 * A report shows them, because a part of an account must not look like the whole.
 */
export function describeFilters({ only, people, permissions, groups }: Filters): string[] {
  const describe = (option: string, values: readonly string[]) => values.map((value) => `--${option} ${value}`);
  return [
    ...describe("only", only),
    ...describe("person", people),
    ...describe("permission", permissions),
    ...describe("group", groups),
  ];
}

/**
 * Returns the filter of the rows. Names match in upper and lower case, and ids match too.
 *
 * @throws Error for a person, permission or group that the account does not have. A misspelled name must not look like
 *   a name without access.
 */
export function createFilter(account: AccountAccess, filters: Filters): (row: ReportRow) => boolean {
  const roles = account.people.flatMap((person) => person.roles);
  const people = findIds("person", filters.people, account.people, ({ id, email }) => [email, id], suggestEmails);
  const permissions = findIds("permission", filters.permissions, [...account.permissions, ...roles], (permission) => [
    permission.name,
    permission.label,
    permission.id,
  ]);
  const groups = findIds("user group", filters.groups, account.groups, ({ id, name }) => [name, id]);
  const { only } = filters;
  return (row) =>
    (!only.includes("unmanaged") || isUnmanaged(row)) &&
    (!only.includes("administrators") || row.administrator) &&
    (people?.has(row.person.id) ?? true) &&
    (permissions?.has(row.permission.id) ?? true) &&
    (groups === undefined || (row.way.kind === "group" && groups.has(row.way.id ?? "")));
}

function findIds<Item extends { id: string }>(
  what: string,
  names: readonly string[],
  items: readonly Item[],
  keysOf: (item: Item) => readonly (string | undefined)[],
  suggest: (misspelled: string, names: readonly string[]) => string[] = suggestNames,
): Set<string> | undefined {
  if (names.length === 0) return undefined;
  const found = names.flatMap((name) => {
    const matching = items.filter((item) => keysOf(item).some((key) => key?.toLowerCase() === name.toLowerCase()));
    if (matching.length > 0) return matching.map(({ id }) => id);
    const keys = items.flatMap((item) => keysOf(item)[0] ?? []);
    const similar = suggest(name, keys).map((suggestion) => JSON.stringify(suggestion));
    const reason = `the account has none.${similar.length > 0 ? ` Similar: ${similar.join(", ")}.` : ""}`;
    throw new Error(errorMessage({ operation: `find the ${what} ${JSON.stringify(name)}`, reason }));
  });
  return new Set(found);
}
