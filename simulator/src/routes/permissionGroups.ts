import type { FastifyInstance } from "fastify";
import { equalsFilter, type PageQuery, paginate } from "../listQuery";
import { listPermissionGroupsSchema } from "../schemas";
import { ACCOUNT_PATH, defineRoute, type RouteContext } from "./route";

interface ListQuery extends PageQuery {
  id?: string;
  name?: string;
  label?: string;
}

/** Registers the routes of permission groups. */
export function registerPermissionGroupRoutes(app: FastifyInstance, { getAccount }: RouteContext): void {
  app.get<{ Querystring: ListQuery }>(
    `${ACCOUNT_PATH}/iam/permission_groups`,
    defineRoute("iam", { query: listPermissionGroupsSchema }),
    (request) => {
      const { id, name, label } = request.query;
      const groups = [...getAccount(request).resources.permissionGroups.values()]
        .filter(
          (group) => equalsFilter(group.id, id) && equalsFilter(group.name, name) && equalsFilter(group.label, label),
        )
        .reverse();
      return paginate(
        groups.map(({ id, name, label, scopes }) => ({ id, name, meta: { label, scopes } })),
        request.query,
      );
    },
  );
}
