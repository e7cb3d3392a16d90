import type { GetAccountMemberResult, GetPermissionGroupResult, GetResourceGroupResult } from "../lookups/results";
import type { UserGroupMembersMember } from "../resourceTypes";
import type { UncheckedInputs } from "./inputs";
import { replaceInList } from "./uncheckedLists";

// Where a program refers to an object by its id, it may pass the result of a lookup or an element of an output as it is.
// `check` keeps only the id. So the state, requests and comparisons never depend on the other properties.

/** Every property of a result beside the id. A list that lacks one does not compile. */
type OtherProperties<Result> = Readonly<Record<Exclude<keyof Result, "id">, true>>;

const ofPermissionGroup: OtherProperties<GetPermissionGroupResult> = {
  accountId: true,
  name: true,
  label: true,
  scopes: true,
};
const ofResourceGroup: OtherProperties<GetResourceGroupResult> = { accountId: true, name: true, scope: true };
const ofMember: OtherProperties<GetAccountMemberResult & UserGroupMembersMember> = {
  accountId: true,
  email: true,
  status: true,
};

/** Returns inputs whose policies refer by the id alone to each group that has an id. */
export function reduceGroups(inputs: UncheckedInputs): UncheckedInputs {
  return replaceInList(inputs, "policies", (policy) => {
    const reduced = replaceInList(policy, "permissionGroups", (group) => keepId(group, ofPermissionGroup));
    return replaceInList(reduced, "resourceGroups", reduceResourceGroup);
  });
}

/** Returns inputs that refer by the id alone to each member who has an id. */
export function reduceMembers(inputs: UncheckedInputs): UncheckedInputs {
  return replaceInList(inputs, "members", (member) => keepId(member, ofMember));
}

/** Only a lookup names a group with both id and scope. Without a name it is a mistake, which fails the check. */
function reduceResourceGroup(group: Readonly<Record<string, unknown>>): unknown {
  const isMistake = group.scope != null && group.name == null;
  return isMistake ? group : keepId(group, ofResourceGroup);
}

/** Returns an element with an id without these properties. Any other property stays, and fails the check. */
function keepId(element: Readonly<Record<string, unknown>>, others: Readonly<Record<string, true>>): unknown {
  if (element.id == null) return element;
  return Object.fromEntries(Object.entries(element).filter(([property]) => !Object.hasOwn(others, property)));
}
