import type { AccountSeed, MemberSeed, PolicyRequest, UserGroupSeed } from "./seed";
import type { Account } from "./state/account";
import type { AccountMemberRecord } from "./state/accountMembers";
import type { AccountResources } from "./state/accountResources";
import type { PolicyRecord } from "./state/policies";
import type { UserGroupRecord } from "./state/userGroups";

/** Returns a seed that creates the account again, with the same ids and times. */
export function exportAccount(account: Account): AccountSeed {
  const { id, resources, members, userGroups, deploymentGroups } = account;
  return structuredClone({
    id,
    members: members.listRecords().map((record) => exportMember(record, resources)),
    permission_groups: [...resources.permissionGroups.values()],
    resource_groups: [...resources.resourceGroups.values()],
    user_groups: userGroups.listRecords().map((record) => exportUserGroup(record, resources)),
    deployment_groups: deploymentGroups.listSeeds(),
  });
}

function exportMember(record: AccountMemberRecord, resources: AccountResources): MemberSeed {
  const { hasDomainScopedRoles, first_name, last_name, policies, ...member } = record;
  return {
    ...member,
    ...(first_name === null ? {} : { first_name }),
    ...(last_name === null ? {} : { last_name }),
    domain_scoped_roles: hasDomainScopedRoles,
    ...(policies === undefined ? {} : { policies: policies.map((policy) => exportPolicy(policy, resources)) }),
  };
}

function exportUserGroup(record: UserGroupRecord, resources: AccountResources): UserGroupSeed {
  const { id, name, created_on, modified_on, policies, members, isScimManaged } = record;
  return {
    id,
    name,
    created_on,
    modified_on,
    policies: policies.map((policy) => exportPolicy(policy, resources)),
    members: [...members.keys()],
    scim_managed: isScimManaged,
  };
}

function exportPolicy(policy: PolicyRecord, resources: AccountResources): PolicyRequest {
  return {
    id: policy.id,
    access: policy.access,
    permission_groups: policy.permissionGroupIds.map((id) => ({ id })),
    resource_groups: policy.resourceGroupIds.map((id) => {
      const anonymous = resources.anonymousResourceGroups.get(id);
      if (anonymous === undefined) return { id };
      const { scope, meta } = anonymous;
      return { id, scope, ...(meta === undefined ? {} : { meta }) };
    }),
  };
}
