import type { Operation } from "../operation";
import type { FirstPageDecision } from "../request";

/** The endpoints that user groups and deployment groups have in common. */
export interface GroupEndpoints<Group, Body> {
  list(operation: Operation, accountId: string): Promise<Group[]>;
  /** Lists the groups, and returns undefined when `onFirstPage` stops the list. */
  listUnlessStopped(
    operation: Operation,
    accountId: string,
    onFirstPage: FirstPageDecision,
  ): Promise<Group[] | undefined>;
  /** Lists the groups of exactly this name. */
  listByName(operation: Operation, accountId: string, name: string): Promise<Group[]>;
  get(operation: Operation, accountId: string, id: string): Promise<Group>;
  create(operation: Operation, accountId: string, body: Partial<Body>): Promise<Group>;
  /** Sends only the changed properties. Returns undefined when Cloudflare's response contains no group. */
  update(
    operation: Operation,
    accountId: string,
    id: string,
    changes: Partial<Body>,
  ): Promise<Group | null | undefined>;
  delete(operation: Operation, accountId: string, id: string): Promise<void>;
}
