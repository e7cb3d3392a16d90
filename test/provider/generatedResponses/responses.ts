import type Cloudflare from "cloudflare";
import fc from "fast-check";
import { type Anonymous, type Sent, sent } from "./sent";

// Generators of the objects in Cloudflare's responses, one for each type of its client that the package reads.

type Items<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;

export type UserGroup = Cloudflare.IAM.UserGroupListResponse;
export type Policy = Items<UserGroup["policies"]>;
type PermissionGroup = Items<Policy["permission_groups"]>;
export type ResourceGroup = Items<Policy["resource_groups"]>;
export type ListedMember = Cloudflare.IAM.UserGroups.MemberListResponse;
/** What only the response about a single member of a group has. */
export type MemberDetails = Omit<Cloudflare.IAM.UserGroups.MemberGetResponse, keyof ListedMember>;
// The client's type has every property as optional. Without an id, a member cannot be named.
export type AccountMember = Cloudflare.Member & { id: string };
type Role = Items<AccountMember["roles"]>;
export type ListedPermissionGroup = Cloudflare.IAM.PermissionGroupListResponse;
export type ListedResourceGroup = Cloudflare.IAM.ResourceGroupListResponse;
export type DeploymentGroup = Cloudflare.ZeroTrust.Devices.DeploymentGroup;

/** The id of an object of the IAM API. */
export const id32 = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 32, maxLength: 32 });

/** A time with any number of digits after the second: IAM sends six, and Go's RFC3339Nano drops zeros at the end. */
const time = fc
  .tuple(fc.integer({ min: 0, max: 59 }), fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 9 }))
  .map(([second, digits]) => `2026-03-01T12:21:${String(second).padStart(2, "0")}${digits && `.${digits}`}Z`);

/** A name in any script, with texts that a terminal, the engine or JavaScript would take for something else. */
export const name = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  fc.constantFrom("<{%reset%}>", "\u202etxt", "__proto__", "a\u0000b", "日本語", "👩‍💻", " ", "constructor"),
);

const email = id32.map((id) => `${id.slice(0, 8)}@example.com`);

// What every response says about the same person. Any of them may leave it out.
const emailOf = (id: string) =>
  fc.constant(id < "8" ? `${id.slice(0, 8)}@example.com` : `${id.slice(0, 8)}@EXAMPLE.com`);
const statusOf = (id: string) => fc.constant(id < "8" ? "accepted" : id < "c" ? "pending" : "rejected");

const scopeKeys = ["023e105f4ecef8ad9ca31a8372d0c353", "zone.a", "zone.b", "zone.c", "worker.d"].map(
  (part) => `com.cloudflare.api.account.${part}`,
);
const objects = fc.uniqueArray(
  sent<Items<ResourceGroup["scope"]["objects"]>>({ key: fc.constantFrom("*", ...scopeKeys) }, {}),
  { minLength: 1, maxLength: 3, selector: ({ key }) => key },
);
const oneScope = (key: fc.Arbitrary<string>) => sent<ResourceGroup["scope"]>({ key, objects }, {});

type Scopes = Sent<ResourceGroup["scope"]> | Sent<ResourceGroup["scope"]>[];

/** One scope, or the list of scopes that older reference pages show. */
const scope = fc.oneof(
  oneScope(fc.constantFrom(...scopeKeys)),
  fc
    .subarray(scopeKeys, { minLength: 1, maxLength: 2 })
    .chain((keys) => fc.tuple(...keys.map((key) => oneScope(fc.constant(key))))),
);

/** The object of strings that real responses have. */
const anyMeta = fc.dictionary(
  fc.constantFrom("editable", "adhoc", "label", "scopes"),
  fc.constantFrom("true", "false"),
);
const permissionMeta = fc.oneof(
  sent<NonNullable<PermissionGroup["meta"]>>(
    {},
    {
      category: name,
      deprecated: fc.constantFrom("true", "false"),
      description: name,
      editable: fc.constantFrom("true", "false"),
      eol_at: time,
      label: fc.constantFrom("dns_read", "admin"),
      scopes: fc.constantFrom(...scopeKeys),
      visibility: fc.constantFrom("public"),
    },
  ),
  // The reference pages show a key and a value instead.
  fc.record({ key: name, value: name }),
  anyMeta,
);
const resourceMeta = fc.oneof(sent<NonNullable<ResourceGroup["meta"]>>({}, { key: name, value: name }), anyMeta);

const permissionGroup = sent<PermissionGroup>({ id: id32 }, { meta: permissionMeta, name });
const resourceGroup = sent<Anonymous<ResourceGroup>>({ scope }, { id: id32, meta: resourceMeta, name });

/** Two of one policy are different: no source shows a policy that names the same object twice. */
const policy = sent<Policy>(
  {},
  {
    id: id32,
    access: fc.constantFrom("allow", "deny"),
    permission_groups: fc.uniqueArray(permissionGroup, { maxLength: 3, selector: ({ id }) => id }),
    resource_groups: fc.uniqueArray(resourceGroup, { maxLength: 3, comparator: shareKey }),
  },
);

