import * as pulumi from "@pulumi/pulumi";
import { UserGroup, UserGroupMembers } from "pulumi-cloudflare-groups";

const config = new pulumi.Config();

const onCall = new UserGroup("on-call", {
  name: "On call",
  policies: [
    {
      access: "allow",
      permissionGroups: [{ id: config.require("permissionGroupId") }],
      resourceGroups: [{ id: config.require("resourceGroupId") }],
    },
  ],
});

new UserGroupMembers("on-call", {
  userGroupId: onCall.id,
  members: [{ email: "adam@example.com" }, { email: "zoe@example.com" }],
});
