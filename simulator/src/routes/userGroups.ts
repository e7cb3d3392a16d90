import type { FastifyInstance } from "fastify";
import { success } from "../envelope";
import { contains, is, type PageQuery, pageOf } from "../paging";
import * as schemas from "../schemas";
import type { UserGroupSeed } from "../seed";
import type { UserGroupUpdate } from "../state/userGroups";
import { ACCOUNT_PATH, type AccountOf } from "./accountPath";

const GROUPS = `${ACCOUNT_PATH}/iam/user_groups`;
const GROUP = `${GROUPS}/:user_group_id`;
const config = { area: "iam" } as const;

interface Ids {
  account_id: string;
  user_group_id: string;
}

interface Query extends PageQuery {
  direction?: "asc" | "desc";
  id?: string;
  name?: string;
  fuzzyName?: string;
}

/** Serves the user groups; a group made here has members that cannot be reached for `memberLagMs`. */
export function userGroupRoutes(app: FastifyInstance, accountOf: AccountOf, memberLagMs: number): void {
  app.get<{ Querystring: Query }>(
    GROUPS,
    { config, schema: { params: schemas.pathIds, querystring: schemas.userGroupsQuery } },
    (request) => {
      const { direction, id, name, fuzzyName } = request.query;
      const found = accountOf(request)
        .userGroups.list()
        .filter((group) => is(group.id, id) && is(group.name, name) && contains(group.name, fuzzyName));
      return pageOf(direction === "desc" ? found.reverse() : found, request.query);
    },
  );

  app.post<{ Body: Pick<UserGroupSeed, "name" | "policies"> }>(
    GROUPS,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery, body: schemas.userGroupCreate } },
    (request) => success(accountOf(request).userGroups.create(request.body, memberLagMs)),
  );

  app.get<{ Params: Ids }>(
    GROUP,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery } },
    (request) => success(accountOf(request).userGroups.get(request.params.user_group_id)),
  );

  app.put<{ Params: Ids; Body: UserGroupUpdate }>(
    GROUP,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery, body: schemas.userGroupUpdate } },
    (request) => success(accountOf(request).userGroups.update(request.params.user_group_id, request.body)),
  );

  app.delete<{ Params: Ids }>(
    GROUP,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery } },
    (request) => success(accountOf(request).userGroups.delete(request.params.user_group_id)),
  );
}
