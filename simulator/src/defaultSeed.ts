import type { Seed } from "./seed";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

/** The ids and credentials of the default seed. */
export const DEFAULTS = {
  accountId,
  /** A token with every permission. */
  apiToken: "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY",
  /** A token with `Account Settings Read` and `Zero Trust Read` only. */
  readOnlyToken: "Rd0nlyJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY",
  /** With `apiKey`, a credential with every permission. */
  email: "user@example.com",
  apiKey: "144c9defac04969c7bfad8efaa8ea194",
  /** Ids of account members. */
  members: {
    zoe: "4536bcfad5faccb111b47003c79917fa",
    adam: "4f5f0c14a2a41d5063dd301b2f829f04",
    maria: "7a3c1e905d2b4f6899e01c7d5b3a2f18",
    /** This member is `pending`: he has not accepted the invitation. */
    ben: "b8e2d74610fa4c3e8d95a6c0713f4e2d",
  },
  /** From the oldest to the newest. */
  permissionGroups: {
    zoneRead: "c8fed203ed3043cba015a93ad1616f1f",
    dnsRead: "82e64a83756745bbbb1c9c2701bf816b",
    dnsWrite: "4755a26eedb94da69e1066d98aa820be",
    networkMonitoring: "2b9a7f60c14d4e0fa8d35b6c7e8f9012",
  },
  resourceGroups: {
    account: "6d7f2f5f5b1d4a0e9081fdc98d432fd1",
    zone: "1f0c3a7be4d84e6fb1a2c3d4e5f60718",
  },
} as const;

const { members, permissionGroups, resourceGroups } = DEFAULTS;
const accountScope = `com.cloudflare.api.account.${accountId}`;
const zoneScope = "com.cloudflare.api.account.zone";

/** The default seed: one account without groups. */
export const DEFAULT_SEED: Seed = {
  accounts: [
    {
      id: accountId,
      members: [
        { id: members.zoe, email: "zoe@example.com", first_name: "Zoe", last_name: "Example" },
        { id: members.adam, email: "adam@example.com", first_name: "Adam", last_name: "Example" },
        { id: members.maria, email: "maria@example.com", first_name: "Maria", last_name: "Example" },
        { id: members.ben, email: "ben@example.com", status: "pending" },
      ],
      permission_groups: [
        { id: permissionGroups.zoneRead, name: "Zone Read", label: "zone_read", scopes: zoneScope },
        { id: permissionGroups.dnsRead, name: "DNS Read", label: "dns_read", scopes: zoneScope },
        { id: permissionGroups.dnsWrite, name: "DNS Write", label: "dns_write", scopes: zoneScope },
        {
          id: permissionGroups.networkMonitoring,
          name: "Magic Network Monitoring",
          label: "magic_network_monitoring",
          scopes: "com.cloudflare.api.account",
        },
      ],
      resource_groups: [
        { id: resourceGroups.account, name: accountScope, scope: { key: accountScope, objects: [{ key: "*" }] } },
        {
          id: resourceGroups.zone,
          name: "example.com",
          scope: { key: accountScope, objects: [{ key: `${zoneScope}.23f8d65290b24279ba6f44721b3eaad5` }] },
        },
      ],
    },
  ],
  credentials: [
    { token: DEFAULTS.apiToken },
    { email: DEFAULTS.email, api_key: DEFAULTS.apiKey },
    { token: DEFAULTS.readOnlyToken, permissions: ["Account Settings Read", "Zero Trust Read"] },
  ],
};
