import * as z from "../zod";

// Cloudflare's requests and responses in its own snake_case, as its API reference documents them. Schemas leave out the
// fields that nothing here reads, so that an API that grows does not break this client.

/** A part that nothing depends on. A value of an unknown shape counts as missing, so the rest stays readable. */
function lenient<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(undefined);
}

const codeSchema = lenient(z.number());

const apiMessageSchema = z.object({
  code: codeSchema,
  message: z.string(),
  documentation_url: lenient(z.string()),
  source: lenient(z.object({ pointer: lenient(z.string()) })),
  error_chain: lenientList(z.object({ code: codeSchema, message: z.string() })).optional(),
});

/** One entry of `errors` or `messages` in a response. */
export type ApiMessage = z.infer<typeof apiMessageSchema>;

/** A list that leaves out entries of an unknown shape and keeps the others. */
function lenientList<T extends z.ZodType>(entry: T) {
  return lenient(z.array(entry.nullable().catch(null))).transform((entries) =>
    entries?.filter((each) => each !== null),
  );
}

/** The object that wraps every response of the API. */
const envelopeSchema = z.object({
  success: z.boolean(),
  errors: lenientList(apiMessageSchema),
  messages: lenientList(apiMessageSchema),
  result: z.unknown().optional(),
  result_info: lenient(z.object({ per_page: lenient(z.number()), total_count: lenient(z.number()) })),
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

const scopeSchema = z.object({
  key: z.string(),
  objects: z
    .array(z.object({ key: z.string() }))
    .nullish()
    .transform((objects) => objects ?? []),
});
export type ApiScope = z.infer<typeof scopeSchema>;

/** The scopes of a resource group. The API sends one object, and older reference pages show a list. */
const scopesSchema = lenient(
  z.union([scopeSchema, z.array(scopeSchema)]).transform((scope) => (Array.isArray(scope) ? scope : [scope])),
);

/** A resource group inside a policy. One that was made from a scope may have a scope and no id. */
export const policyResourceGroupSchema = z
  .object({
    id: z.string().nullish(),
    name: lenient(z.string()),
    scope: scopesSchema,
    meta: z.unknown().optional(),
  })
  .refine(({ id, scope }) => id || scope?.length, "has neither an id nor a scope");

/** The `meta` of a resource group that Cloudflare made for the scope of one policy, as others have observed it. */
export const adhocMetaSchema = z.object({ adhoc: z.enum(["true"]) });

/** `Policy` of a user group. */
export const policySchema = z.object({
  id: z.string().nullish(),
  access: z.enum(["allow", "deny"]).nullish(),
  permission_groups: z.array(z.object({ id: z.string(), name: lenient(z.string()) })).nullish(),
  resource_groups: z.array(policyResourceGroupSchema).nullish(),
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

/** A policy in the request body of a user group. */
export interface PolicyBody {
  id?: string;
  access: "allow" | "deny";
  permission_groups: { id: string }[];
  resource_groups: ({ id: string } | { scope: ApiScope })[];
}

/** The request body that describes a user group. An update holds only the properties that change. */
export interface UserGroupBody {
  name: string;
  policies: PolicyBody[];
}

/** A member of a user group. */
export const groupMemberSchema = z.object({
  id: z.string().min(1),
  email: lenient(z.string()),
  status: lenient(z.string()),
  /** Only the response about a single member of a user group has it. */
  created_at: lenient(z.string()),
});
export type ApiGroupMember = z.infer<typeof groupMemberSchema>;

/** The members in the response to a write. The client's older types have one member instead of a list. */
export const writtenMembersSchema = z
  .union([z.array(groupMemberSchema), groupMemberSchema])
  .nullish()
  .transform((members) => (members == null ? [] : [members].flat()));

/** A member of the account. */
export const accountMemberSchema = groupMemberSchema.extend({
  user: lenient(z.object({ email: lenient(z.string()) })),
});
export type ApiAccountMember = z.infer<typeof accountMemberSchema>;

/** A permission group, which a policy refers to. */
export const permissionGroupSchema = createdSchema.extend({
  name: lenient(z.string()),
  meta: lenient(z.object({ label: lenient(z.string()), scopes: lenient(z.string()) })),
});
export type ApiPermissionGroup = z.infer<typeof permissionGroupSchema>;

/** A resource group, which a policy refers to. */
export const resourceGroupSchema = createdSchema.extend({ name: lenient(z.string()), scope: scopesSchema });
export type ApiResourceGroup = z.infer<typeof resourceGroupSchema>;

/** A policy with what only a report of access reads: names and the time. */
const accessPolicySchema = policySchema.extend({
  permission_groups: z.array(permissionGroupSchema).nullish(),
  created_on: lenient(z.string()),
});
export type ApiAccessPolicy = z.infer<typeof accessPolicySchema>;

/** A user group with what a report of access reads. */
export const accessGroupSchema = createdSchema.extend({
  name: z.string(),
  policies: z.array(accessPolicySchema).nullish(),
});
export type ApiAccessGroup = z.infer<typeof accessGroupSchema>;

/** A member of the account with its own access. */
export const accessMemberSchema = groupMemberSchema.extend({
  user: lenient(
    z.object({ email: lenient(z.string()), first_name: lenient(z.string()), last_name: lenient(z.string()) }),
  ),
  roles: z.array(z.object({ id: z.string(), name: lenient(z.string()) })).nullish(),
  policies: z.array(accessPolicySchema).nullish(),
});
export type ApiAccessMember = z.infer<typeof accessMemberSchema>;
