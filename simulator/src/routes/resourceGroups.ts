import type { FastifyInstance } from "fastify";
import { equalsFilter, type PageQuery, paginate } from "../listQuery";
import { listResourceGroupsSchema } from "../schemas";
import { ACCOUNT_PATH, defineRoute, type RouteContext } from "./route";

interface ListQuery extends PageQuery {
  id?: string;
  name?: string;
}

/** Registers the routes of resource groups. */
export function registerResourceGroupRoutes(app: FastifyInstance, { getAccount }: RouteContext): void {
  app.get<{ Querystring: ListQuery }>(
    `${ACCOUNT_PATH}/iam/resource_groups`,
    defineRoute("iam", { query: listResourceGroupsSchema }),
    (request) => {
      const { id, name } = request.query;
      const groups = [...getAccount(request).resources.resourceGroups.values()].filter(
        (group) => equalsFilter(group.id, id) && equalsFilter(group.name, name),
      );
      return paginate(
        groups.map((group) => ({ ...group, meta: {} })),
        request.query,
      );
    },
  );
}
