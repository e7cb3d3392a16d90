import * as z from "../zod";

// What Cloudflare answers, as its reference pages say, in its own snake_case. Fields that nothing here reads are left
// out: an API that grows must not break a client that needs none of the growth.

const apiMessage = z.object({
  code: z.number(),
  message: z.string(),
  documentation_url: z.string().nullish(),
  source: z.object({ pointer: z.string().nullish() }).nullish(),
});

/** One entry of `errors` in an answer. */
export type ApiMessage = z.infer<typeof apiMessage>;

/** What every answer of the API is wrapped in. */
const envelope = z.object({
  success: z.boolean(),
  // One entry that is not as documented must not hide the others.
  errors: z
    .array(apiMessage.nullable().catch(null))
    .nullish()
    .transform((entries) => entries?.filter((entry) => entry !== null)),
  result: z.unknown().optional(),
  result_info: z.object({ per_page: z.number().nullish(), total_count: z.number().nullish() }).nullish(),
});
export type Envelope = z.infer<typeof envelope>;

/** The envelope in a body, or undefined for what is not Cloudflare's JSON. */
export function parsedEnvelope(text: unknown): Envelope | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return envelope.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What a create must tell whatever else it says: under which id the new object is to be found. */
export const identified = z.object({ id: z.string().min(1) });

/** `DeploymentGroup` of the devices API. */
export const deploymentGroup = identified.extend({
  name: z.string(),
  version_config: z.array(z.object({ target_environment: z.string().nullish(), version: z.string() })),
  policy_ids: z.array(z.string()).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type WireDeploymentGroup = z.infer<typeof deploymentGroup>;

/** `Policy` of a user group. */
export const policy = z.object({
  id: z.string().nullish(),
  access: z.enum(["allow", "deny"]),
  permission_groups: z.array(z.object({ id: z.string() })).nullish(),
  resource_groups: z.array(z.object({ id: z.string() })).nullish(),
});
export type WirePolicy = z.infer<typeof policy>;

/** A user group of the IAM API. */
export const userGroup = identified.extend({
  name: z.string(),
  policies: z.array(policy).nullish(),
  created_on: z.string(),
  modified_on: z.string(),
});
export type WireUserGroup = z.infer<typeof userGroup>;

/** A member of a user group. */
export const member = z.object({
  id: z.string().min(1),
  email: z.string().nullish(),
  status: z.string().nullish(),
});
export type WireMember = z.infer<typeof member>;

/** A member of the account. */
export const accountMember = z.object({
  id: z.string().min(1),
  status: z.string().nullish(),
  email: z.string().nullish(),
  user: z.object({ email: z.string().nullish() }).nullish(),
});
export type WireAccountMember = z.infer<typeof accountMember>;

/** A permission group, which a policy refers to. */
export const permissionGroup = identified.extend({
  name: z.string(),
  meta: z.object({ label: z.string().nullish(), scopes: z.string().nullish() }).nullish(),
});
export type WirePermissionGroup = z.infer<typeof permissionGroup>;

/** A resource group, which a policy refers to. */
export const resourceGroup = identified.extend({
  name: z.string(),
  scope: z.object({ key: z.string(), objects: z.array(z.object({ key: z.string() })).nullish() }).nullish(),
});
export type WireResourceGroup = z.infer<typeof resourceGroup>;
