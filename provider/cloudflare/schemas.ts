import * as z from "../zod";

// Cloudflare's requests and responses in its own snake_case, as its API reference documents them. Schemas leave out the
// fields that nothing here reads, so that an API that grows does not break this client.

const apiMessageSchema = z.object({
  code: z.number(),
  message: z.string(),
  documentation_url: z.string().nullish(),
  source: z.object({ pointer: z.string().nullish() }).nullish(),
});

/** One entry of `errors` in a response. */
export type ApiMessage = z.infer<typeof apiMessageSchema>;

/** The object that wraps every response of the API. */
const envelopeSchema = z.object({
  success: z.boolean(),
  // One malformed entry must not hide the others.
  errors: z
    .array(apiMessageSchema.nullable().catch(null))
    .nullish()
    .transform((entries) => entries?.filter((entry) => entry !== null)),
  result: z.unknown().optional(),
  result_info: z.object({ per_page: z.number().nullish(), total_count: z.number().nullish() }).nullish(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** Parses a body, and returns undefined when it is not Cloudflare's JSON. */
export function parseEnvelope(body: string): Envelope | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** The part of a create's response that identifies the new object, whatever the rest looks like. */
export const createdSchema = z.object({ id: z.string().min(1) });

const versionConfigSchema = z.object({ target_environment: z.string().nullish(), version: z.string() });

/** `DeploymentGroup` of the devices API. */
export const deploymentGroupSchema = createdSchema.extend({
  name: z.string(),
  version_config: z.array(versionConfigSchema),
  policy_ids: z.array(z.string()).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ApiDeploymentGroup = z.infer<typeof deploymentGroupSchema>;

/** The request body that describes a deployment group. An update holds only the properties that change. */
export interface DeploymentGroupBody {
  name: string;
  version_config: { target_environment: string | null; version: string }[];
  policy_ids: readonly string[];
}

/** `Policy` of a user group. */
const policySchema = z.object({
  id: z.string().nullish(),
  access: z.enum(["allow", "deny"]),
  permission_groups: z.array(z.object({ id: z.string() })).nullish(),
  resource_groups: z.array(z.object({ id: z.string() })).nullish(),
});
export type ApiPolicy = z.infer<typeof policySchema>;

/** A user group of the IAM API. */
export const userGroupSchema = createdSchema.extend({
  name: z.string(),
  policies: z.array(policySchema).nullish(),
  created_on: z.string(),
  modified_on: z.string(),
});
export type ApiUserGroup = z.infer<typeof userGroupSchema>;

/** The request body that describes a user group. An update holds only the properties that change. */
export interface UserGroupBody {
  name: string;
  policies: ApiPolicy[];
}

/** A member of a user group. */
export const groupMemberSchema = z.object({
  id: z.string().min(1),
  email: z.string().nullish(),
  status: z.string().nullish(),
});
export type ApiGroupMember = z.infer<typeof groupMemberSchema>;

/** A member of the account. */
export const accountMemberSchema = groupMemberSchema.extend({
  user: z.object({ email: z.string().nullish() }).nullish(),
});
export type ApiAccountMember = z.infer<typeof accountMemberSchema>;

/** A permission group, which a policy refers to. */
export const permissionGroupSchema = createdSchema.extend({
  name: z.string(),
  meta: z.object({ label: z.string().nullish(), scopes: z.string().nullish() }).nullish(),
});
export type ApiPermissionGroup = z.infer<typeof permissionGroupSchema>;

/** A resource group, which a policy refers to. */
export const resourceGroupSchema = createdSchema.extend({
  name: z.string(),
  scope: z.object({ key: z.string(), objects: z.array(z.object({ key: z.string() })).nullish() }).nullish(),
});
export type ApiResourceGroup = z.infer<typeof resourceGroupSchema>;
