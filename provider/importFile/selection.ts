import type { ProviderContext } from "../providerContext";
import { suggestNames } from "../suggestions";
import type { ImportEntry } from "./importFile";
import { pulumiNames } from "./names";
import { type ImportedKind, type RemoteGroup, type RemoteResource, readGroups, readMembers } from "./remoteResources";
import type { OfficialResource } from "./stackExport";

const displayNames: Readonly<Record<ImportedKind, string>> = {
  userGroup: "user group",
  userGroupMembers: "members of a user group",
  deploymentGroup: "deployment group",
};

/**
 * Reads the resources of these kinds in the account, and makes their Pulumi names from the names of the groups.
 *
 * @param selected Names and ids of groups; empty for all groups.
 * @throws Error for a name that no group has.
 */
export async function selectFromAccount(
  context: ProviderContext,
  accountId: string,
  kinds: ReadonlySet<ImportedKind>,
  selected: readonly string[],
): Promise<ImportEntry[]> {
  const groupKinds = new Set([...kinds].map((kind) => (kind === "userGroupMembers" ? "userGroup" : kind)));
  const groups = await readGroups(context, accountId, groupKinds);
  const isNamed = ({ id, outputs }: RemoteGroup, name: string) => id === name || outputs.name === name;
  for (const name of selected)
    if (!groups.some((group) => isNamed(group, name)))
      throw new Error(noSuchGroup(groupKinds, groups, name, accountId));
  const chosen = groups.filter((group) => selected.length === 0 || selected.some((name) => isNamed(group, name)));
  return [
    ...(await toUserGroupEntries(context, accountId, kinds, chosen, groups)),
    ...toGroupEntries(chosen, "deploymentGroup", groups),
  ];
}

async function toUserGroupEntries(
  context: ProviderContext,
  accountId: string,
  kinds: ReadonlySet<ImportedKind>,
  chosen: readonly RemoteGroup[],
  all: readonly RemoteGroup[],
): Promise<ImportEntry[]> {
  const groups = toGroupEntries(chosen, "userGroup", all);
  const ids = groups.map(({ id }) => id);
  const members = kinds.has("userGroupMembers") ? await readMembers(context, accountId, ids) : [];
  return groups.flatMap((group, index) => {
    const { name } = group;
    const ofGroup = members.slice(index, index + 1).map((list) => ({ ...list, name }));
    return kinds.has("userGroup") ? [group, ...ofGroup] : ofGroup;
  });
}

function toGroupEntries(
  chosen: readonly RemoteGroup[],
  kind: RemoteGroup["kind"],
  all: readonly RemoteGroup[],
): ImportEntry[] {
  const named = all.filter((group) => group.kind === kind).map(({ id, outputs }) => ({ id, name: outputs.name }));
  const names = pulumiNames(named, displayNames[kind].replace(" ", "-"));
  return chosen
    .filter((group) => group.kind === kind)
    .map((group) => ({ ...group, name: names.get(group.id) ?? group.id }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * Reads the resources that replace those of the official provider, with the same Pulumi names and in the same components.
 *
 * @throws Error for a resource that does not exist in the account, and for one whose parent is replaced too.
 */
export async function selectFromStack(
  context: ProviderContext,
  accountId: string,
  officials: readonly OfficialResource[],
): Promise<ImportEntry[]> {
  const groups = await readGroups(context, accountId, new Set(officials.map(({ kind }) => kind)));
  const ids = officials.filter(({ kind }) => kind === "userGroupMembers").map(({ id }) => id);
  const remote: RemoteResource[] = [...groups, ...(await readMembers(context, accountId, ids))];
  return officials.map(({ kind, id, name, parent }) => {
    const found = remote.find((candidate) => candidate.kind === kind && candidate.id === id);
    if (!found)
      throw new Error(
        `Could not find the ${displayNames[kind]} ${JSON.stringify(name)} (${id}) of the stack in the account ${accountId}. ` +
          "Run `pulumi refresh` and `pulumi stack export` again.",
      );
    if (officials.some(({ urn }) => urn === parent))
      throw new Error(
        `Could not place the ${displayNames[kind]} ${JSON.stringify(name)}: its parent ${parent} is replaced too. ` +
          "Remove the option `parent` in the program, add an alias for the old place, and run `pulumi up` first.",
      );
    return { ...found, name, parent };
  });
}

function noSuchGroup(
  kinds: ReadonlySet<ImportedKind>,
  groups: readonly RemoteGroup[],
  name: string,
  accountId: string,
): string {
  const what = [...kinds].map((kind) => displayNames[kind]).join(" or ");
  const names = groups.map(({ outputs }) => outputs.name);
  const suggestions = suggestNames(name, names).map((suggestion) => JSON.stringify(suggestion));
  const question = suggestions.length > 0 ? ` Did you mean ${suggestions.join(" or ")}?` : "";
  return (
    `Could not find a ${what} with the name or id ${JSON.stringify(name)} in the account ${accountId}. Nothing was written.` +
    question
  );
}
