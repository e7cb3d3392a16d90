import * as pulumi from "@pulumi/pulumi";
import { DeploymentGroup, UserGroup, UserGroupMembers } from "pulumi-cloudflare-groups";

const config = new pulumi.Config();
const clientVersion = config.require("clientVersion");
const permissionGroupIds = config.requireObject<string[]>("permissionGroupIds");
const resourceGroupIds = config.requireObject<string[]>("resourceGroupIds");
const memberIds = config.requireObject<string[]>("memberIds");

// What may be done, and to what.
const readers = new UserGroup("dns-readers", {
  name: "DNS readers",
  policies: [
    {
      access: "allow",
      permissionGroups: permissionGroupIds.map((id) => ({ id })),
      resourceGroups: resourceGroupIds.map((id) => ({ id })),
    },
  ],
});

// Who may do it: exactly these people, in any order.
const readersMembers = new UserGroupMembers("dns-readers", {
  userGroupId: readers.id,
  members: memberIds.map((id) => ({ id })),
});

// Which client version the first ring of devices runs.
const ring0 = new DeploymentGroup("ring-0", {
  name: "Engineering Ring 0",
  versionConfigs: [
    { targetEnvironment: "windows", version: clientVersion },
    { targetEnvironment: "macos", version: clientVersion },
  ],
});

export const readersId = readers.id;
export const readersEmails = readersMembers.members.apply((members) => members.map(({ email }) => email));
export const ring0UpdatedAt = ring0.updatedAt;
