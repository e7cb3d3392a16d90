import { expect } from "chai";
import type { ResourceKind, ResourceTypes } from "../../../provider/resourceTypes";
import type { Account } from "./accounts";
import type { DeploymentGroup, ListedMember, UserGroup } from "./responses";
import type { Sent } from "./sent";

// What a reader must keep of a response.

type Outputs<Kind extends ResourceKind> = Readonly<ResourceTypes[Kind]["outputs"]>;

/** The resources of an account, each with its id and a check of its outputs. */
export function resourcesOf({ userGroups, deploymentGroups }: Account): {
  [Kind in ResourceKind]: { id: string; check(outputs: Outputs<Kind>): void }[];
} {
  return {
    userGroup: userGroups.map(({ group }) => ({ id: group.id, check: (outputs) => expectUserGroup(outputs, group) })),
    userGroupPolicies: userGroups.map(({ group }) => ({
      id: group.id,
      check: ({ policies }) => expectPolicies(policies, group),
    })),
    userGroupMembers: userGroups.map(({ group, members }) => ({
      id: group.id,
      check: (outputs) =>
        expectMembers(
          outputs.members,
          members.map(({ listed }) => listed),
        ),
    })),
    userGroupMember: userGroups.flatMap(({ group, members }) =>
      members.map(({ listed, details }) => ({
        id: `${group.id}/${listed.id}`,
        check({ memberId, createdAt, ...outputs }) {
          expectMembers([{ ...outputs, id: memberId }], [listed]);
          expect(createdAt).to.equal(details.created_at ?? undefined);
        },
      })),
    ),
    deploymentGroup: deploymentGroups.map((group) => ({
      id: group.id,
      check: (outputs) => expectDeploymentGroup(outputs, group),
    })),
  };
}

/** Expects the outputs of a user group to hold everything that the response about it does. */
export function expectUserGroup(outputs: Outputs<"userGroup">, group: Sent<UserGroup>): void {
  const { name, createdOn, modifiedOn, policies } = outputs;
  expect([name, createdOn, modifiedOn]).to.deep.equal([group.name, group.created_on, group.modified_on]);
  expectPolicies(policies, group);
}

function expectPolicies(policies: Outputs<"userGroup">["policies"], group: Sent<UserGroup>): void {
  const sentPolicies = group.policies ?? [];
  expect(policies).to.have.length(sentPolicies.length);
  for (const { access, permission_groups, resource_groups } of sentPolicies) {
    const ids = sortIds(permission_groups ?? []);
    const isSame = (policy: (typeof policies)[number]) =>
      policy.access === (access ?? "allow") &&
      JSON.stringify(sortIds(policy.permissionGroups)) === JSON.stringify(ids) &&
      (resource_groups ?? []).every((sentGroup) => refersTo(JSON.stringify(policy.resourceGroups), sentGroup));
    expect(policies.some(isSame), `a policy with the permissions ${ids}`).to.equal(true);
  }
}

/** Whether a text refers to a resource group: by its id, or by all keys of its scopes. */
function refersTo(text: string, { id, scope }: { id?: string | null; scope: ScopeLike | ScopeLike[] }): boolean {
  const keys = [scope].flat().flatMap(({ key, objects }) => [key, ...objects.map((object) => object.key)]);
  return (id != null && text.includes(id)) || keys.every((key) => text.includes(JSON.stringify(key)));
}
type ScopeLike = { key: string; objects: { key: string }[] };

function expectMembers(members: Outputs<"userGroupMembers">["members"], sentMembers: Sent<ListedMember>[]): void {
  const expected = sentMembers.map(({ id, email, status }) => ({
    id,
    ...(email == null ? {} : { email }),
    ...(status == null ? {} : { status }),
  }));
  expect(
    members.map(({ id, email, status }) => ({ id, ...(email && { email }), ...(status && { status }) })),
  ).to.have.deep.members(expected);
}

/** Expects the outputs of a deployment group to hold everything that the response about it does. */
export function expectDeploymentGroup(outputs: Outputs<"deploymentGroup">, group: Sent<DeploymentGroup>): void {
  const { name, createdAt, updatedAt, versionConfigs, policyIds } = outputs;
  expect([name, createdAt, updatedAt]).to.deep.equal([group.name, group.created_at, group.updated_at]);
  expect(policyIds).to.have.members(group.policy_ids ?? []);
  expect(versionConfigs).to.have.deep.members(
    group.version_config.map(({ target_environment, version }) => ({ targetEnvironment: target_environment, version })),
  );
}

function sortIds(items: readonly { id: string }[]): string[] {
  return items.map(({ id }) => id).sort();
}
