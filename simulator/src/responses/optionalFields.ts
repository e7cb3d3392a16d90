import type { OptionalFields } from "../sparseResponses";

// Fields that a client needs to know the content are not omittable, though some of them are documented as optional.

const groupInPolicyFields: OptionalFields = { omittable: ["name", "meta"] };

const policyFields: OptionalFields = {
  omittable: ["id"],
  inside: { permission_groups: groupInPolicyFields, resource_groups: groupInPolicyFields },
};

export const userGroupFields: OptionalFields = { omittableIfEmpty: ["policies"], inside: { policies: policyFields } };
export const groupMemberFields: OptionalFields = {
  omittable: ["email", "status", "created_at", "user"],
};
export const permissionGroupFields: OptionalFields = { omittable: ["name", "meta"] };
export const resourceGroupFields: OptionalFields = { omittable: ["name", "meta"] };
/** The email address remains in `user`. */
export const accountMemberFields: OptionalFields = {
  omittable: ["email", "status"],
  omittableIfEmpty: ["roles", "policies"],
  inside: {
    user: { omittable: ["id", "first_name", "last_name", "two_factor_authentication_enabled"] },
    policies: policyFields,
  },
};
export const deploymentGroupFields: OptionalFields = { omittableIfEmpty: ["policy_ids"] };
