import * as pulumi from "@pulumi/pulumi";
import {
  getPermissionGroupOutput,
  getResourceGroupOutput,
  Provider,
  UserGroup,
  UserGroupMembers,
} from "pulumi-cloudflare-groups";

/** Defines the groups of one account by names and emails, because each account has its own ids. */
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
          permissionGroups: permissions,
          resourceGroups: [wholeAccount],
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

// The default provider has the settings `cloudflare:accountId` and `cloudflare:apiToken`.
defineGroups("company", new pulumi.Config("cloudflare").require("accountId"));

// An explicit provider has the settings of the other account.
const partner = new pulumi.Config("partner");
const partnerId = partner.require("accountId");
const provider = new Provider("partner", { accountId: partnerId, apiToken: partner.requireSecret("apiToken") });
defineGroups("partner", partnerId, { provider });
