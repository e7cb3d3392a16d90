import { ApiError } from "../apiError";
import type { UserGroupRecord } from "../state/userGroups";
import type { ApiVariants } from "../variants";

/** Throws if an identity provider owns the group. Only the provider changes its name and members, and deletes it. */
export function rejectScimChange({ isScimManaged }: UserGroupRecord, { scimRejection }: ApiVariants): void {
  if (!isScimManaged) return;
  const status = scimRejection === "status-403" ? 403 : 400;
  throw new ApiError(status, { code: status, message: "This user group is managed by an identity provider (SCIM)" });
}
