import type { Operation } from "../operation";
import type { ListOptions } from "../request";
import {
  type ApiAccessMember,
  type ApiAccountMember,
  type ApiPermissionGroup,
  type ApiResourceGroup,
  accessMemberSchema,
  accountMemberSchema,
  permissionGroupSchema,
  resourceGroupSchema,
} from "../schemas";

// The lists of an account that groups refer to by id. Each function reads every page.

/** The permission that reads everything in an account that decides about access. */
export const readPermission = '"Account Settings Read"';

const memberList = (accountId: string) =>
  ({ list: "accountMembers", path: ["accounts", accountId, "members"], permission: readPermission }) as const;

/**
 * Lists everybody in the account, including pending members: `GET /accounts/{account_id}/members`.
 *
 * @param isEnough Whether these members are enough for a search, although somebody joined or left while it was read.
 */
export function listAccountMembers(
  operation: Operation,
  accountId: string,
  isEnough: (members: readonly ApiAccountMember[]) => boolean,
): Promise<ApiAccountMember[]> {
  return operation.list({ ...memberList(accountId), item: accountMemberSchema, isEnough });
}

/** Lists everybody in the account with roles and policies. */
export function listAccessMembers(
  operation: Operation,
  accountId: string,
  options: ListOptions,
): Promise<ApiAccessMember[]> {
  return operation.list({ ...memberList(accountId), item: accessMemberSchema, ...options });
}

/** Lists what a policy can allow or deny: `GET /accounts/{account_id}/iam/permission_groups`. */
export function listPermissionGroups(
  operation: Operation,
  accountId: string,
  options: ListOptions = {},
): Promise<ApiPermissionGroup[]> {
  const path = ["accounts", accountId, "iam", "permission_groups"];
  const list = { list: "permissionGroups", path, item: permissionGroupSchema } as const;
  return operation.list({ ...list, permission: readPermission, ...options });
}

/** Lists what a policy can apply to: `GET /accounts/{account_id}/iam/resource_groups`. */
export function listResourceGroups(
  operation: Operation,
  accountId: string,
  options: ListOptions = {},
): Promise<ApiResourceGroup[]> {
  const path = ["accounts", accountId, "iam", "resource_groups"];
  const list = { list: "resourceGroups", path, item: resourceGroupSchema } as const;
  return operation.list({ ...list, permission: readPermission, ...options });
}

/** Returns an account member's email, from either of the two places where Cloudflare puts it. */
export function emailOf({ email, user }: ApiAccountMember): string | undefined {
  return user?.email ?? email ?? undefined;
}
