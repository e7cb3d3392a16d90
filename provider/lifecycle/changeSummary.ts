import { getOrCreate } from "../memoize";
import type {
  DeploymentGroupInputs,
  MemberRef,
  PermissionGroupRef,
  PolicyInput,
  ResourceGroupRef,
  UserGroupInputs,
} from "../resourceTypes";
import { logInfo } from "../terminalText";
import { containsUnknown } from "./engine";
import type { KnownNames } from "./knownNames";
import { memberKey } from "./memberRefs";
import { refKey } from "./policyRefs";
import { resourceGroupKey } from "./resourceGroupRefs";

// The engine shows a change as hashes at positions of a list. So `diff` logs a line that says who gains or loses what.

/** Logs what a change does. Logs nothing when a summary has nothing to describe. */
export function logChange(summary: string | undefined): void {
  if (summary !== undefined) logInfo(summary);
}

/** Returns what a change of a group's members does. Both lists hold ids where they are known. */
export function summarizeMembers(
  userGroupId: string,
  stored: readonly MemberRef[],
  desired: readonly MemberRef[],
  names: KnownNames,
): string | undefined {
  if (containsUnknown(userGroupId)) return undefined;
  if (containsUnknown(desired)) return line(userGroup(userGroupId, names), ["changes members who are not known yet"]);
  const without = (refs: readonly MemberRef[], others: readonly MemberRef[]) => {
    const keys = new Set(others.map(memberKey));
    return refs.filter((ref) => !keys.has(memberKey(ref))).map((ref) => names.ofPerson(ref));
  };
  return line(userGroup(userGroupId, names), [
    verb("removes", without(stored, desired)),
    verb("adds", without(desired, stored)),
  ]);
}

/** Returns what a change of a user group does to its name and to what it allows and denies. */
export function summarizeUserGroup(
  stored: UserGroupInputs,
  desired: UserGroupInputs,
  names: KnownNames,
): string | undefined {
  return line(`User group ${quote(stored.name)}`, [
    rename(stored, desired),
    ...summarizePolicies(stored.policies, desired.policies, names),
  ]);
}

/** Returns what a change of a deployment group does to its name, its client versions and its device policies. */
export function summarizeDeploymentGroup(
  stored: DeploymentGroupInputs,
  desired: DeploymentGroupInputs,
): string | undefined {
  return line(`Deployment group ${quote(stored.name)}`, [
    rename(stored, desired),
    ...summarizeVersions(stored.versionConfigs, desired.versionConfigs),
    ...summarizeDevicePolicies(stored.policyIds, desired.policyIds),
  ]);
}

function summarizePolicies(
  stored: readonly PolicyInput[] | undefined,
  desired: readonly PolicyInput[],
  names: KnownNames,
): (string | undefined)[] {
  if (containsUnknown(desired)) return ["changes policies that are not known yet"];
  const [before, after] = [grantsOf(stored ?? []), grantsOf(desired)];
  const changes = [
    verb("adds", describeGrants("allow", after, before, names)),
    verb("removes", describeGrants("allow", before, after, names)),
    verb("denies", describeGrants("deny", after, before, names)),
    verb("no longer denies", describeGrants("deny", before, after, names)),
  ];
  const isSame = changes.some((change) => change !== undefined) || policyKeys(stored ?? []) === policyKeys(desired);
  return isSame ? changes : ["arranges its policies differently, and they allow the same as before"];
}

/** A permission on a resource that a policy allows or denies. */
interface Grant {
  access: "allow" | "deny";
  permission: PermissionGroupRef;
  resources: ResourceGroupRef;
}

function grantsOf(policies: readonly PolicyInput[]): Map<string, Grant> {
  const grants = new Map<string, Grant>();
  for (const { access, permissionGroups, resourceGroups } of policies)
    for (const permission of permissionGroups)
      for (const resources of resourceGroups)
        grants.set(JSON.stringify([access, refKey(permission), resourceGroupKey(resources)]), {
          access,
          permission,
          resources,
        });
  return grants;
}

/** Describes the grants of one kind that the other policies lack, with all permissions on the same resources together. */
function describeGrants(
  access: Grant["access"],
  grants: ReadonlyMap<string, Grant>,
  others: ReadonlyMap<string, Grant>,
  names: KnownNames,
): string[] {
  const permissions = new Map<string, string[]>();
  for (const [key, { permission, resources, ...grant }] of grants) {
    if (grant.access !== access || others.has(key)) continue;
    const place = `on ${describeResources(resources, names)}`;
    getOrCreate<string, string[]>(permissions, place, () => []).push(nameOf(permission, names));
  }
  return [...permissions].map(([place, granted]) => `${granted.join(", ")} ${place}`);
}

function describeResources({ scope, ...ref }: ResourceGroupRef, names: KnownNames): string {
  if (!scope) return nameOf(ref, names);
  const keys = scope.objects.map(({ key }) => key);
  return keys.every((key) => key === "*") ? scope.key : keys.join(", ");
}

function nameOf({ id = "", name }: PermissionGroupRef, names: KnownNames): string {
  return name ?? names.get(id) ?? id;
}

function policyKeys(policies: readonly PolicyInput[]): string {
  return JSON.stringify(policies.map((policy) => JSON.stringify([...grantsOf([policy]).keys()].sort())).sort());
}

function summarizeVersions(
  stored: DeploymentGroupInputs["versionConfigs"],
  desired: DeploymentGroupInputs["versionConfigs"],
): (string | undefined)[] {
  if (containsUnknown(desired)) return ["changes versions that are not known yet"];
  const versionsOf = (configs: DeploymentGroupInputs["versionConfigs"]) =>
    new Map(configs.map(({ targetEnvironment, version }) => [targetEnvironment ?? "any device", version]));
  const [before, after] = [versionsOf(stored), versionsOf(desired)];
  const changes = [...after].map(([environment, version]) => {
    const earlier = before.get(environment);
    if (earlier === undefined) return `adds ${environment} ${version}`;
    return earlier === version ? undefined : `${environment} ${earlier} → ${version}`;
  });
  const removed = [...before].filter(([environment]) => !after.has(environment)).map((config) => config.join(" "));
  return [...changes, verb("removes", removed)];
}

function summarizeDevicePolicies(stored: readonly string[], desired: readonly string[]): (string | undefined)[] {
  if (containsUnknown(desired)) return ["changes device policies that are not known yet"];
  return [
    verb(
      "adds device policy",
      desired.filter((id) => !stored.includes(id)),
    ),
    verb(
      "removes device policy",
      stored.filter((id) => !desired.includes(id)),
    ),
  ];
}

function rename(stored: { name: string }, desired: { name: string }): string | undefined {
  if (containsUnknown(desired.name)) return "gets a name that is not known yet";
  return stored.name === desired.name ? undefined : `gets the name ${quote(desired.name)}`;
}

function userGroup(id: string, names: KnownNames): string {
  const name = names.get(id);
  return `User group ${name === undefined ? id : quote(name)}`;
}

function verb(word: string, objects: readonly string[]): string | undefined {
  return objects.length > 0 ? `${word} ${objects.join(", ")}` : undefined;
}

function line(subject: string, parts: readonly (string | undefined)[]): string | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 ? `${subject}: ${known.join("; ")}.` : undefined;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
