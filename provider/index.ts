export { DeploymentGroup, type DeploymentGroupArgs, type DeploymentGroupVersionConfigArgs } from "./deploymentGroup";
export { type GetAccountMemberArgs, getAccountMember, getAccountMemberOutput } from "./lookups/accountMember";
export {
  type GetDeploymentGroupArgs,
  type GetDeploymentGroupByIdArgs,
  type GetDeploymentGroupByNameArgs,
  getDeploymentGroup,
  getDeploymentGroupOutput,
  getDeploymentGroups,
  getDeploymentGroupsOutput,
} from "./lookups/deploymentGroup";
export type { LookupArgs, LookupInputs, LookupOptions } from "./lookups/lookup";
export {
  type GetPermissionGroupArgs,
  type GetPermissionGroupByLabelArgs,
  type GetPermissionGroupByNameArgs,
  getPermissionGroup,
  getPermissionGroupOutput,
  getPermissionGroups,
  getPermissionGroupsOutput,
} from "./lookups/permissionGroup";
export {
  type GetResourceGroupArgs,
  getResourceGroup,
  getResourceGroupOutput,
  getResourceGroups,
  getResourceGroupsOutput,
} from "./lookups/resourceGroup";
export type {
  GetAccountMemberResult,
  GetDeploymentGroupResult,
  GetPermissionGroupResult,
  GetResourceGroupObject,
  GetResourceGroupResult,
  GetResourceGroupScope,
  GetUserGroupMembersResult,
  GetUserGroupResult,
  LookupResults,
} from "./lookups/results";
export {
  type GetUserGroupArgs,
  type GetUserGroupByIdArgs,
  type GetUserGroupByNameArgs,
  getUserGroup,
  getUserGroupOutput,
  getUserGroups,
  getUserGroupsOutput,
} from "./lookups/userGroup";
export {
  type GetUserGroupMembersArgs,
  getUserGroupMembers,
  getUserGroupMembersOutput,
} from "./lookups/userGroupMembers";
export {
  Provider,
  type ProviderArgs,
  type ProviderKeyArgs,
  type ProviderSettingsArgs,
  type ProviderTokenArgs,
} from "./provider";
export type {
  DeploymentGroupVersionConfig,
  UserGroupMembersMember,
  UserGroupPolicy,
  UserGroupPolicyReference,
  UserGroupPolicyResourceGroup,
  UserGroupPolicyResourceGroupById,
  UserGroupPolicyResourceGroupByScope,
  UserGroupPolicyScope,
  UserGroupPolicyScopeObject,
} from "./resourceTypes";
export { UserGroup, type UserGroupArgs } from "./userGroup";
export {
  UserGroupMember,
  type UserGroupMemberArgs,
  type UserGroupMemberByEmailArgs,
  type UserGroupMemberByIdArgs,
  type UserGroupMemberGroupArgs,
} from "./userGroupMember";
export {
  UserGroupMembers,
  type UserGroupMembersArgs,
  type UserGroupMembersMemberArgs,
  type UserGroupMembersMemberByEmailArgs,
  type UserGroupMembersMemberByIdArgs,
} from "./userGroupMembers";
export { UserGroupPolicies, type UserGroupPoliciesArgs } from "./userGroupPolicies";
export type {
  UserGroupPolicyArgs,
  UserGroupPolicyReferenceArgs,
  UserGroupPolicyReferenceByIdArgs,
  UserGroupPolicyReferenceByNameArgs,
  UserGroupPolicyResourceGroupArgs,
  UserGroupPolicyResourceGroupByAccountArgs,
  UserGroupPolicyResourceGroupByIdArgs,
  UserGroupPolicyResourceGroupByNameArgs,
  UserGroupPolicyResourceGroupByScopeArgs,
  UserGroupPolicyResourceGroupByZoneArgs,
  UserGroupPolicyScopeArgs,
  UserGroupPolicyScopeObjectArgs,
} from "./userGroupPolicyArgs";
