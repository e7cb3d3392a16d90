import type { FastifyInstance, FastifyRequest } from "fastify";
import { createNotFoundError } from "../apiError";
import { wrapResult } from "../envelope";
import { equalsFilter, type PageQuery, paginate } from "../listQuery";
import { resourceGroupFields as optionalFields } from "../responses/optionalFields";
import { renderResourceGroup } from "../responses/resourceGroup";
import { createListQuerySchema, resourceGroupFilters } from "../schemas/requests";
import type { ResourceGroupSeed } from "../seed";
import { ACCOUNT_PATH, defineRoute, type RouteContext } from "./route";

const GROUPS_PATH = `${ACCOUNT_PATH}/iam/resource_groups`;

interface ListQuery extends PageQuery {
  id?: string;
  name?: string;
}

/** Registers the routes of resource groups. */
export function registerResourceGroupRoutes(app: FastifyInstance, context: RouteContext): void {
  const { getAccount, pageSizes, variants } = context;
  const query = createListQuerySchema(pageSizes.resourceGroups, variants, resourceGroupFilters);

  const listGroups = (request: FastifyRequest): ResourceGroupSeed[] => {
    const { resourceGroups, anonymousResourceGroups } = getAccount(request).resources;
    const anonymous = variants.anonymousResourceGroups === "with-id" ? anonymousResourceGroups.values() : [];
    return [...resourceGroups.values(), ...anonymous];
  };

  const render = (group: ResourceGroupSeed) => renderResourceGroup(group, "endpoint", variants);

  app.get<{ Querystring: ListQuery }>(GROUPS_PATH, defineRoute("iam", { query, optionalFields }), (request) => {
    const { id, name } = request.query;
    const groups = listGroups(request);
    const items = groups.filter((group) => equalsFilter(group.id, id) && equalsFilter(group.name, name));
    return paginate(
      { name: "resourceGroups", items, unfilteredCount: groups.length, query: request.query, render },
      context,
    );
  });

  app.get<{ Params: { account_id: string; resource_group_id: string } }>(
    `${GROUPS_PATH}/:resource_group_id`,
    defineRoute("iam", { optionalFields }),
    (request) => {
      const group = listGroups(request).find(({ id }) => id === request.params.resource_group_id);
      if (group === undefined) throw createNotFoundError("Resource group not found");
      return wrapResult(render(group));
    },
  );
}
