import type { Connection } from "../connection";
import type { Handler } from "../dynamicResource";
import { DeploymentGroupLifecycle } from "../lifecycle/deploymentGroup";
import { UserGroupLifecycle } from "../lifecycle/userGroup";
import { UserGroupMembersLifecycle } from "../lifecycle/userGroupMembers";

/** The kinds of resource that an import file holds: people come in as the whole set of their group, never one by one. */
export type ImportedKind = Exclude<Handler, "userGroupMember">;

type Reading<Kind extends ImportedKind, Read> = { kind: Kind } & Read;

/** What Cloudflare has, in the form in which a stack's state holds it. */
export type Existing =
  | Reading<"userGroup", Awaited<ReturnType<UserGroupLifecycle["readAll"]>>[number]>
  | Reading<"userGroupMembers", Awaited<ReturnType<UserGroupMembersLifecycle["readMembersOf"]>>>
  | Reading<"deploymentGroup", Awaited<ReturnType<DeploymentGroupLifecycle["readAll"]>>[number]>;

/** A user group or a deployment group; the members of a user group are read apart. */
export type ExistingGroup = Exclude<Existing, { kind: "userGroupMembers" }>;

/** How many lists of members are read at once. */
const listsAtOnce = 8;

/** Every group of these kinds in the account: one list for each kind. */
export async function readGroups(
  connection: Connection,
  accountId: string,
  kinds: ReadonlySet<ImportedKind>,
): Promise<ExistingGroup[]> {
  const groups: ExistingGroup[] = [];
  if (kinds.has("userGroup"))
    for (const group of await new UserGroupLifecycle(connection).readAll(accountId))
      groups.push({ kind: "userGroup", ...group });
  if (kinds.has("deploymentGroup"))
    for (const group of await new DeploymentGroupLifecycle(connection).readAll(accountId))
      groups.push({ kind: "deploymentGroup", ...group });
  return groups;
}

/** The members of these user groups, in the same order: one list for each. */
export async function readMembers(
  connection: Connection,
  accountId: string,
  userGroupIds: readonly string[],
): Promise<Existing[]> {
  const lifecycle = new UserGroupMembersLifecycle(connection);
  const read: Existing[] = [];
  for (let start = 0; start < userGroupIds.length; start += listsAtOnce) {
    const ids = userGroupIds.slice(start, start + listsAtOnce);
    const lists = await Promise.all(ids.map((id) => lifecycle.readMembersOf(id, accountId)));
    for (const list of lists) read.push({ kind: "userGroupMembers", ...list });
  }
  return read;
}
