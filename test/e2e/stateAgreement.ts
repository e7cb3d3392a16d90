import { expect } from "chai";
import type { AccountView } from "../../simulator/src";
import type { TestStack } from "./account";
import type { StoredResource } from "./pulumiProject";

/** Expects every resource in the state to exist in the account with the stored content. It costs no command. */
export async function expectStateToAgree(
  { project, account: defaultAccount }: TestStack,
  account: AccountView = defaultAccount,
): Promise<void> {
  const resources = (await project.resources()).filter((resource) => !resource.delete && !resource.external);
  for (const { urn, type, id, outputs, initErrors } of resources) {
    expect(initErrors, urn).to.equal(undefined);
    expect(describeStored(type, outputs), urn).to.deep.equal(describeHeld(type, String(id), account));
  }
}

function describeStored(type: string, outputs: StoredResource["outputs"] = {}): unknown {
  const { name, policies, members, memberId, versionConfigs, policyIds } = outputs;
  switch (type.split(":").at(-1)) {
    case "UserGroup":
      return { name, policies: sort(list(policies).map(describePolicy)) };
    case "UserGroupMembers":
      return sort(list(members).map(({ id }) => String(id)));
    case "UserGroupMember":
      return memberId;
    default:
      return {
        name,
        versions: sort(list(versionConfigs).map(({ targetEnvironment, version }) => `${targetEnvironment} ${version}`)),
        policyIds: sort(list(policyIds).map(String)),
      };
  }
}

function describeHeld(type: string, id: string, account: AccountView): unknown {
  const [groupId = "", memberId] = id.split("/");
  const memberIds = () => account.groupMembers(groupId).map((member) => member.id);
  switch (type.split(":").at(-1)) {
    case "UserGroup": {
      const { name, policies } = account.userGroup(groupId);
      return { name, policies: sort(list(policies).map(describePolicy)) };
    }
    case "UserGroupMembers":
      return sort(memberIds());
    case "UserGroupMember":
      return memberIds().find((member) => member === memberId);
    default: {
      const { name, version_config, policy_ids } = account.deploymentGroup(groupId);
      return {
        name,
        versions: sort(version_config.map(({ target_environment, version }) => `${target_environment} ${version}`)),
        policyIds: sort([...(policy_ids ?? [])]),
      };
    }
  }
}

/** Describes a policy in the form of the state or of the API. */
function describePolicy(policy: Record<string, unknown>): string {
  const permissions = list(policy.permissionGroups ?? policy.permission_groups).map(({ id }) => id);
  const resources = list(policy.resourceGroups ?? policy.resource_groups).map(({ id, scope }) => id ?? scope);
  return JSON.stringify([
    policy.access,
    sort(permissions.map(String)),
    sort(resources.map((one) => JSON.stringify(one))),
  ]);
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}

function sort(texts: string[]): string[] {
  return texts.toSorted();
}
