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
  },
  // It also runs beside a misspelled property, so that one check reports every failure.
  { when: ({ value }) => typeof value === "object" && value !== null },
);

const policySchema = objectOf({
  access: oneOf(["allow", "deny"]),
  permissionGroups: setOf(permissionGroupSchema, refKey),
  resourceGroups: resourceGroupSetSchema,
});

/** Returns inputs whose policies have no results of lookups and no short forms any more. The schema expects them so. */
export function expandPolicies(inputs: UncheckedInputs): UncheckedInputs {
  return expandShortScopes(reduceGroups(inputs));
}

/** A set of policies, as `UserGroup` and `UserGroupPolicies` have it. */
export const policySetSchema = setOf(policySchema, policyKey);
