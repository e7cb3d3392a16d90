import { containsUnknown } from "./engine";
import { idSchema, objectOf, oneOf, setOf, textSchema, type UncheckedInputs } from "./inputs";
import { reduceGroups } from "./lookupRefs";
import { refKey } from "./policyRefs";
import { resourceGroupSetSchema } from "./resourceGroupRefs";
import { expandShortScopes } from "./shortScopes";
import { policyKey } from "./userGroupMapping";

const permissionGroupSchema = objectOf({ id: idSchema.optional(), name: textSchema.optional() }).superRefine(
  ({ id, name }, context) => {
    if (id == null && name == null)
      context.addIssue({ code: "custom", path: ["id"], message: "is required unless name is set" });
    else if (id != null && name != null && !containsUnknown([id, name]))
      context.addIssue({ code: "custom", path: ["name"], message: "is set beside id: give one of the two" });
  },
  // It also runs beside a misspelled property, so that one check reports every failure.
  { when: ({ value }) => typeof value === "object" && value !== null },
);

const policySchema = objectOf({
  access: oneOf(["allow", "deny"]),
  permissionGroups: setOf(permissionGroupSchema, refKey).refine(isFilled, {
    error: "needs at least one permission group",
  }),
  resourceGroups: resourceGroupSetSchema.refine(isFilled, { error: "needs at least one resource group" }),
});

/** Returns inputs whose policies have no results of lookups and no short forms any more. The schema expects them so. */
export function expandPolicies(inputs: UncheckedInputs): UncheckedInputs {
  return expandShortScopes(reduceGroups(inputs));
}

/** A set of policies, as `UserGroup` and `UserGroupPolicies` have it. */
export const policySetSchema = setOf(policySchema, policyKey);

/** A policy without a permission or without a resource allows nothing, so it is a mistake. */
function isFilled(groups: readonly unknown[]): boolean {
  return groups.length > 0;
}
