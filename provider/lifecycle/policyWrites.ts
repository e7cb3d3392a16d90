import { userGroups } from "../cloudflare/api/userGroups";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiUserGroup, UserGroupBody } from "../cloudflare/schemas";
import { addPolicyIds } from "./userGroupMapping";

const maxAttemptsWithPolicyIds = 3;

/**
 * Sends `changes` of a user group. If the rejection asks for the policies' ids, sends them again with the current ids.
 *
 * @param isDesired Whether a group is what the changes lead to.
 * @returns The group, or nothing when it must be read again.
 */
export async function updateUserGroup(
  operation: Operation,
  accountId: string,
  id: string,
  changes: Partial<UserGroupBody>,
  isDesired: (group: ApiUserGroup) => boolean,
): Promise<ApiUserGroup | null | undefined> {
  try {
    return await userGroups.update(operation, accountId, id, changes);
  } catch (rejection) {
    if (!changes.policies || !requiresPolicyIds(rejection)) throw rejection;
    // An attempt whose response is lost changes the ids. Then the group is already right, or it needs newer ids.
    for (let attempt = 1; attempt <= maxAttemptsWithPolicyIds; attempt++) {
      const current = await userGroups.get(operation, accountId, id);
      if (attempt > 1 && isDesired(current)) return current;
      const policies = addPolicyIds(changes.policies, current.policies ?? []);
      try {
        return await userGroups.update(operation, accountId, id, { ...changes, policies });
      } catch (error) {
        if (!isInvalidRequest(error)) throw error;
        if (!requiresPolicyIds(error)) break;
      }
    }
    // Later rejections may only complain about the ids, so the first one is reported.
    throw rejection;
  }
}

function isInvalidRequest(error: unknown): error is CloudflareError {
  return error instanceof CloudflareError && (error.status === 400 || error.status === 422);
}

/**
 * Whether Cloudflare rejected policies because they have no ids.
 *
 * The API reference requires each policy's id in a `PUT`, but the live API has rejected exactly that. So policies are sent
 * without ids first, and this recognizes the rejection if the reference is right.
 */
function requiresPolicyIds(error: unknown): boolean {
  if (!isInvalidRequest(error)) return false;
  return (error.details.messages ?? []).some(
    ({ message, source }) =>
      !/re-?us/i.test(message) &&
      (/^\/policies\/\d+\/id$/.test(source?.pointer ?? "") || (/polic/i.test(message) && /\bids?\b/i.test(message))),
  );
}