/** The policies of one holder. Each has another permission, so that no two of them mean the same. */
const policies = fc
  .array(fc.tuple(permissionGroup, policy), { maxLength: 3 })
  .map((pairs) =>
    pairs.map(([own, each], index) =>
      index === 0 ? each : { ...each, permission_groups: [own, ...(each.permission_groups ?? [])] },
    ),
  );

/** Whether the scopes of two resource groups have a key in common. */
function shareKey(...groups: [{ scope: Scopes }, { scope: Scopes }]): boolean {
  const [left, right] = groups.map(({ scope: scopes }) => [scopes].flat().map(({ key }) => key));
  return left?.some((key) => right?.includes(key)) ?? false;
}

export const userGroup = sent<UserGroup>({ id: id32, created_on: time, modified_on: time, name }, { policies });

export const memberDetails = sent<MemberDetails>(
  {},
  {
    created_at: time,
    user: sent<NonNullable<MemberDetails["user"]>>({}, { id: id32, email, first_name: name, last_name: name }),
  },
);

/** Generates a member of a group with this id. */
export function memberOf(id: string): fc.Arbitrary<Sent<ListedMember>> {
  return sent<ListedMember>({ id: fc.constant(id) }, { email: emailOf(id), status: statusOf(id) });
}

const grant = sent<NonNullable<Role["permissions"]["dns"]>>({}, { read: fc.boolean(), write: fc.boolean() });
const role = sent<Role>(
  {
    id: id32,
    description: name,
    name: fc.oneof(name, fc.constant("Super Administrator - All Privileges")),
    permissions: sent<Role["permissions"]>(
      {},
      {
        analytics: grant,
        billing: grant,
        cache_purge: grant,
        dns: grant,
        dns_records: grant,
        lb: grant,
        logs: grant,
        organization: grant,
        ssl: grant,
        waf: grant,
        zone_settings: grant,
        zones: grant,
      },
    ),
  },
  {},
);

/** Generates a member of the account. Its address is in one of the two places, or in both. */
export function accountMember(id: string): fc.Arbitrary<Sent<AccountMember>> {
  const address = emailOf(id);
  const user = sent<NonNullable<AccountMember["user"]>>(
    { email: address },
    { id: id32, first_name: name, last_name: name, two_factor_authentication_enabled: fc.boolean() },
  );
  return sent<AccountMember>(
    { id: fc.constant(id) },
    {
      email: address,
      policies,
      roles: fc.uniqueArray(role, { maxLength: 2, selector: (each) => each.id }),
      status: statusOf(id),
      user,
    },
  );
}

export const listedPermissionGroup = sent<ListedPermissionGroup>({ id: id32 }, { meta: permissionMeta, name });
export const listedResourceGroup = sent<ListedResourceGroup>({ id: id32, scope }, { meta: resourceMeta, name });

const versionConfig = sent<Items<DeploymentGroup["version_config"]>>(
  {
    target_environment: fc.constantFrom("windows", "macos", null),
    version: fc.constantFrom("2026.6.234.0", "2026.7.1.0", "2026.7.1.0-beta"),
  },
  {},
);

export const deploymentGroup = sent<DeploymentGroup>(
  {
    id: fc.oneof(
      fc.uuid(),
      fc.integer({ min: 1, max: 10 ** 9 }).map((number) => `group-${number}`),
    ),
    created_at: time,
    name,
    updated_at: time,
    version_config: fc.uniqueArray(versionConfig, {
      minLength: 1,
      selector: (config) => config.target_environment,
    }),
  },
  { policy_ids: fc.uniqueArray(fc.oneof(fc.uuid(), fc.constant("policy-uuid-1")), { maxLength: 4 }) },
);

/** Compiles only while the client describes the same object in the same way wherever its requests return it. */
export type SameResponses = [
  Assert<IsSame<UserGroup, Cloudflare.IAM.UserGroupGetResponse>>,
  Assert<IsSame<UserGroup, Cloudflare.IAM.UserGroupCreateResponse>>,
  Assert<IsSame<UserGroup, Cloudflare.IAM.UserGroupUpdateResponse>>,
  Assert<IsSame<ListedMember, Cloudflare.IAM.UserGroups.MemberCreateResponse>>,
  Assert<IsSame<ListedMember, Cloudflare.IAM.UserGroups.MemberUpdateResponse>>,
  Assert<IsSame<Policy, Items<AccountMember["policies"]>>>,
  Assert<IsSame<ListedPermissionGroup, PermissionGroup>>,
  Assert<IsSame<ListedResourceGroup, ResourceGroup>>,
];

type Assert<T extends true> = T;
type IsSame<Left, Right> = [Complete<Left>, Complete<Right>] extends [Complete<Right>, Complete<Left>] ? true : false;
/** A type with all of its optional properties. */
type Complete<T> = T extends readonly (infer Item)[]
  ? Complete<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Complete<NonNullable<T[Key]>> }
    : T;
