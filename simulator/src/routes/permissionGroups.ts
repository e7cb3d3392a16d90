import type { FastifyInstance } from "fastify";
import { createNotFoundError } from "../apiError";
import { wrapResult } from "../envelope";
import { equalsFilter, type PageQuery, paginate } from "../listQuery";
import { permissionGroupFields as optionalFields } from "../responses/optionalFields";
import { renderPermissionGroup } from "../responses/permissionGroup";
import { createListQuerySchema, permissionGroupFilters } from "../schemas/requests";
import type { PermissionGroupSeed } from "../seed";
import { ACCOUNT_PATH, defineRoute, type RouteContext } from "./route";

const GROUPS_PATH = `${ACCOUNT_PATH}/iam/permission_groups`;

interface ListQuery extends PageQuery {
  id?: string;
  name?: string;
  label?: string;
}

/** Registers the routes of permission groups. */
export function registerPermissionGroupRoutes(app: FastifyInstance, context: RouteContext): void {
  const { getAccount, pageSizes, variants } = context;
  const query = createListQuerySchema(pageSizes.permissionGroups, variants, permissionGroupFilters);

  const render = (group: PermissionGroupSeed) => renderPermissionGroup(group, "endpoint", variants);

  app.get<{ Querystring: ListQuery }>(GROUPS_PATH, defineRoute("iam", { query, optionalFields }), (request) => {
    const { id, name, label } = request.query;
    const groups = [...getAccount(request).resources.permissionGroups.values()].reverse();
    const items = groups
      .filter((group) => equalsFilter(group.id, id) && equalsFilter(group.name, name))
      .filter((group) => equalsFilter(group.label, label));
    return paginate(
      { name: "permissionGroups", items, unfilteredCount: groups.length, query: request.query, render },
      context,
    );
  });

  app.get<{ Params: { account_id: string; permission_group_id: string } }>(
    `${GROUPS_PATH}/:permission_group_id`,
    defineRoute("iam", { optionalFields }),
    (request) => {
      const group = getAccount(request).resources.permissionGroups.get(request.params.permission_group_id);
      if (group === undefined) throw createNotFoundError("Permission group not found");
      return wrapResult(render(group));
    },
  );
}
