import * as pulumi from "@pulumi/pulumi";
import { DeploymentGroup, UserGroup, UserGroupMembers } from "pulumi-cloudflare-groups";

const config = new pulumi.Config();
const clientVersion = config.require("clientVersion");
const permissionGroupIds = config.requireObject<string[]>("permissionGroupIds");
const resourceGroupIds = config.requireObject<string[]>("resourceGroupIds");
const memberIds = config.requireObject<string[]>("memberIds");

// The group's permissions, and the resources that they apply to.
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

// All members of the group, in any order.
const readersMembers = new UserGroupMembers("dns-readers", {
  userGroupId: readers.id,
  members: memberIds.map((id) => ({ id })),
});

// The client version of the first ring of devices.
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
