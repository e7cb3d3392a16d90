/** A policy as the API answers it. */
export interface Policy {
  id: string;
  access: "allow" | "deny";
  /** The newest permission group first. */
  permission_groups: { id: string; name: string; meta?: { key: string; value: string } }[];
  resource_groups: {
    id: string;
    name: string;
    scope: { key: string; objects: { key: string }[] }[];
  }[];
}

/** A user group as the API answers it. */
export interface UserGroup {
  /** 32 hexadecimal digits. */
  id: string;
  created_on: string;
  modified_on: string;
  name: string;
  policies: Policy[];
}

/** A member of a user group as the API answers it. */
export interface GroupMember {
  /** The id of the account member. */
  id: string;
  email: string;
  status: "accepted" | "pending";
}
