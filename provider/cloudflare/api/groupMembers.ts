import * as z from "../../zod";
import type { Operation } from "../operation";
import type { ListOptions } from "../request";
import { type ApiGroupMember, groupMemberSchema, writtenMembersSchema } from "../schemas";

/** The user group that members belong to. */
export interface GroupRef {
  readonly accountId: string;
  readonly userGroupId: string;
}

type MemberIds = readonly { readonly id: string }[];

const permission = '"SCIM Provisioning" or "Account Settings Write"';
const reservedChange = "members";

const pathOf = ({ accountId, userGroupId }: GroupRef) => [
  "accounts",
  accountId,
  "iam",
  "user_groups",
  userGroupId,
  "members",
];

/** The members of a user group: `/accounts/{account_id}/iam/user_groups/{user_group_id}/members`. */
export const groupMembers = {
  /** @param options With `retryNotFound` it waits for a new group, which returns 404 for some seconds. */
  list: (operation: Operation, group: GroupRef, options: ListOptions = {}): Promise<ApiGroupMember[]> =>
    operation.list({ list: "groupMembers", path: pathOf(group), item: groupMemberSchema, permission, ...options }),

  /** Reads one member. Only this response contains the time since when the group has the member. */
  get: (operation: Operation, group: GroupRef, memberId: string): Promise<ApiGroupMember> =>
    operation.request({
      method: "GET",
      path: [...pathOf(group), memberId],
      result: groupMemberSchema,
      permission,
    }),

  /** Adds members and returns all members of the group. Waits for a new group, which returns 404 at first. */
  async add(operation: Operation, group: GroupRef, members: MemberIds): Promise<ApiGroupMember[]> {
    return operation.request({
      method: "POST",
      path: pathOf(group),
      body: idsOf(members),
      result: writtenMembersSchema,
      permission,
      reservedChange,
      // Adding a member again changes nothing.
      idempotent: true,
      retryNotFound: true,
    });
  },

  /**
   * Replaces the whole set of members, and returns it.
   *
   * @param options With `retryNotFound` it waits for a new group, which returns 404 for some seconds.
   */
  async replace(
    operation: Operation,
    group: GroupRef,
    members: MemberIds,
    options: { retryNotFound?: boolean } = {},
  ): Promise<ApiGroupMember[]> {
    return operation.request({
      method: "PUT",
      path: pathOf(group),
      body: idsOf(members),
      result: writtenMembersSchema,
      permission,
      reservedChange,
      ...options,
    });
  },

  /** Removes one member and keeps all others. */
  async remove(operation: Operation, group: GroupRef, memberId: string): Promise<void> {
    const path = [...pathOf(group), memberId];
    await operation.request({ method: "DELETE", path, result: z.unknown(), permission, reservedChange });
  },
};

function idsOf(members: MemberIds): { id: string }[] {
  return members.map(({ id }) => ({ id }));
}
