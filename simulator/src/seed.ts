/**
 * The content of the simulator when it starts. Fields have the API's names.
 *
 * Ids of accounts, members, permission groups and resource groups have 32 characters.
 */
export interface Seed {
  /** At least one account. */
  accounts: AccountSeed[];
  /** The credentials that the simulator accepts. At least one. */
  credentials: CredentialSeed[];
}

export interface AccountSeed {
  id: string;
  members?: MemberSeed[];
  /** From the oldest to the newest. A policy lists its permission groups from the newest to the oldest. */
  permission_groups?: PermissionGroupSeed[];
  resource_groups?: ResourceGroupSeed[];
  user_groups?: UserGroupSeed[];
  deployment_groups?: DeploymentGroupSeed[];
}

export interface MemberSeed {
  id: string;
  /** At most 90 characters. */
  email: string;
  /** Default: `"accepted"`. */
  status?: "accepted" | "pending";
  first_name?: string;
  last_name?: string;
}

export interface PermissionGroupSeed {
  id: string;
  name: string;
  label?: string;
  scopes?: string;
}

export interface ResourceGroupSeed {
  id: string;
  name: string;
  scope: { key: string; objects: { key: string }[] };
}

/** A policy in a request. */
export interface PolicyRequest {
  id?: string;
  access: "allow" | "deny";
  permission_groups: { id: string }[];
  resource_groups: { id: string }[];
}

export interface UserGroupSeed {
  /** 32 characters. Default: a new id. */
  id?: string;
  name: string;
  policies?: Omit<PolicyRequest, "id">[];
  /** Ids of account members. */
  members?: string[];
}

export interface VersionConfig {
  target_environment: string | null;
  version: string;
}

export interface DeploymentGroupSeed {
  /** A UUID. Default: a new one. */
  id?: string;
  name: string;
  version_config: VersionConfig[];
  policy_ids?: string[];
}

/** A permission of a credential, in Cloudflare's words. `Write` includes `Read`. */
export type Permission =
  | "Account Settings Read"
  | "Account Settings Write"
  | "SCIM Provisioning"
  | "Zero Trust Read"
  | "Zero Trust Write";

/** An API token, or an email address with an API key. */
export type CredentialSeed = ({ token: string } | { email: string; api_key: string }) & {
  /** Ids of the accounts that the credential covers. Default: all accounts. */
  accounts?: string[];
  /** Default: all permissions. */
  permissions?: Permission[];
};
