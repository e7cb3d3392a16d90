import { join } from "node:path";
import { UserGroup, UserGroupMembers } from "pulumi-cloudflare-groups";
import { readTeams } from "./readTeams";

for (const { name, people, permissions, resources } of readTeams(join(__dirname, "teams.yaml"))) {
  const group = new UserGroup(name, {
    name,
    policies: [
      {
        access: "allow",
        permissionGroups: permissions.map((name) => ({ name })),
        resourceGroups: resources.map((name) => ({ name })),
      },
    ],
  });

  new UserGroupMembers(name, { userGroupId: group.id, members: people.map((email) => ({ email })) });
}
