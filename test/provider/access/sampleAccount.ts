import { DEFAULT_SEED, DEFAULTS, type Seed, type Simulator } from "../../../simulator/src";
import { id32 } from "./simulatedAccount";

const { members, permissionGroups, resourceGroups } = DEFAULTS;

/** The ids of what the sample adds to the simulator's default account. */
export const sample = {
  ada: id32("ada"),
  administrator: id32("Administrator"),
  role: id32("Super Administrator"),
};

const [defaultAccount] = DEFAULT_SEED.accounts;

/** The default account with an administrator by role, one by a group's policy, and a direct policy. */
export const sampleSeed: Seed = {
  ...DEFAULT_SEED,
  accounts: [
    {
      id: DEFAULTS.accountId,
      ...defaultAccount,
      members: [
        ...(defaultAccount?.members ?? []).map((member) =>
          member.id === members.maria
            ? {
                ...member,
                policies: [
                  {
                    access: "allow" as const,
                    permission_groups: [{ id: permissionGroups.networkMonitoring }],
                    resource_groups: [{ id: resourceGroups.account }],
                  },
                ],
              }
            : member,
        ),
        {
          id: sample.ada,
          email: "ada@example.com",
          roles: [{ id: sample.role, name: "Super Administrator - All Privileges" }],
        },
      ],
      permission_groups: [
        ...(defaultAccount?.permission_groups ?? []),
        { id: sample.administrator, name: "Administrator", label: "admin", scopes: "com.cloudflare.api.account" },
      ],
    },
  ],
};

/** Adds groups: zoe edits DNS, adam is an administrator, and ben's permission is denied by another group. */
export function addSampleGroups(simulator: Simulator): { editors: string; admins: string; blocked: string } {
  const account = simulator.account();
  const policy = (permission: string, resource: string, access: "allow" | "deny" = "allow") => ({
    access,
    permission_groups: [{ id: permission }],
    resource_groups: [{ id: resource }],
  });
  return {
    editors: account.addUserGroup({
      name: "DNS editors",
      policies: [policy(permissionGroups.dnsWrite, resourceGroups.zone)],
      members: [members.zoe, members.ben],
    }).id,
    admins: account.addUserGroup({
      name: "Admins",
      policies: [policy(sample.administrator, resourceGroups.account)],
      members: [members.adam],
    }).id,
    blocked: account.addUserGroup({
      name: "Blocked",
      policies: [policy(permissionGroups.dnsWrite, resourceGroups.account, "deny")],
      members: [members.ben],
    }).id,
  };
}
