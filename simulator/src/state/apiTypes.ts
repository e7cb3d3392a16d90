import type { RoleSeed, Scope, VersionConfig } from "../seed";

/** A policy in a response. */
export interface Policy {
  id: string;
  access: "allow" | "deny";
  /** The newest permission group comes first. */
  permission_groups: { id: string; name: string; meta?: { key: string; value: string } }[];
  /** A resource group that a policy defines by its scope has no name. */
  resource_groups: { id: string; name?: string; scope: Scope[] }[];
}

/** A user group in a response. */
export interface UserGroup {
  /** 32 hexadecimal digits. */
  id: string;
  created_on: string;
  modified_on: string;
  name: string;
  policies: Policy[];
}

/** A member of a user group in a response. */
export interface GroupMember {
  /** The id of the account member. */
  id: string;
  email: string;
  status: AccountMember["status"];
}

/** A deployment group in a response. */
export interface DeploymentGroup {
  id: string;
  created_at: string;
  name: string;
  updated_at: string;
  version_config: VersionConfig[];
  /** Absent if no policy was ever assigned. `null` if all were removed. */
  policy_ids?: string[] | null;
}

/** A member of the account. */
export interface AccountMember {
  id: string;
  email: string;
  status: "accepted" | "pending" | "rejected";
  user_id?: string;
  first_name: string | null;
  last_name: string | null;
  two_factor_authentication_enabled?: boolean;
  roles: RoleSeed[];
  /** The policies of the member itself. Absent if none were ever assigned. */
  policies?: Policy[];
}
