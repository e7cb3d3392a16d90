import { idSetSchema, objectOf, oneOf, setOf } from "./inputs";
import { resourceGroupSetSchema } from "./resourceGroupRefs";
import { policyKey } from "./userGroupMapping";

const policySchema = objectOf({
  access: oneOf(["allow", "deny"]),
  permissionGroups: idSetSchema,
  resourceGroups: resourceGroupSetSchema,
});

/** A set of policies, as `UserGroup` and `UserGroupPolicies` have it. */
export const policySetSchema = setOf(policySchema, policyKey);
