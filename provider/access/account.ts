// The access in one account, in this package's own names. Only `readAccount.ts` knows Cloudflare's snake_case.

/** A permission group that a policy refers to, or a role. */
export interface Permission {
  id: string;
  name: string;
  /** Cloudflare's stable short name, such as `dns_read`. */
  label?: string | undefined;
}

/** The objects that a resource group contains. */
export interface Scope {
  key: string;
  objects: readonly { key: string }[];
}

/** The resources of a policy: a resource group of the account, scopes, or both. */
export interface PolicyResources {
  id?: string | undefined;
  name?: string | undefined;
  scopes?: readonly Scope[] | undefined;
}

/** A policy of a user group or of an account member. */
export interface Policy {
  id?: string | undefined;
  access: "allow" | "deny";
  /** The ids of permission groups. Undefined when Cloudflare does not return them. */
  permissionIds: readonly string[] | undefined;
  /** Undefined when Cloudflare does not return them. */
  resources: readonly PolicyResources[] | undefined;
  /** The time of its creation, when Cloudflare returns it. */
  createdOn?: string | undefined;
}

/** A member of the account. */
export interface Person {
  /** The id of the account member, which is not the id of the user. */
  id: string;
  email?: string | undefined;
  name?: string | undefined;
  status?: string | undefined;
  /** The policies of the member itself, without those that it inherits. */
  policies: readonly Policy[];
  roles: readonly Permission[];
}

/** A user group. */
export interface Group {
  id: string;
  name: string;
  policies: readonly Policy[];
  /** The ids of account members. */
  memberIds: readonly string[];
}

/** Everything in one account that decides who may do what. */
export interface AccountAccess {
  accountId: string;
  people: readonly Person[];
  groups: readonly Group[];
  /** The permission groups that policies refer to. */
  permissions: readonly Permission[];
  /** The resource groups that policies refer to. */
  resourceGroups: readonly PolicyResources[];
}
