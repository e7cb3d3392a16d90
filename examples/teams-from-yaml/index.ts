import { join } from "node:path";
import {
  getAccountMemberOutput,
  getPermissionGroupOutput,
  getResourceGroupOutput,
  UserGroup,
  UserGroupMembers,
} from "pulumi-cloudflare-groups";
import { readTeams } from "./readTeams";

for (const { name, people, permissions, resources } of readTeams(join(__dirname, "teams.yaml"))) {
  const group = new UserGroup(name, {
    name,
    policies: [
      {
        access: "allow",
        permissionGroups: permissions.map((name) => getPermissionGroupOutput({ name })),
        resourceGroups: resources.map((name) => getResourceGroupOutput({ name })),
      },
    ],
  });

  // With this lookup an unknown email fails the preview, before the pull request is merged.
  const members = people.map((email) => ({ email: getAccountMemberOutput({ email }).email }));
  new UserGroupMembers(name, { userGroupId: group.id, members });
}
