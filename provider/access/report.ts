import { createHash } from "node:crypto";
import type { AccountAccess } from "./account";
import { type AccessRow, effectiveAccess } from "./effectiveAccess";
import type { ManagedObjects } from "./stackExports";

/**
 * Which part of a row a stack manages.
 *
 * `grant` is the group's policies without the membership, and `membership` is the opposite. Null without a stack export.
 */
export type Managed = "yes" | "grant" | "membership" | "no" | null;

/** A row of the report. */
export type ReportRow = AccessRow & { readonly managed: Managed };

/** What a report says about itself. */
export interface ReportHeader {
  readonly accountId: string;
  /** The time of the report in UTC, as `2026-11-21T19:00:00Z`. */
  readonly createdAt: string;
  readonly toolVersion: string;
  readonly counts: {
    /** Everybody in the account, with and without access. */
    readonly people: number;
    readonly groups: number;
    readonly rows: number;
    /** The people with at least one row that makes them administrators. */
    readonly administrators: number;
    /** The rows that no stack manages completely. Null without a stack export. */
    readonly unmanaged: number | null;
  };
  /** The filters of the command, such as `--only unmanaged`. A report with filters is not the whole account. */
  readonly filters: readonly string[];
  /** The SHA-256 of the rows as compact JSON in UTF-8. */
  readonly rowsSha256: string;
}

/** Who may do what in an account. */
export interface AccessReport {
  readonly header: ReportHeader;
  readonly rows: readonly ReportRow[];
  /** Everybody and every group of the account, for the matrix of people and groups. */
  readonly people: AccountAccess["people"];
  readonly groups: AccountAccess["groups"];
}

/** What the caller of {@link createReport} decides. */
export interface ReportSettings {
  createdAt: Date;
  toolVersion: string;
  managed: ManagedObjects | undefined;
  filters: readonly string[];
  isShown(row: ReportRow): boolean;
}

/** Creates the report of an account. The rows that are not shown are not counted, except in people and groups. */
export function createReport(account: AccountAccess, settings: ReportSettings): AccessReport {
  const { createdAt, toolVersion, managed, filters, isShown } = settings;
  const rows = effectiveAccess(account)
    .map((row) => ({ ...row, managed: managed ? managedPart(row, managed) : null }))
    .filter(isShown);
  const administrators = new Set(rows.filter((row) => row.administrator).map(({ person }) => person.id));
  return {
    header: {
      accountId: account.accountId,
      createdAt: createdAt.toISOString().replace(/\.\d+Z$/, "Z"),
      toolVersion,
      counts: {
        people: account.people.length,
        groups: account.groups.length,
        rows: rows.length,
        administrators: administrators.size,
        unmanaged: managed ? rows.filter(isUnmanaged).length : null,
      },
      filters,
      rowsSha256: createHash("sha256").update(JSON.stringify(rows)).digest("hex"),
    },
    rows,
    people: account.people,
    groups: account.groups,
  };
}

/** Whether a part of the row is managed by no stack. */
export function isUnmanaged({ managed }: ReportRow): boolean {
  return managed !== null && managed !== "yes";
}

function managedPart({ way, person, permission, access }: AccessRow, managed: ManagedObjects): Managed {
  if (way.kind !== "group" || way.id === null) return managed.memberIds.has(person.id) ? "yes" : "no";
  const { grants, memberships } = managed;
  const hasGrant = grants.has(way.id) || grants.has(`${way.id} ${access} ${permission.id}`);
  const hasMembership = memberships.has(way.id) || memberships.has(`${way.id}/${person.id}`);
  if (hasGrant && hasMembership) return "yes";
  return hasGrant ? "grant" : hasMembership ? "membership" : "no";
}

/** Returns how a person gets a permission, in words. */
export function describeWay({ way }: AccessRow): string {
  // A role is the permission itself.
  if (way.kind === "role") return "role";
  return way.kind === "policy" ? "direct policy" : `group ${way.name}`;
}

/** Returns whether a stack manages the row, in words. Nothing without a stack export. */
export function describeManaged({ managed }: ReportRow): string {
  const words = {
    yes: "managed",
    grant: "membership unmanaged",
    membership: "policy unmanaged",
    no: "unmanaged",
  } as const;
  return managed === null ? "" : words[managed];
}

/** Returns the effect of a row in one or two words. */
export function describeAccess({ access, overridden }: AccessRow): string {
  return overridden ? "overridden" : access;
}
