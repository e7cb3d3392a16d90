import { toTerminalSafe } from "../../terminalText";
import {
  type AccessReport,
  describeAccess,
  describeManaged,
  describeWay,
  isUnmanaged,
  type ReportRow,
} from "../report";

// What the page shows, in few bytes: rows refer to people, permissions and groups by their place in a list.

/** One row of the report. */
export interface PageRow {
  /** Places in the lists of the page. */
  person: number;
  permission: number;
  /** Undefined for a direct policy and for a role. */
  group?: number;
  access: string;
  scope: string;
  way: string;
  since?: string;
  administrator?: true;
  managed?: string;
  unmanaged?: true;
}

/** The content of the page. */
export interface PageData {
  accountId: string;
  createdAt: string;
  toolVersion: string;
  rowsSha256: string;
  filters: readonly string[];
  /** Whether the report knows what stacks manage. */
  knowsManaged: boolean;
  people: { label: string; name: string; status: string }[];
  permissions: string[];
  groups: string[];
  /** The people of each group, by their places. */
  members: number[][];
  rows: PageRow[];
}

/** Returns the content of the page for a report. Its people are those with rows, and the members of groups. */
export function toPageData({ header, rows, groups, people }: AccessReport): PageData {
  const { accountId, createdAt, toolVersion, rowsSha256, filters, counts } = header;
  // A report with filters shows only the people and groups that its rows name.
  const isWhole = filters.length === 0;
  const withRows = new Set(rows.map(({ person }) => person.id));
  const inGroups = new Set(isWhole ? groups.flatMap(({ memberIds }) => memberIds) : []);
  const withGrants = new Set(rows.map(({ way }) => way.id));
  const shownPeople = sortByName(
    people.filter(({ id }) => withRows.has(id) || inGroups.has(id)),
    ({ email, id }) => email?.toLowerCase() ?? id,
  );
  const shownGroups = sortByName(
    groups.filter(({ id }) => isWhole || withGrants.has(id)),
    ({ name }) => name,
  );
  const permissions = new Map(rows.map(({ permission }) => [permission.id, permission]));
  const shownPermissions = sortByName([...permissions.values()], ({ name }) => name);
  const personPlaces = toPlaces(shownPeople);
  const permissionPlaces = toPlaces(shownPermissions);
  const groupPlaces = toPlaces(shownGroups);
  const toPageRow = (row: ReportRow): PageRow => {
    const group = row.way.kind === "group" ? groupPlaces.get(row.way.id ?? "") : undefined;
    const managed = describeManaged(row);
    return {
      person: personPlaces.get(row.person.id) ?? 0,
      permission: permissionPlaces.get(row.permission.id) ?? 0,
      ...(group === undefined ? {} : { group }),
      access: describeAccess(row),
      scope: toTerminalSafe(row.scope.words),
      way: toTerminalSafe(describeWay(row)),
      ...(row.since === null ? {} : { since: toTerminalSafe(row.since) }),
      ...(row.administrator ? { administrator: true } : {}),
      ...(managed === "" ? {} : { managed }),
      ...(isUnmanaged(row) ? { unmanaged: true } : {}),
    };
  };
  return {
    accountId,
    createdAt,
    toolVersion,
    rowsSha256,
    filters: filters.map(toTerminalSafe),
    knowsManaged: counts.unmanaged !== null,
    people: shownPeople.map(({ id, email, name = "", status }) => ({
      label: toTerminalSafe(email ?? id),
      name: toTerminalSafe(name),
      status: status === undefined || status === "accepted" ? "" : toTerminalSafe(status),
    })),
    permissions: shownPermissions.map(({ name }) => toTerminalSafe(name)),
    groups: shownGroups.map(({ name }) => toTerminalSafe(name)),
    members: shownGroups.map(({ memberIds }) => memberIds.flatMap((id) => personPlaces.get(id) ?? [])),
    rows: rows.map(toPageRow),
  };
}

function sortByName<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return items.toSorted((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
}

function toPlaces(items: readonly { id: string }[]): Map<string, number> {
  return new Map(items.map(({ id }, place) => [id, place]));
}
