import * as pulumi from "@pulumi/pulumi";
import {
  getPermissionGroupOutput,
  getResourceGroupOutput,
  Provider,
  UserGroup,
  UserGroupMembers,
} from "pulumi-cloudflare-groups";

/** What every account has: names and addresses only, as each account has ids of its own for the same things and people. */
function defineGroups(account: string, accountId: string, options: { provider?: Provider } = {}) {
  const wholeAccount = getResourceGroupOutput({ name: `com.cloudflare.api.account.${accountId}` }, options);
  const permissions = ["Zone Read", "DNS Read"].map((name) => getPermissionGroupOutput({ name }, options));

  const auditors = new UserGroup(
    `${account}-auditors`,
    {
      name: "Auditors",
      policies: [
        {
          access: "allow",
          permissionGroups: permissions.map(({ id }) => ({ id })),
          resourceGroups: [{ id: wholeAccount.id }],
        },
      ],
    },
    options,
  );

  new UserGroupMembers(
    `${account}-auditors`,
    { userGroupId: auditors.id, members: [{ email: "adam@example.com" }, { email: "zoe@example.com" }] },
    options,
  );
}

// The stack's own account, by the default provider: `cloudflare:accountId` and `cloudflare:apiToken`.
defineGroups("company", new pulumi.Config("cloudflare").require("accountId"));

// The other account, by a provider of its own.
const partner = new pulumi.Config("partner");
const partnerId = partner.require("accountId");
const provider = new Provider("partner", { accountId: partnerId, apiToken: partner.requireSecret("apiToken") });
defineGroups("partner", partnerId, { provider });
