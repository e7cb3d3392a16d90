import { getPageSizeFormat, type PageSizeLimits } from "../pageSizes";
import type { ApiVariants } from "../variants";
import {
  defineArray,
  defineObject,
  id32Schema,
  type JsonSchema,
  nonEmptySchema,
  stringSchema,
  uuidSchema,
} from "./jsonSchema";
import { newPoliciesSchema, policiesSchema } from "./policies";

export const createUserGroupSchema = defineObject({ name: nonEmptySchema }, { policies: newPoliciesSchema });
export const updateUserGroupSchema = defineObject({}, { name: nonEmptySchema, policies: policiesSchema });

export const memberIdsSchema = defineArray(defineObject({ id: id32Schema }));

const versionConfigSchema = defineObject({
  target_environment: { type: "string", nullable: true },
  version: nonEmptySchema,
});
export const deploymentGroupFields = {
  name: { type: "string", minLength: 1, maxLength: 255 },
  version_config: defineArray(versionConfigSchema, { minItems: 1 }),
};
export const policyIdsSchema = defineArray(nonEmptySchema, { uniqueItems: true });

export const createDeploymentGroupSchema = defineObject(deploymentGroupFields, { policy_ids: policyIdsSchema });
export const updateDeploymentGroupSchema = defineObject({}, { ...deploymentGroupFields, policy_ids: policyIdsSchema });

export const pathParamsSchema: JsonSchema = {
  type: "object",
  properties: {
    account_id: id32Schema,
    user_group_id: id32Schema,
    member_id: id32Schema,
    permission_group_id: id32Schema,
    resource_group_id: id32Schema,
    group_id: uuidSchema,
  },
};

export const noQuerySchema = defineObject({});

const pageSchema: JsonSchema = { type: "string", format: "whole number from 1" };
const directionSchema: JsonSchema = { type: "string", enum: ["asc", "desc"] };

/** The filters of the lists, without the page. */
export const userGroupFilters = {
  direction: directionSchema,
  id: stringSchema,
  name: stringSchema,
  fuzzyName: stringSchema,
};
export const groupMemberFilters = { direction: directionSchema, fuzzyEmail: stringSchema };
export const permissionGroupFilters = { id: stringSchema, name: stringSchema, label: stringSchema };
export const resourceGroupFilters = { id: stringSchema, name: stringSchema };
export const accountMemberFilters = {
  direction: directionSchema,
  order: { type: "string", enum: ["user.first_name", "user.last_name", "user.email", "status"] },
  status: { type: "string", enum: ["accepted", "pending", "rejected"] },
};

/**
 * Creates the schema for the query of a list.
 *
 * Numbers stay strings that have a format, because type coercion would convert values in bodies too.
 */
export function createListQuerySchema(
  limits: PageSizeLimits | "unpaged",
  variants: ApiVariants,
  filters: Record<string, JsonSchema> = {},
): JsonSchema {
  if (limits === "unpaged") return defineObject({}, { ...filters, page: stringSchema, per_page: stringSchema });
  const perPageSchema = { type: "string", format: getPageSizeFormat(limits, variants) };
  return defineObject({}, { ...filters, page: pageSchema, per_page: perPageSchema });
}
