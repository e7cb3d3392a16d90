import { CloudflareError } from "../errors";
import type { Operation } from "../operation";
import type { ListRequest } from "../request";
import {
  type ApiAccessGroup,
  type ApiAccessMember,
  type ApiGroupMember,
  type ApiPermissionGroup,
  type ApiResourceGroup,
  accessGroupSchema,
  accessMemberSchema,
  groupMemberSchema,
  permissionGroupSchema,
  resourceGroupSchema,
} from "../schemas";

// The lists that decide who may do what. An item that cannot be read fails its list, because a report must not lack it.

const permission = '"Account Settings Read"';

/** Called after each page. */
export type OnPage = NonNullable<ListRequest<{ id: string }>["onPage"]>;

/** Lists everybody in the account with roles and policies: `GET /accounts/{account_id}/members`. */
export function listAccessMembers(operation: Operation, account: string, onPage: OnPage): Promise<ApiAccessMember[]> {
  const path = ["accounts", account, "members"];
  const list = { list: "accountMembers", path, item: accessMemberSchema } as const;
  return operation.list({ ...list, permission, rejectUnreadable: true, onPage });
}

/** Lists the user groups with their policies: `GET /accounts/{account_id}/iam/user_groups`. */
export function listAccessGroups(operation: Operation, account: string, onPage: OnPage): Promise<ApiAccessGroup[]> {
  const path = ["accounts", account, "iam", "user_groups"];
  const list = { list: "userGroups", path, item: accessGroupSchema } as const;
  return operation.list({ ...list, permission, rejectUnreadable: true, onPage });
}

/**
 * Gets one user group, for a list that omits policies: `GET /accounts/{account_id}/iam/user_groups/{user_group_id}`.
 *
 * Returns undefined when it was deleted since the list.
 */
export function getAccessGroup(operation: Operation, account: string, id: string): Promise<ApiAccessGroup | undefined> {
  const path = ["accounts", account, "iam", "user_groups", id];
  return undefinedIfDeleted(operation.request({ method: "GET", path, result: accessGroupSchema, permission }));
}

/** Lists the members of a group. Returns undefined when the group was deleted since its list. */
export function listAccessGroupMembers(
  operation: Operation,
  account: string,
  groupId: string,
  onPage: OnPage,
): Promise<ApiGroupMember[] | undefined> {
  const path = ["accounts", account, "iam", "user_groups", groupId, "members"];
  const list = { list: "groupMembers", path, item: groupMemberSchema } as const;
  return undefinedIfDeleted(operation.list({ ...list, permission, rejectUnreadable: true, onPage }));
}

/** Lists the names of permissions: `GET /accounts/{account_id}/iam/permission_groups`. */
export function listAccessPermissions(
  operation: Operation,
  account: string,
  onPage: OnPage,
): Promise<ApiPermissionGroup[]> {
  const path = ["accounts", account, "iam", "permission_groups"];
  const list = { list: "permissionGroups", path, item: permissionGroupSchema } as const;
  return operation.list({ ...list, permission, rejectUnreadable: true, onPage });
}

/** Lists what policies apply to: `GET /accounts/{account_id}/iam/resource_groups`. */
export function listAccessResourceGroups(
  operation: Operation,
  account: string,
  onPage: OnPage,
): Promise<ApiResourceGroup[]> {
  const path = ["accounts", account, "iam", "resource_groups"];
  const list = { list: "resourceGroups", path, item: resourceGroupSchema } as const;
  return operation.list({ ...list, permission, rejectUnreadable: true, onPage });
}

async function undefinedIfDeleted<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof CloudflareError && error.isNotFound) return undefined;
    throw error;
  }
}
