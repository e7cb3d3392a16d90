import {
  defineArray,
  defineEither,
  defineObject,
  id32Schema,
  type JsonSchema,
  nonEmptySchema,
  stringMapSchema,
  stringSchema,
} from "./jsonSchema";

export const scopeSchema = defineObject({
  key: stringSchema,
  objects: defineArray(defineObject({ key: stringSchema }), { minItems: 1 }),
});

const referenceSchema = defineObject({ id: id32Schema });
const inlineGroupSchema = defineObject({ scope: scopeSchema }, { meta: stringMapSchema });
const inlineGroupSeedSchema = defineObject({ scope: scopeSchema }, { id: id32Schema, meta: stringMapSchema });

function definePolicyFields(inlineSchema: JsonSchema): Record<string, JsonSchema> {
  return {
    access: { type: "string", enum: ["allow", "deny"] },
    permission_groups: defineArray(referenceSchema, { minItems: 1 }),
    resource_groups: defineArray(defineEither("scope", inlineSchema, referenceSchema), { minItems: 1 }),
  };
}

/** Policies that have no id yet. */
export const newPoliciesSchema = defineArray(defineObject(definePolicyFields(inlineGroupSchema)));
export const policiesSchema = defineArray(defineObject(definePolicyFields(inlineGroupSchema), { id: nonEmptySchema }));
export const policySeedsSchema = defineArray(
  defineObject(definePolicyFields(inlineGroupSeedSchema), { id: nonEmptySchema }),
);
