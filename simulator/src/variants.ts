/** The parts of the API's behaviour on which the sources disagree. The README names the source of each value. */
export interface ApiVariants {
  /**
   * How a `PUT` of a user group treats the ids of policies. Default: `"observed"`. `"observed"` rejects every id with
   * 400 "Cannot re-use policy IDs", and an update of policies creates new ids. `"documented"` requires the ids of
   * existing policies.
   */
  policyIds: "observed" | "documented";
  /** Whether policies with `access: "deny"` are accepted. Default: `"accepted"`. `"rejected"` responds with 400. */
  accessDeny: "accepted" | "rejected";
  /** Whether a policy may contain a resource group that has a `scope` and no `id`. Default: `"accepted"`. */
  inlineScopes: "accepted" | "rejected";
  /**
   * The form of the resource group that an inline scope creates. Default: `"scope-only"`, without an id and only in its
   * policy. `"with-id"` also sends its id, and the resource group endpoints return it.
   */
  anonymousResourceGroups: "scope-only" | "with-id";
  /**
   * Whether every account has a resource group `com.cloudflare.api.account.<id>` that cannot be edited. Default:
   * `"seeded"`, only the resource groups of the seed.
   */
  predefinedResourceGroup: "seeded" | "added";
  /** The form of `scope`. Default: `"by-endpoint"`, a list inside policies and an object elsewhere. */
  scopeShape: "by-endpoint" | "object" | "list";
  /**
   * The form of `meta`. Default: `"by-endpoint"`. `"named"` sends fields such as `label`, `scopes` and `editable`.
   * `"key-value"` sends one `key` and one `value`.
   */
  metaShape: "by-endpoint" | "named" | "key-value";
  /** Whether user groups and their policies have fields that no reference page names. Default: `"absent"`. */
  undocumentedFields: "absent" | "present";
  /** Whether `total_count` counts the items that the filters exclude. Default: `"filtered"`, it does not. */
  totalCount: "filtered" | "unfiltered";
  /** The response to a `per_page` outside the limits. Default: `"rejected"`, a 400. `"clamped"` uses the next limit. */
  pageSizeOutOfRange: "rejected" | "clamped";
  /** The `result` of an empty list. Default: `"by-endpoint"`, `null` for group members and `[]` elsewhere. */
  emptyLists: "by-endpoint" | "null";
  /** The `messages` of a successful response. Default: `"empty"`. `"null"` sends `errors: null` too. */
  messages: "empty" | "filled" | "null";
  /** The `result` of an error. Default: `"null"`. */
  errorResult: "null" | "list";
  /** The `result` of the deletion of a user group. Default: `"id"`. */
  deleteResult: "id" | "null";
  /** The members that a `POST` of group members returns. Default: `"all"`. `"added"` returns only the new ones. */
  addMembersResult: "all" | "added";
  /** Whether an account member has the policies of its user groups. Default: `"hidden"`. */
  inheritedPolicies: "hidden" | "shown";
  /**
   * The form of account members that are not accepted. Default: `"plain"`, as accepted ones. `"recorded"` sends a `code`,
   * `user.id: null` and no top-level `email`.
   */
  pendingMembers: "plain" | "recorded";
  /** The response to a request over the rate limit. Default: `"status-429"`. `"code-971"` sends status 200. */
  rateLimitResponse: "status-429" | "code-971";
  /** The response to a change that only the identity provider may make. Default: `"status-403"`. */
  scimRejection: "status-403" | "status-400";
}

/** The values of each variant. The first value is the default. */
export const VARIANT_VALUES: { readonly [Name in keyof ApiVariants]: readonly ApiVariants[Name][] } = {
  policyIds: ["observed", "documented"],
  accessDeny: ["accepted", "rejected"],
  inlineScopes: ["accepted", "rejected"],
  anonymousResourceGroups: ["scope-only", "with-id"],
  predefinedResourceGroup: ["seeded", "added"],
  scopeShape: ["by-endpoint", "object", "list"],
  metaShape: ["by-endpoint", "named", "key-value"],
  undocumentedFields: ["absent", "present"],
  totalCount: ["filtered", "unfiltered"],
  pageSizeOutOfRange: ["rejected", "clamped"],
  emptyLists: ["by-endpoint", "null"],
  messages: ["empty", "filled", "null"],
  errorResult: ["null", "list"],
  deleteResult: ["id", "null"],
  addMembersResult: ["all", "added"],
  inheritedPolicies: ["hidden", "shown"],
  pendingMembers: ["plain", "recorded"],
  rateLimitResponse: ["status-429", "code-971"],
  scimRejection: ["status-403", "status-400"],
};

const DEFAULT_VARIANTS: ApiVariants = {
  policyIds: "observed",
  accessDeny: "accepted",
  inlineScopes: "accepted",
  anonymousResourceGroups: "scope-only",
  predefinedResourceGroup: "seeded",
  scopeShape: "by-endpoint",
  metaShape: "by-endpoint",
  undocumentedFields: "absent",
  totalCount: "filtered",
  pageSizeOutOfRange: "rejected",
  emptyLists: "by-endpoint",
  messages: "empty",
  errorResult: "null",
  deleteResult: "id",
  addMembersResult: "all",
  inheritedPolicies: "hidden",
  pendingMembers: "plain",
  rateLimitResponse: "status-429",
  scimRejection: "status-403",
};

/** Returns the given variants, with the default for each one that is not given. */
export function resolveVariants(given: Partial<ApiVariants>): ApiVariants {
  return { ...DEFAULT_VARIANTS, ...given };
}
