/** JSON schemas of what requests and seeds carry; unknown fields are refused everywhere. */
type Schema = Record<string, unknown>;

function object(required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    type: "object",
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}

function list(items: Schema, limits: { minItems?: number; uniqueItems?: boolean } = {}): Schema {
  return { type: "array", items, ...limits };
}

const text: Schema = { type: "string" };
const filled: Schema = { type: "string", minLength: 1 };
/** What Cloudflare calls an identifier tag. */
const tag: Schema = { type: "string", minLength: 32, maxLength: 32 };
const uuid: Schema = { type: "string", format: "uuid" };
const direction: Schema = { type: "string", enum: ["asc", "desc"] };

const policyFields = {
  access: { type: "string", enum: ["allow", "deny"] },
  permission_groups: list(object({ id: tag }), { minItems: 1 }),
  resource_groups: list(object({ id: tag }), { minItems: 1 }),
};

export const userGroupCreate = object({ name: filled }, { policies: list(object(policyFields)) });
export const userGroupUpdate = object({}, { name: filled, policies: list(object(policyFields, { id: filled })) });

export const memberIds = list(object({ id: tag }));

const deploymentGroupFields = {
  name: { type: "string", minLength: 1, maxLength: 255 },
  version_config: list(object({ target_environment: { type: "string", nullable: true }, version: filled }), {
    minItems: 1,
  }),
};
const policyIds = list(filled, { uniqueItems: true });

export const deploymentGroupCreate = object(deploymentGroupFields, { policy_ids: policyIds });
export const deploymentGroupEdit = object({}, { ...deploymentGroupFields, policy_ids: policyIds });

/** The ids in a path. */
export const pathIds: Schema = {
  type: "object",
  properties: { account_id: tag, user_group_id: tag, member_id: tag, group_id: uuid },
};

/** Numbers in a query stay text, so that nothing in a body is coerced; the names are read in error messages. */
export const formats = {
  "whole number from 1": /^[1-9][0-9]{0,8}$/,
  "whole number from 1 to 50": /^([1-9]|[1-4][0-9]|50)$/,
};
const page = { page: { type: "string", format: "whole number from 1" } };
const perPage = { per_page: { type: "string", format: "whole number from 1 to 50" } };

export const noQuery = object({});
export const deploymentGroupsQuery = object({}, { ...page, ...perPage });
export const userGroupsQuery = object({}, { ...page, ...perPage, direction, id: text, name: text, fuzzyName: text });
export const groupMembersQuery = object({}, { ...page, ...perPage, direction, fuzzyEmail: text });
export const permissionGroupsQuery = object({}, { ...page, ...perPage, id: text, name: text, label: text });
export const resourceGroupsQuery = object({}, { ...page, ...perPage, id: text, name: text });
export const accountMembersQuery = object(
  {},
  {
    ...page,
    ...perPage,
    direction,
    order: { type: "string", enum: ["user.first_name", "user.last_name", "user.email", "status"] },
    status: { type: "string", enum: ["accepted", "pending", "rejected"] },
  },
);

const accountSeed = object(
  { id: tag },
  {
    members: list(
      object(
        { id: tag, email: { type: "string", format: "email", maxLength: 90 } },
        { status: { type: "string", enum: ["accepted", "pending"] }, first_name: text, last_name: text },
      ),
    ),
    permission_groups: list(object({ id: tag, name: filled }, { label: text, scopes: text })),
    resource_groups: list(
      object({ id: tag, name: filled, scope: object({ key: text, objects: list(object({ key: text })) }) }),
    ),
    user_groups: list(object({ name: filled }, { id: tag, policies: list(object(policyFields)), members: list(tag) })),
    deployment_groups: list(object(deploymentGroupFields, { id: uuid, policy_ids: policyIds })),
  },
);

const credentialLimits = {
  accounts: list(tag),
  permissions: list({
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

const credentialSeed: Schema = {
  if: { type: "object", required: ["token"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: object({ token: filled }, credentialLimits),
  else: object({ email: filled, api_key: filled }, credentialLimits),
};

export const seed = object({
  accounts: list(accountSeed, { minItems: 1 }),
  credentials: list(credentialSeed, { minItems: 1 }),
});
