import type { FastifyInstance } from "fastify";
import { wrapResult } from "../envelope";
import { containsFilter, equalsFilter, type PageQuery, paginate } from "../listQuery";
import { createUserGroupSchema, listUserGroupsSchema, updateUserGroupSchema } from "../schemas";
import type { UserGroupSeed } from "../seed";
import type { UpdateUserGroupRequest } from "../state/userGroups";
import { ACCOUNT_PATH, defineRoute, type RouteContext, type UserGroupParams } from "./route";

const GROUPS_PATH = `${ACCOUNT_PATH}/iam/user_groups`;
const GROUP_PATH = `${GROUPS_PATH}/:user_group_id`;

interface ListQuery extends PageQuery {
  direction?: "asc" | "desc";
  id?: string;
  name?: string;
  fuzzyName?: string;
}

/** Registers the routes of user groups. The members of a new group are not available for `memberLagMs`. */
export function registerUserGroupRoutes(app: FastifyInstance, { getAccount, memberLagMs }: RouteContext): void {
  app.get<{ Querystring: ListQuery }>(GROUPS_PATH, defineRoute("iam", { query: listUserGroupsSchema }), (request) => {
    const { direction, id, name, fuzzyName } = request.query;
    const groups = getAccount(request)
      .userGroups.list()
      .filter(
        (group) =>
          equalsFilter(group.id, id) && equalsFilter(group.name, name) && containsFilter(group.name, fuzzyName),
      );
    return paginate(direction === "desc" ? groups.reverse() : groups, request.query);
  });

  app.post<{ Body: Pick<UserGroupSeed, "name" | "policies"> }>(
    GROUPS_PATH,
    defineRoute("iam", { body: createUserGroupSchema }),
    (request) => wrapResult(getAccount(request).userGroups.create(request.body, memberLagMs)),
  );

  app.get<{ Params: UserGroupParams }>(GROUP_PATH, defineRoute("iam"), (request) =>
    wrapResult(getAccount(request).userGroups.get(request.params.user_group_id)),
  );

  app.put<{ Params: UserGroupParams; Body: UpdateUserGroupRequest }>(
    GROUP_PATH,
    defineRoute("iam", { body: updateUserGroupSchema }),
    (request) => wrapResult(getAccount(request).userGroups.update(request.params.user_group_id, request.body)),
  );

  app.delete<{ Params: UserGroupParams }>(GROUP_PATH, defineRoute("iam"), (request) =>
    wrapResult(getAccount(request).userGroups.delete(request.params.user_group_id)),
  );
}
