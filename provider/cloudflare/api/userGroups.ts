import * as z from "../../zod";
import { catchNotFound } from "../errors";
import type { Operation } from "../operation";
import type { ListOptions, ListRequest } from "../request";
import {
  type ApiAccessGroup,
  type ApiPolicy,
  type ApiUserGroup,
  accessGroupSchema,
  type PolicyBody,
  type UserGroupBody,
  userGroupSchema,
} from "../schemas";
import { readPermission } from "./account";
import type { GroupEndpoints } from "./groupEndpoints";

const permission = '"SCIM Provisioning" or "Account Settings Write"';

const pathOf = (accountId: string) => ["accounts", accountId, "iam", "user_groups"];

function listRequest(accountId: string): ListRequest<ApiUserGroup> {
  return { list: "userGroups", path: pathOf(accountId), item: userGroupSchema, permission };
}

/** User groups: `/accounts/{account_id}/iam/user_groups`. */
export const userGroups: GroupEndpoints<ApiUserGroup, UserGroupBody> = {
  async list(operation, accountId) {
    return completeAll(operation, accountId, await listUserGroups(operation, accountId));
  },

  async listUnlessStopped(operation, accountId, onFirstPage) {
    const groups = await operation.listUnlessStopped(listRequest(accountId), onFirstPage);
    // A caller that needs another group requests it by its id.
    return groups?.filter(isComplete);
  },

  async listByName(operation, accountId, name) {
    const groups = await operation.list({ ...listRequest(accountId), filter: { name } });
    // The API's filter may match more than the exact name.
    const sameName = groups.filter((group) => group.name === name);
    return completeAll(operation, accountId, sameName);
  },

  get: (operation, accountId, id) =>
    operation.request({ method: "GET", path: [...pathOf(accountId), id], result: userGroupSchema, permission }),

  async create(operation, accountId, body) {
    const path = pathOf(accountId);
    const group = await operation.request({ method: "POST", path, body, result: userGroupSchema, permission });
    return isComplete(group) ? group : { ...group, policies: (body.policies ?? []).map(toApiPolicy) };
  },

  async update(operation, accountId, id, changes) {
    const path = [...pathOf(accountId), id];
    const result = userGroupSchema.nullish();
    const reservedChange = changes.name === undefined ? undefined : "name";
    const group = await operation.request({ method: "PUT", path, body: changes, result, permission, reservedChange });
    // The caller reads the group again when the response omits its policies.
    return group && isComplete(group) ? group : undefined;
  },

  async delete(operation, accountId, id) {
    const path = [...pathOf(accountId), id];
    const reservedChange = "deletion";
    await operation.request({ method: "DELETE", path, result: z.unknown(), permission, reservedChange });
  },
};

/** Lists the groups. Some may lack their policies: see {@link completeUserGroup}. */
export function listUserGroups(operation: Operation, accountId: string): Promise<ApiUserGroup[]> {
  return operation.list(listRequest(accountId));
}

/**
 * Returns a group of a list with its policies.
 *
 * A list may omit the policies of a group that has some. Then this requests the group by its id.
 */
export async function completeUserGroup(
  operation: Operation,
  accountId: string,
  group: ApiUserGroup,
): Promise<ApiUserGroup> {
  return isComplete(group) ? group : userGroups.get(operation, accountId, group.id);
}

/** Lists the groups as a report of access reads them. Some may lack their policies: see {@link getAccessGroup}. */
export function listAccessGroups(
  operation: Operation,
  accountId: string,
  options: ListOptions,
): Promise<ApiAccessGroup[]> {
  const list = { list: "userGroups", path: pathOf(accountId), item: accessGroupSchema } as const;
  return operation.list({ ...list, permission: readPermission, ...options });
}

/** Gets one group as a report of access reads it. Returns undefined when it was deleted since the list. */
export function getAccessGroup(
  operation: Operation,
  accountId: string,
  id: string,
): Promise<ApiAccessGroup | undefined> {
  const path = [...pathOf(accountId), id];
  const request = { method: "GET", path, result: accessGroupSchema, permission: readPermission } as const;
  return catchNotFound(operation.request(request));
}

function isComplete({ policies }: ApiUserGroup): boolean {
  return policies != null;
}

/** The number of groups that are read at once. */
const concurrentReads = 8;

/** Completes groups of a list. A group that was deleted since then is left out. */
async function completeAll(
  operation: Operation,
  accountId: string,
  groups: readonly ApiUserGroup[],
): Promise<ApiUserGroup[]> {
  const complete = (group: ApiUserGroup) => catchNotFound(completeUserGroup(operation, accountId, group));
  const completed: (ApiUserGroup | undefined)[] = [];
  for (let start = 0; start < groups.length; start += concurrentReads)
    completed.push(...(await Promise.all(groups.slice(start, start + concurrentReads).map(complete))));
  return completed.filter((group) => group !== undefined);
}

/** Returns a policy of a request as a response would contain it. */
function toApiPolicy(policy: PolicyBody): ApiPolicy {
  const resourceGroups = policy.resource_groups.map((group) => ("scope" in group ? { scope: [group.scope] } : group));
  return { ...policy, resource_groups: resourceGroups };
}
