import type { AccountResources } from "../state/accountResources";
import type { Policy, UserGroup } from "../state/apiTypes";
import type { ApiVariants } from "../variants";
import { renderPermissionGroup } from "./permissionGroup";
import { renderAnonymousResourceGroup, renderResourceGroup } from "./resourceGroup";

export function renderUserGroup(
  group: UserGroup,
  resources: AccountResources,
  variants: ApiVariants,
): Record<string, unknown> {
  return {
    ...group,
    ...(variants.undocumentedFields === "present" ? { status: "V" } : {}),
    policies: group.policies.map((policy) => renderPolicy(policy, group.modified_on, resources, variants)),
  };
}

/** `createdOn` is the time of the policy. Without it the policy has no undocumented fields. */
export function renderPolicy(
  policy: Policy,
  createdOn: string | undefined,
  resources: AccountResources,
  variants: ApiVariants,
): Record<string, unknown> {
  return {
    id: policy.id,
    access: policy.access,
    ...(variants.undocumentedFields === "present" && createdOn !== undefined
      ? { status: "V", created_on: createdOn, modified_on: createdOn }
      : {}),
    permission_groups: policy.permission_groups.flatMap(({ id }) => {
      const group = resources.permissionGroups.get(id);
      return group === undefined ? [] : [renderPermissionGroup(group, "policy", variants)];
    }),
    resource_groups: policy.resource_groups.flatMap(({ id }) => {
      const anonymous = resources.anonymousResourceGroups.get(id);
      if (anonymous !== undefined) return [renderAnonymousResourceGroup(anonymous, createdOn, variants)];
      const group = resources.resourceGroups.get(id);
      return group === undefined ? [] : [renderResourceGroup(group, "policy", variants)];
    }),
  };
}
