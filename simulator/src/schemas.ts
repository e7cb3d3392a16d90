/** A JSON schema. Every schema of an object rejects unknown fields, so that a typo causes an error at once. */
type JsonSchema = Record<string, unknown>;

function defineObject(required: Record<string, JsonSchema>, optional: Record<string, JsonSchema> = {}): JsonSchema {
  return {
    type: "object",
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}

function defineArray(items: JsonSchema, limits: { minItems?: number; uniqueItems?: boolean } = {}): JsonSchema {
  return { type: "array", items, ...limits };
}

const stringSchema: JsonSchema = { type: "string" };
const nonEmptySchema: JsonSchema = { type: "string", minLength: 1 };
const id32Schema: JsonSchema = { type: "string", minLength: 32, maxLength: 32 };
const uuidSchema: JsonSchema = { type: "string", format: "uuid" };
const directionSchema: JsonSchema = { type: "string", enum: ["asc", "desc"] };

const policyFields = {
  access: { type: "string", enum: ["allow", "deny"] },
  permission_groups: defineArray(defineObject({ id: id32Schema }), { minItems: 1 }),
  resource_groups: defineArray(defineObject({ id: id32Schema }), { minItems: 1 }),
};
const newPoliciesSchema = defineArray(defineObject(policyFields));
const policiesSchema = defineArray(defineObject(policyFields, { id: nonEmptySchema }));

export const createUserGroupSchema = defineObject({ name: nonEmptySchema }, { policies: newPoliciesSchema });
export const updateUserGroupSchema = defineObject({}, { name: nonEmptySchema, policies: policiesSchema });

export const memberIdsSchema = defineArray(defineObject({ id: id32Schema }));

const versionConfigSchema = defineObject({
  target_environment: { type: "string", nullable: true },
  version: nonEmptySchema,
});
const deploymentGroupFields = {
  name: { type: "string", minLength: 1, maxLength: 255 },
  version_config: defineArray(versionConfigSchema, { minItems: 1 }),
};
const policyIdsSchema = defineArray(nonEmptySchema, { uniqueItems: true });

export const createDeploymentGroupSchema = defineObject(deploymentGroupFields, { policy_ids: policyIdsSchema });
export const updateDeploymentGroupSchema = defineObject({}, { ...deploymentGroupFields, policy_ids: policyIdsSchema });

export const pathParamsSchema: JsonSchema = {
  type: "object",
  properties: { account_id: id32Schema, user_group_id: id32Schema, member_id: id32Schema, group_id: uuidSchema },
};

/** Formats for numbers in a query. Type coercion would convert values in bodies too. Error messages show the names. */
export const queryFormats = {
  "whole number from 1": /^[1-9][0-9]{0,8}$/,
  "whole number from 1 to 50": /^([1-9]|[1-4][0-9]|50)$/,
};

const pageFields = {
  page: { type: "string", format: "whole number from 1" },
  per_page: { type: "string", format: "whole number from 1 to 50" },
};

export const noQuerySchema = defineObject({});
export const listDeploymentGroupsSchema = defineObject({}, pageFields);
export const listUserGroupsSchema = defineObject(
  {},
  { ...pageFields, direction: directionSchema, id: stringSchema, name: stringSchema, fuzzyName: stringSchema },
);
export const listGroupMembersSchema = defineObject(
  {},
  { ...pageFields, direction: directionSchema, fuzzyEmail: stringSchema },
);
export const listPermissionGroupsSchema = defineObject(
  {},
  { ...pageFields, id: stringSchema, name: stringSchema, label: stringSchema },
);
export const listResourceGroupsSchema = defineObject({}, { ...pageFields, id: stringSchema, name: stringSchema });
export const listAccountMembersSchema = defineObject(
  {},
  {
    ...pageFields,
    direction: directionSchema,
    order: { type: "string", enum: ["user.first_name", "user.last_name", "user.email", "status"] },
    status: { type: "string", enum: ["accepted", "pending", "rejected"] },
  },
);

const memberSeedSchema = defineObject(
  { id: id32Schema, email: { type: "string", format: "email", maxLength: 90 } },
  {
    status: { type: "string", enum: ["accepted", "pending"] },
    first_name: stringSchema,
    last_name: stringSchema,
  },
);
const scopeSchema = defineObject({ key: stringSchema, objects: defineArray(defineObject({ key: stringSchema })) });
const accountSeedSchema = defineObject(
  { id: id32Schema },
  {
    members: defineArray(memberSeedSchema),
    permission_groups: defineArray(
      defineObject({ id: id32Schema, name: nonEmptySchema }, { label: stringSchema, scopes: stringSchema }),
    ),
    resource_groups: defineArray(defineObject({ id: id32Schema, name: nonEmptySchema, scope: scopeSchema })),
    user_groups: defineArray(
      defineObject(
        { name: nonEmptySchema },
        { id: id32Schema, policies: newPoliciesSchema, members: defineArray(id32Schema) },
      ),
    ),
    deployment_groups: defineArray(
      defineObject(deploymentGroupFields, { id: uuidSchema, policy_ids: policyIdsSchema }),
    ),
  },
);

const credentialLimits = {
  accounts: defineArray(id32Schema),
  permissions: defineArray({
    type: "string",
    enum: [
      "Account Settings Read",
      "Account Settings Write",
      "SCIM Provisioning",
      "Zero Trust Read",
      "Zero Trust Write",
    ],
  }),
};

const credentialSeedSchema: JsonSchema = {
  if: { type: "object", required: ["token"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: defineObject({ token: nonEmptySchema }, credentialLimits),
  else: defineObject({ email: nonEmptySchema, api_key: nonEmptySchema }, credentialLimits),
};

export const seedSchema = defineObject({
  accounts: defineArray(accountSeedSchema, { minItems: 1 }),
  credentials: defineArray(credentialSeedSchema, { minItems: 1 }),
});
