import { readFileSync } from "node:fs";
import { UserGroup, UserGroupMembers } from "@pulumi/cloudflare";
import type { Group } from "../groups";

const groups: Group[] = JSON.parse(readFileSync("groups.json", "utf8"));
const accountId = process.env.CLOUDFLARE_ACCOUNT_ID ?? "";

for (const { name, policies, members } of groups) {
  const { id } = new UserGroup(name, { accountId, name, policies });
  new UserGroupMembers(name, { accountId, userGroupId: id, members });
}
