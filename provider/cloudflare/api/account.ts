import type { Operation } from "../operation";
import {
  type ApiAccountMember,
  type ApiPermissionGroup,
  type ApiResourceGroup,
  accountMemberSchema,
  permissionGroupSchema,
  resourceGroupSchema,
} from "../schemas";

// The lists of an account that groups refer to by id. Each function reads every page.

const permission = '"Account Settings Read"';

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
  const path = ["accounts", accountId, "members"];
  return operation.list({ list: "accountMembers", path, item: accountMemberSchema, permission, isEnough });
}

/** Lists what a policy can allow or deny: `GET /accounts/{account_id}/iam/permission_groups`. */
export function listPermissionGroups(operation: Operation, accountId: string): Promise<ApiPermissionGroup[]> {
  const path = ["accounts", accountId, "iam", "permission_groups"];
  return operation.list({ list: "permissionGroups", path, item: permissionGroupSchema, permission });
}

/** Lists what a policy can apply to: `GET /accounts/{account_id}/iam/resource_groups`. */
export function listResourceGroups(operation: Operation, accountId: string): Promise<ApiResourceGroup[]> {
  const path = ["accounts", accountId, "iam", "resource_groups"];
  return operation.list({ list: "resourceGroups", path, item: resourceGroupSchema, permission });
}

/** Returns an account member's email, from either of the two places where Cloudflare puts it. */
export function emailOf({ email, user }: ApiAccountMember): string | undefined {
  return user?.email ?? email ?? undefined;
}
