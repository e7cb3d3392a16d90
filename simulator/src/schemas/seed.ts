import {
  booleanSchema,
  defineArray,
  defineEither,
  defineObject,
  id32Schema,
  type JsonSchema,
  nonEmptySchema,
  stringMapSchema,
  stringSchema,
  uuidSchema,
} from "./jsonSchema";
import { policySeedsSchema, scopeSchema } from "./policies";
import { deploymentGroupFields, policyIdsSchema } from "./requests";

const timeSchema: JsonSchema = { type: "string", format: "date-time" };

const roleSchema = defineObject(
  { id: nonEmptySchema, name: stringSchema },
  {
    description: stringSchema,
    permissions: { type: "object", additionalProperties: { type: "object", additionalProperties: booleanSchema } },
  },
);
const memberSeedSchema = defineObject(
  { id: id32Schema, email: { type: "string", format: "email", maxLength: 90 } },
  {
    status: { type: "string", enum: ["accepted", "pending", "rejected"] },
    user_id: id32Schema,
    first_name: stringSchema,
    last_name: stringSchema,
    two_factor_authentication_enabled: booleanSchema,
    domain_scoped_roles: booleanSchema,
    roles: defineArray(roleSchema),
    policies: policySeedsSchema,
  },
);
const permissionGroupSeedSchema = defineObject(
  { id: id32Schema, name: nonEmptySchema },
  { label: stringSchema, scopes: stringSchema, meta: stringMapSchema },
);
const resourceGroupSeedSchema = defineObject(
  { id: id32Schema, scope: scopeSchema },
  { name: nonEmptySchema, meta: stringMapSchema },
);
const userGroupSeedSchema = defineObject(
  { name: nonEmptySchema },
  {
    id: id32Schema,
    policies: policySeedsSchema,
    members: defineArray(id32Schema),
    scim_managed: booleanSchema,
    created_on: timeSchema,
    modified_on: timeSchema,
  },
);
const deploymentGroupSeedSchema = defineObject(deploymentGroupFields, {
  id: uuidSchema,
  policy_ids: policyIdsSchema,
  created_at: timeSchema,
  updated_at: timeSchema,
});
const accountSeedSchema = defineObject(
  { id: id32Schema },
  {
    members: defineArray(memberSeedSchema),
    permission_groups: defineArray(permissionGroupSeedSchema),
    resource_groups: defineArray(resourceGroupSeedSchema),
    user_groups: defineArray(userGroupSeedSchema),
    deployment_groups: defineArray(deploymentGroupSeedSchema),
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
const credentialSeedSchema = defineEither(
  "token",
  defineObject({ token: nonEmptySchema }, credentialLimits),
  defineObject({ email: nonEmptySchema, api_key: nonEmptySchema }, credentialLimits),
);

const accountSeedsSchema = defineArray(accountSeedSchema, { minItems: 1 });

export const stateSchema = defineObject({ accounts: accountSeedsSchema });
export const seedSchema = defineObject({
  accounts: accountSeedsSchema,
  credentials: defineArray(credentialSeedSchema, { minItems: 1 }),
});
