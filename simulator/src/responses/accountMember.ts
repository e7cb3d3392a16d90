import { createHash } from "node:crypto";
import type { AccountResources } from "../state/accountResources";
import type { AccountMember, Policy } from "../state/apiTypes";
import type { ApiVariants } from "../variants";
import { renderPolicy } from "./userGroup";

/** Renders an account member with its own policies and the given inherited ones. */
export function renderAccountMember(
  member: AccountMember,
  inheritedPolicies: Policy[],
  resources: AccountResources,
  variants: ApiVariants,
): Record<string, unknown> {
  const { id, email, status, roles, policies: ownPolicies } = member;
  const hasPolicies = ownPolicies !== undefined || inheritedPolicies.length > 0;
  const policies = [...(ownPolicies ?? []), ...inheritedPolicies].map((policy) =>
    renderPolicy(policy, undefined, resources, variants),
  );
  const access = { roles, ...(hasPolicies ? { policies } : {}) };
  if (status !== "accepted" && variants.pendingMembers === "recorded") {
    const user = { id: null, first_name: null, last_name: null, email, two_factor_authentication_enabled: false };
    return { id, code: createInviteCode(id), user, status, ...access };
  }
  return { id, email, status, user: renderUser(member), ...access };
}

/** Renders the user of an account member. */
export function renderUser(member: Omit<AccountMember, "policies">): Record<string, unknown> {
  const { user_id, email, first_name, last_name, two_factor_authentication_enabled } = member;
  return {
    ...(user_id === undefined ? {} : { id: user_id }),
    email,
    first_name,
    last_name,
    ...(two_factor_authentication_enabled === undefined ? {} : { two_factor_authentication_enabled }),
  };
}

function createInviteCode(memberId: string): string {
  return createHash("sha256").update(memberId).digest("hex");
}
