import type { CloudflareClient } from "./client";
import {
  accountMember,
  permissionGroup,
  resourceGroup,
  type WireAccountMember,
  type WirePermissionGroup,
  type WireResourceGroup,
} from "./wire";

// What an account has besides its groups, and what groups refer to by id: each whole, all pages.

const permission = '"Account Settings Read"';

/** Everybody in the account, those included who have not accepted yet: `GET /accounts/{account_id}/members`. */
export function listAccountMembers(client: CloudflareClient, accountId: string): Promise<WireAccountMember[]> {
  const doing = `list the members of the account ${accountId}`;
  return client.list({ doing, path: ["accounts", accountId, "members"], result: accountMember, permission });
}

/** What may be allowed or denied: `GET /accounts/{account_id}/iam/permission_groups`. */
export function listPermissionGroups(client: CloudflareClient, accountId: string): Promise<WirePermissionGroup[]> {
  const doing = `list the permission groups of the account ${accountId}`;
  const path = ["accounts", accountId, "iam", "permission_groups"];
  return client.list({ doing, path, result: permissionGroup, permission });
}

/** To what it may be allowed or denied: `GET /accounts/{account_id}/iam/resource_groups`. */
export function listResourceGroups(client: CloudflareClient, accountId: string): Promise<WireResourceGroup[]> {
  const doing = `list the resource groups of the account ${accountId}`;
  const path = ["accounts", accountId, "iam", "resource_groups"];
  return client.list({ doing, path, result: resourceGroup, permission });
}

/** A member's e-mail address, wherever Cloudflare tells it. */
export function emailOf({ email, user }: WireAccountMember): string | undefined {
  return user?.email ?? email ?? undefined;
}
