export {
  DeploymentGroup,
  type DeploymentGroupArgs,
  type DeploymentGroupVersionConfig,
  type DeploymentGroupVersionConfigArgs,
} from "./deploymentGroup";
export { Provider, type ProviderArgs } from "./provider";
export {
  UserGroup,
  type UserGroupArgs,
  type UserGroupPolicy,
  type UserGroupPolicyArgs,
  type UserGroupPolicyReference,
  type UserGroupPolicyReferenceArgs,
} from "./userGroup";
export {
  UserGroupMembers,
  type UserGroupMembersArgs,
  type UserGroupMembersMember,
  type UserGroupMembersMemberArgs,
} from "./userGroupMembers";
