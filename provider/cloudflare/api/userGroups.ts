import * as z from "../../zod";
import { type ApiUserGroup, type UserGroupBody, userGroupSchema } from "../schemas";
import type { GroupEndpoints } from "./groupEndpoints";

const permission = '"SCIM Provisioning" or "Account Settings Write"';

const pathOf = (accountId: string) => ["accounts", accountId, "iam", "user_groups"];

/** User groups: `/accounts/{account_id}/iam/user_groups`. */
export const userGroups: GroupEndpoints<ApiUserGroup, UserGroupBody> = {
  list: (operation, accountId) => operation.list({ path: pathOf(accountId), item: userGroupSchema, permission }),

  listUnlessStopped: (operation, accountId, onFirstPage) =>
    operation.listUnlessStopped({ path: pathOf(accountId), item: userGroupSchema, permission }, onFirstPage),

  async listByName(operation, accountId, name) {
    const path = pathOf(accountId);
    const groups = await operation.list({ path, query: { name }, item: userGroupSchema, permission });
    // The API's filter may match more than the exact name.
    return groups.filter((group) => group.name === name);
  },

  get: (operation, accountId, id) =>
    operation.request({ method: "GET", path: [...pathOf(accountId), id], result: userGroupSchema, permission }),

  create: (operation, accountId, body) =>
    operation.request({ method: "POST", path: pathOf(accountId), body, result: userGroupSchema, permission }),

  update: (operation, accountId, id, changes) =>
    operation.request({
      method: "PUT",
      path: [...pathOf(accountId), id],
      body: changes,
      result: userGroupSchema.nullish(),
      permission,
    }),

  async delete(operation, accountId, id) {
    await operation.request({ method: "DELETE", path: [...pathOf(accountId), id], result: z.unknown(), permission });
  },
};
