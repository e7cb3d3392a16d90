import { containsUnknown } from "./engine";
import { idSchema, objectOf, oneOf, setOf, textSchema } from "./inputs";
import { refKey } from "./policyRefs";
import { resourceGroupSetSchema } from "./resourceGroupRefs";
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
  permissionGroups: setOf(permissionGroupSchema, refKey),
  resourceGroups: resourceGroupSetSchema,
});

/** A set of policies, as `UserGroup` and `UserGroupPolicies` have it. */
export const policySetSchema = setOf(policySchema, policyKey);
