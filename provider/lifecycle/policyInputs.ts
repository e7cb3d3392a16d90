import { idSetSchema, objectOf, oneOf, setOf } from "./inputs";
import { resourceGroupSetSchema } from "./resourceGroupRefs";
import { policyKey } from "./userGroupMapping";

const policySchema = objectOf({
  access: oneOf(["allow", "deny"]),
  permissionGroups: idSetSchema.refine(isFilled, { error: "needs at least one permission group" }),
  resourceGroups: resourceGroupSetSchema.refine(isFilled, { error: "needs at least one resource group" }),
});

/** A set of policies, as `UserGroup` and `UserGroupPolicies` have it. */
export const policySetSchema = setOf(policySchema, policyKey);

/** A policy without a permission or without a resource allows nothing, so it is a mistake. */
function isFilled(groups: readonly unknown[]): boolean {
  return groups.length > 0;
}
