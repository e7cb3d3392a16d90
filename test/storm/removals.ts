import type { AccountView } from "../../simulator/src";

/** By the id of each user group the emails of its members, by their ids. */
export type Membership = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function readMembership(account: AccountView): Membership {
  return new Map(
    account
      .userGroups()
      .map(({ id }) => [id, new Map(account.groupMembers(id).map((member) => [member.id, member.email ?? ""]))]),
  );
}

/** Returns a line for each person who left a group, and each group that was deleted, if no line of the output names both. */
export function findUnnamedRemovals(before: Membership, after: Membership, output: string): string[] {
  const lines = output.split("\n");
  return [...before].flatMap(([groupId, members]) => {
    const log = lines.filter((line) => line.includes(groupId)).join("\n");
    const now = after.get(groupId);
    if (!now) return log === "" ? [`the user group ${groupId} was deleted without a word in the log`] : [];
    return [...members]
      .filter(([id, email]) => !now.has(id) && !log.includes(email) && !log.includes(id))
      .map(([, email]) => `${email} left the user group ${groupId} without a word in the log`);
  });
}
