import type { AccountView } from "../../simulator/src";
import type { StoredResource } from "../e2e/pulumiProject";
import { policyKey } from "./plan";
import type { Resources } from "./program";

/** What an account holds, or is to hold, in one form: a line for each group. */
type Content = string[];

/** Every line in which the account is not exactly what the program says; none where it is. */
export function differences(account: AccountView, resources: Resources): string[] {
  const wanted = contentOf(resources);
  const found = contentIn(account);
  return [
    ...surplus(wanted, found).map((line) => `missing at Cloudflare: ${line}`),
    ...surplus(found, wanted).map((line) => `at Cloudflare, but not in the program: ${line}`),
  ];
}

/** Every group that is not once in the state and once in the account, and every resource whose creation did not end well. */
export function stateDifferences(account: AccountView, stored: readonly StoredResource[], count: number): string[] {
  const idsOf = (type: string) =>
    stored.filter((resource) => resource.type.endsWith(`:${type}`)).map(({ id }) => `${id}`);
  const compare = (type: string, groups: readonly { id: string; name: string }[]) => [
    ...surplus(
      groups.map(({ id }) => id),
      idsOf(type),
    ).map((id) => {
      const name = groups.find((group) => group.id === id)?.name;
      return `not in the state: the ${type} ${JSON.stringify(name)} (${id})`;
    }),
    ...surplus(
      idsOf(type),
      groups.map(({ id }) => id),
    ).map((id) => `only in the state: a ${type} (${id})`),
  ];
  return [
    ...compare("UserGroup", account.userGroups()),
    ...compare("DeploymentGroup", account.deploymentGroups()),
    ...stored.flatMap(({ urn, initErrors = [] }) => initErrors.map((error) => `half-made: ${urn}: ${error}`)),
    ...(stored.length === count ? [] : [`the state has ${stored.length} resources, the program ${count}`]),
  ];
}

function contentOf({ userGroups, memberSets, deploymentGroups }: Resources): Content {
  return [
    ...userGroups.map(({ key, name, policies }) => {
      const members = memberSets.find(({ group }) => group === key)?.members ?? [];
      return lineOf(
        "user group",
        name,
        policies.map(policyKey),
        members.map(({ id }) => id),
      );
    }),
    ...deploymentGroups.map(({ name, versionConfigs, policyIds }) =>
      lineOf(
        "deployment group",
        name,
        versionConfigs.map(({ targetEnvironment: target, version }) => `${target} ${version}`),
        policyIds,
      ),
    ),
  ];
}

function contentIn(account: AccountView): Content {
  return [
    ...account.userGroups().map(({ id, name, policies }) => {
      const keys = policies.map(({ access, permission_groups, resource_groups }) =>
        policyKey({ access, permissionGroups: permission_groups, resourceGroups: resource_groups }),
      );
      return lineOf(
        "user group",
        name,
        keys,
        account.groupMembers(id).map((member) => member.id),
      );
    }),
    ...account.deploymentGroups().map(({ name, version_config, policy_ids }) =>
      lineOf(
        "deployment group",
        name,
        version_config.map(({ target_environment: target, version }) => `${target} ${version}`),
        policy_ids ?? [],
      ),
    ),
  ];
}

function lineOf(kind: string, name: string, ...sets: string[][]): string {
  return `${kind} ${JSON.stringify(name)} ${sets.map((set) => JSON.stringify(set.toSorted())).join(" ")}`;
}

/** What `list` holds more often than `other`. */
function surplus(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((element) => {
    const at = left.indexOf(element);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
