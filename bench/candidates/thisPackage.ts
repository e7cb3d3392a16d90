import { readFileSync } from "node:fs";
import { UserGroup, UserGroupMembers } from "pulumi-cloudflare-groups";
import type { Group } from "../groups";

const groups: Group[] = JSON.parse(readFileSync("groups.json", "utf8"));

for (const { name, policies, members } of groups) {
  const { id } = new UserGroup(name, { name, policies });
  new UserGroupMembers(name, { userGroupId: id, members });
}
