/**
 * What an account holds when the simulator starts. The fields are named as the API names them.
 *
 * The ids of accounts, members, permission groups and resource groups have 32 characters.
 */
export interface Seed {
  /** At least one. */
  accounts: AccountSeed[];
  /** The credentials that are accepted; at least one. */
  credentials: CredentialSeed[];
}

export interface AccountSeed {
  id: string;
  members?: MemberSeed[];
  /** From the oldest to the newest: the API lists those of a policy newest first. */
  permission_groups?: PermissionGroupSeed[];
  resource_groups?: ResourceGroupSeed[];
  user_groups?: UserGroupSeed[];
  deployment_groups?: DeploymentGroupSeed[];
}

export interface MemberSeed {
  id: string;
  email: string;
  /** Default `"accepted"`. */
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

/** A policy as a request carries it. */
export interface PolicyBody {
  id?: string;
  access: "allow" | "deny";
  permission_groups: { id: string }[];
  resource_groups: { id: string }[];
}

export interface UserGroupSeed {
  /** 32 characters; default: a fresh one. */
  id?: string;
  name: string;
  policies?: Omit<PolicyBody, "id">[];
  /** Ids of account members. */
  members?: string[];
}

export interface VersionConfig {
  target_environment: string | null;
  version: string;
}

export interface DeploymentGroupSeed {
  /** A UUID; default: a fresh one. */
  id?: string;
  name: string;
  version_config: VersionConfig[];
  policy_ids?: string[];
}

/** What a credential may do, in Cloudflare's names. `Write` includes `Read`. */
export type Permission =
  | "Account Settings Read"
  | "Account Settings Write"
  | "SCIM Provisioning"
  | "Zero Trust Read"
  | "Zero Trust Write";

/** An API token, or an e-mail address with an API key. */
export type CredentialSeed = ({ token: string } | { email: string; api_key: string }) & {
  /** Ids of the accounts it reaches; default: all. */
  accounts?: string[];
  /** Default: all. */
  permissions?: Permission[];
};
