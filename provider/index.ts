export {
  DeploymentGroup,
  type DeploymentGroupArgs,
  type DeploymentGroupVersionConfig,
  type DeploymentGroupVersionConfigArgs,
} from "./deploymentGroup";
export {
  type GetAccountMemberArgs,
  type GetAccountMemberResult,
  getAccountMember,
  getAccountMemberOutput,
} from "./lookups/accountMember";
export {
  type GetDeploymentGroupArgs,
  type GetDeploymentGroupResult,
  getDeploymentGroup,
  getDeploymentGroupOutput,
  getDeploymentGroups,
  getDeploymentGroupsOutput,
} from "./lookups/deploymentGroup";
export type { LookupArgs, LookupInputs, LookupOptions, LookupResults } from "./lookups/lookup";
export {
  type GetPermissionGroupArgs,
  type GetPermissionGroupResult,
  getPermissionGroup,
  getPermissionGroupOutput,
  getPermissionGroups,
  getPermissionGroupsOutput,
} from "./lookups/permissionGroup";
export {
  type GetResourceGroupArgs,
  type GetResourceGroupObject,
  type GetResourceGroupResult,
  type GetResourceGroupScope,
  getResourceGroup,
  getResourceGroupOutput,
  getResourceGroups,
  getResourceGroupsOutput,
} from "./lookups/resourceGroup";
export {
  type GetUserGroupArgs,
  type GetUserGroupResult,
  getUserGroup,
  getUserGroupOutput,
  getUserGroups,
  getUserGroupsOutput,
} from "./lookups/userGroup";
export {
  type GetUserGroupMembersArgs,
  type GetUserGroupMembersResult,
  getUserGroupMembers,
  getUserGroupMembersOutput,
} from "./lookups/userGroupMembers";
export { Provider, type ProviderArgs } from "./provider";
export {
  UserGroup,
  type UserGroupArgs,
  type UserGroupPolicy,
  type UserGroupPolicyArgs,
  type UserGroupPolicyReference,
  type UserGroupPolicyReferenceArgs,
} from "./userGroup";
export { UserGroupMember, type UserGroupMemberArgs } from "./userGroupMember";
export {
  UserGroupMembers,
  type UserGroupMembersArgs,
  type UserGroupMembersMember,
  type UserGroupMembersMemberArgs,
  type UserGroupMembersMemberByEmailArgs,
  type UserGroupMembersMemberByIdArgs,
} from "./userGroupMembers";
