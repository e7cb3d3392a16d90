import type Cloudflare from "cloudflare";
import type { z } from "zod";
import type {
  accountMemberSchema,
  deploymentGroupSchema,
  groupMemberSchema,
  permissionGroupSchema,
  policyResourceGroupSchema,
  policySchema,
  resourceGroupSchema,
  userGroupSchema,
  writtenMembersSchema,
} from "../../../provider/cloudflare/schemas";

// Compiles only when our schemas accept every response type of Cloudflare's own library. `npm run types` compiles it.

/** Fails to compile when a response of this type is not accepted by the schema. */
type Accepts<Schema extends z.ZodType, Response extends z.input<Schema>> = [Schema, Response];

/** The type of an optional field when it is present. */
type Items<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;

type UserGroup = Cloudflare.IAM.UserGroupGetResponse;
type Policy = Items<UserGroup["policies"]>;
type ResourceGroup = Items<Policy["resource_groups"]>;

// The library's types have every field of an account member as optional. Without an id, a member cannot be named.
type WithId<Member> = Member & { id: string };

/** Every response of an endpoint that the package calls, except deletions, whose result it does not read. */
export type AcceptedResponses = [
  Accepts<typeof userGroupSchema, Cloudflare.IAM.UserGroupListResponse>,
  Accepts<typeof userGroupSchema, Cloudflare.IAM.UserGroupGetResponse>,
  Accepts<typeof userGroupSchema, Cloudflare.IAM.UserGroupCreateResponse>,
  Accepts<typeof userGroupSchema, Cloudflare.IAM.UserGroupUpdateResponse>,
  Accepts<typeof policySchema, Policy>,
  Accepts<typeof policyResourceGroupSchema, ResourceGroup>,
  Accepts<typeof groupMemberSchema, Cloudflare.IAM.UserGroups.MemberListResponse>,
  Accepts<typeof writtenMembersSchema, Cloudflare.IAM.UserGroups.MemberCreateResponse>,
  Accepts<typeof writtenMembersSchema, Cloudflare.IAM.UserGroups.MemberCreateResponse[]>,
  Accepts<typeof writtenMembersSchema, Cloudflare.IAM.UserGroups.MemberUpdateResponse[]>,
  Accepts<typeof accountMemberSchema, WithId<Cloudflare.Member>>,
  Accepts<typeof permissionGroupSchema, Cloudflare.IAM.PermissionGroupListResponse>,
  Accepts<typeof resourceGroupSchema, Cloudflare.IAM.ResourceGroupListResponse>,
  Accepts<typeof deploymentGroupSchema, Cloudflare.ZeroTrust.Devices.DeploymentGroup>,
];

/** A schema accepts anything in an optional part. So these types check that the library's part has the fields that we read. */
type Reads<Read, Response extends Read> = [Read, Response];

type Defined<T> = NonNullable<T>;
type Scope = { key: string; objects?: readonly { key: string }[] };

export type ReadParts = [
  Reads<{ label?: string; scopes?: string }, Defined<Cloudflare.IAM.PermissionGroupListResponse["meta"]>>,
  Reads<Scope, Defined<Cloudflare.IAM.ResourceGroupListResponse["scope"]>>,
  Reads<Scope, Defined<ResourceGroup["scope"]>>,
  Reads<{ email?: string; status?: string }, Cloudflare.IAM.UserGroups.MemberListResponse>,
  Reads<{ email?: string; status?: string; user?: { email: string } }, Cloudflare.Member>,
];
