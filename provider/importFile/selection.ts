import type { Connection } from "../connection";
import { type Existing, type ExistingGroup, type ImportedKind, readGroups, readMembers } from "./account";
import type { Placed } from "./importFile";
import { pulumiNames } from "./names";
import type { OfficialResource } from "./stackExport";

const kindNames: Readonly<Record<ImportedKind, string>> = {
  userGroup: "user group",
  userGroupMembers: "members of a user group",
  deploymentGroup: "deployment group",
};

/**
 * The resources of these kinds in the account, under Pulumi names made of the groups' own; all of them, or those of the
 * groups that are named.
 *
 * @param wanted Names and ids of groups; empty for all groups.
 * @throws Error for a name that no group has.
 */
export async function selectFromAccount(
  connection: Connection,
  accountId: string,
  kinds: ReadonlySet<ImportedKind>,
  wanted: readonly string[],
): Promise<Placed[]> {
  const groupKinds = new Set([...kinds].map((kind) => (kind === "userGroupMembers" ? "userGroup" : kind)));
  const groups = await readGroups(connection, accountId, groupKinds);
  const isNamed = ({ id, props }: ExistingGroup, name: string) => id === name || props.name === name;
  for (const name of wanted)
    if (!groups.some((group) => isNamed(group, name))) throw new Error(noSuchGroup(groupKinds, name, accountId));
  const chosen = groups.filter((group) => wanted.length === 0 || wanted.some((name) => isNamed(group, name)));
  return [
    ...(await placedUserGroups(connection, accountId, kinds, chosen, groups)),
    ...placed(chosen, "deploymentGroup", groups),
  ];
}

async function placedUserGroups(
  connection: Connection,
  accountId: string,
  kinds: ReadonlySet<ImportedKind>,
  chosen: readonly ExistingGroup[],
  all: readonly ExistingGroup[],
): Promise<Placed[]> {
  const groups = placed(chosen, "userGroup", all);
  const ids = groups.map(({ id }) => id);
  const members = kinds.has("userGroupMembers") ? await readMembers(connection, accountId, ids) : [];
  return groups.flatMap((group, index) => {
    const { name } = group;
    const ofGroup = members.slice(index, index + 1).map((list) => ({ ...list, name }));
    return kinds.has("userGroup") ? [group, ...ofGroup] : ofGroup;
  });
}

function placed(
  chosen: readonly ExistingGroup[],
  kind: ExistingGroup["kind"],
  all: readonly ExistingGroup[],
): Placed[] {
  const named = all.filter((group) => group.kind === kind).map(({ id, props }) => ({ id, name: props.name }));
  const names = pulumiNames(named, kindNames[kind].replace(" ", "-"));
  return chosen
    .filter((group) => group.kind === kind)
    .map((group) => ({ ...group, name: names.get(group.id) ?? group.id }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * What takes the place of the official provider's resources, under the same Pulumi names and in the same components.
 *
 * @throws Error for one that does not exist in the account, and for one whose parent is replaced as well.
 */
export async function selectFromStack(
  connection: Connection,
  accountId: string,
  officials: readonly OfficialResource[],
): Promise<Placed[]> {
  const groups = await readGroups(connection, accountId, new Set(officials.map(({ kind }) => kind)));
  const ids = officials.filter(({ kind }) => kind === "userGroupMembers").map(({ id }) => id);
  const existing: Existing[] = [...groups, ...(await readMembers(connection, accountId, ids))];
  return officials.map(({ kind, id, name, parent }) => {
    const found = existing.find((candidate) => candidate.kind === kind && candidate.id === id);
    if (!found)
      throw new Error(
        `Could not find the ${kindNames[kind]} ${JSON.stringify(name)} (${id}) of the stack in the account ${accountId}. ` +
          "Run `pulumi refresh` and `pulumi stack export` again.",
      );
    if (officials.some(({ urn }) => urn === parent))
      throw new Error(
        `Could not place the ${kindNames[kind]} ${JSON.stringify(name)}: its parent ${parent} is to be replaced too. ` +
          "Take the option `parent` off in the program, with an alias for the old place, and run `pulumi up` first.",
      );
    return { ...found, name, parent };
  });
}

function noSuchGroup(kinds: ReadonlySet<ImportedKind>, name: string, accountId: string): string {
  const what = [...kinds].map((kind) => kindNames[kind]).join(" or ");
  return `Could not find a ${what} with the name or id ${JSON.stringify(name)} in the account ${accountId}. Nothing was written.`;
}
