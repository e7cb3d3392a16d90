import {
  defineArray,
  defineEither,
  defineObject,
  id32Schema,
  nonEmptySchema,
  stringMapSchema,
  stringSchema,
} from "./jsonSchema";

export const scopeSchema = defineObject({
  key: stringSchema,
  objects: defineArray(defineObject({ key: stringSchema }), { minItems: 1 }),
});

const policyFields = {
  access: { type: "string", enum: ["allow", "deny"] },
  permission_groups: defineArray(defineObject({ id: id32Schema }), { minItems: 1 }),
  resource_groups: defineArray(
    defineEither(
      "scope",
      defineObject({ scope: scopeSchema }, { meta: stringMapSchema }),
      defineObject({ id: id32Schema }),
    ),
    { minItems: 1 },
  ),
};

/** Policies that have no id yet. */
export const newPoliciesSchema = defineArray(defineObject(policyFields));
export const policiesSchema = defineArray(defineObject(policyFields, { id: nonEmptySchema }));
