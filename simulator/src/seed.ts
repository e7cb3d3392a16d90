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
  /** Default: `"accepted"`. A rejected member cannot join user groups. */
  status?: "accepted" | "pending" | "rejected";
  /** The id of the user, which is not the id of the member. 32 characters. Default: responses have no user id. */
  user_id?: string;
  first_name?: string;
  last_name?: string;
  /** Default: responses do not have this field. */
  two_factor_authentication_enabled?: boolean;
  /** Whether the member supports domain-scoped roles, which user groups require. Default: true. */
  domain_scoped_roles?: boolean;
  /** Default: no roles. */
  roles?: RoleSeed[];
  /** Policies of the member itself. Default: responses have no policies. */
  policies?: PolicyRequest[];
}

/** A role of an account member. */
export interface RoleSeed {
  id: string;
  name: string;
  description?: string;
  /** What the role may do in each part of the API, such as `{ analytics: { read: true, edit: false } }`. */
  permissions?: Record<string, Record<string, boolean>>;
}

export interface PermissionGroupSeed {
  id: string;
  name: string;
  label?: string;
  scopes?: string;
  /** More fields of `meta`. */
  meta?: Record<string, string>;
}

/** The objects that a resource group contains. */
export interface Scope {
  key: string;
  /** At least one object. */
  objects: { key: string }[];
}

export interface ResourceGroupSeed {
  id: string;
  /** Default: the group has no name. */
  name?: string;
  scope: Scope;
  /** Default: empty. */
  meta?: Record<string, string>;
}

/** A resource group that a policy refers to by id. */
export interface ResourceGroupReference {
  id: string;
}

/** A resource group that a policy defines by its scope. The API creates an anonymous resource group. */
export interface InlineResourceGroup {
  /** Only seeds can set the id. 32 characters. Default: a new id. */
  id?: string;
  scope: Scope;
  meta?: Record<string, string>;
}

/** A policy in a request. */
export interface PolicyRequest {
  id?: string;
  access: "allow" | "deny";
  permission_groups: { id: string }[];
  resource_groups: (ResourceGroupReference | InlineResourceGroup)[];
}

export interface UserGroupSeed {
  /** 32 characters. Default: a new id. */
  id?: string;
  name: string;
  policies?: PolicyRequest[];
  /** Ids of account members. */
  members?: string[];
  /** Whether an identity provider owns the group. Requests can only change its policies. Default: false. */
  scim_managed?: boolean;
  /** Default: the time of the clock. */
  created_on?: string;
  /** Default: the time of creation. */
  modified_on?: string;
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
  /** Default: the time of the clock. */
  created_at?: string;
  /** Default: the time of creation. */
  updated_at?: string;
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
