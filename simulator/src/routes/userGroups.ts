import type { FastifyInstance, FastifyRequest } from "fastify";
import { wrapResult } from "../envelope";
import { containsFilter, equalsFilter, type PageQuery, paginate } from "../listQuery";
import { userGroupFields as optionalFields } from "../responses/optionalFields";
import { renderUserGroup } from "../responses/userGroup";
import {
  createListQuerySchema,
  createUserGroupSchema,
  updateUserGroupSchema,
  userGroupFilters,
} from "../schemas/requests";
import type { UserGroupSeed } from "../seed";
import type { UserGroup } from "../state/apiTypes";
import type { UpdateUserGroupRequest } from "../state/userGroups";
import { ACCOUNT_PATH, defineRoute, type RouteContext, type UserGroupParams } from "./route";
import { rejectScimChange } from "./scimCheck";

const GROUPS_PATH = `${ACCOUNT_PATH}/iam/user_groups`;
const GROUP_PATH = `${GROUPS_PATH}/:user_group_id`;

interface ListQuery extends PageQuery {
  direction?: "asc" | "desc";
  id?: string;
  name?: string;
  fuzzyName?: string;
}

/** Registers the routes of user groups. The members of a new group are not available for `memberLagMs`. */
export function registerUserGroupRoutes(app: FastifyInstance, context: RouteContext): void {
  const { getAccount, memberLagMs, pageSizes, variants } = context;
  const createRenderer =
    (request: FastifyRequest) =>
    (group: UserGroup): object =>
      renderUserGroup(group, getAccount(request).resources, variants);
  const query = createListQuerySchema(pageSizes.userGroups, variants, userGroupFilters);

  app.get<{ Querystring: ListQuery }>(GROUPS_PATH, defineRoute("iam", { query, optionalFields }), (request) => {
    const { direction, id, name, fuzzyName } = request.query;
    const groups = getAccount(request).userGroups.list();
    const items = groups
      .filter((group) => equalsFilter(group.id, id) && equalsFilter(group.name, name))
      .filter((group) => containsFilter(group.name, fuzzyName));
    if (direction === "desc") items.reverse();
    const render = createRenderer(request);
    return paginate(
      { name: "userGroups", items, unfilteredCount: groups.length, query: request.query, render },
      context,
    );
  });

  app.post<{ Body: Pick<UserGroupSeed, "name" | "policies"> }>(
    GROUPS_PATH,
    defineRoute("iam", { body: createUserGroupSchema, optionalFields }),
    (request) => wrapResult(createRenderer(request)(getAccount(request).userGroups.create(request.body, memberLagMs))),
  );

  app.get<{ Params: UserGroupParams }>(GROUP_PATH, defineRoute("iam", { optionalFields }), (request) =>
    wrapResult(createRenderer(request)(getAccount(request).userGroups.get(request.params.user_group_id))),
  );

  app.put<{ Params: UserGroupParams; Body: UpdateUserGroupRequest }>(
    GROUP_PATH,
    defineRoute("iam", { body: updateUserGroupSchema, optionalFields }),
    (request) => {
      const { userGroups } = getAccount(request);
      const record = userGroups.getRecord(request.params.user_group_id);
      const { name = record.name } = request.body;
      if (name !== record.name) rejectScimChange(record, variants);
      return wrapResult(createRenderer(request)(userGroups.update(record.id, request.body)));
    },
  );

  app.delete<{ Params: UserGroupParams }>(GROUP_PATH, defineRoute("iam"), (request) => {
    const { userGroups } = getAccount(request);
    const record = userGroups.getRecord(request.params.user_group_id);
    rejectScimChange(record, variants);
    const result = userGroups.delete(record.id);
    return wrapResult(variants.deleteResult === "null" ? null : result);
  });
}
