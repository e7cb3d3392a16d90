import type { FastifyInstance } from "fastify";
import { wrapResult } from "../envelope";
import { type PageQuery, paginate } from "../listQuery";
import { deploymentGroupFields as optionalFields } from "../responses/optionalFields";
import { createDeploymentGroupSchema, createListQuerySchema, updateDeploymentGroupSchema } from "../schemas/requests";
import type { DeploymentGroupRequest } from "../state/deploymentGroups";
import { ACCOUNT_PATH, defineRoute, type RouteContext } from "./route";

const GROUPS_PATH = `${ACCOUNT_PATH}/devices/deployment-groups`;
const GROUP_PATH = `${GROUPS_PATH}/:group_id`;

interface Params {
  account_id: string;
  group_id: string;
}

/** Registers the routes of deployment groups. */
export function registerDeploymentGroupRoutes(app: FastifyInstance, context: RouteContext): void {
  const { getAccount, pageSizes, variants } = context;
  const query = createListQuerySchema(pageSizes.deploymentGroups, variants);

  app.get<{ Querystring: PageQuery }>(GROUPS_PATH, defineRoute("devices", { query, optionalFields }), (request) => {
    const items = getAccount(request).deploymentGroups.list();
    const list = { name: "deploymentGroups", items, unfilteredCount: items.length, query: request.query } as const;
    return paginate({ ...list, render: (group) => group }, context);
  });

  app.post<{ Body: DeploymentGroupRequest }>(
    GROUPS_PATH,
    defineRoute("devices", { body: createDeploymentGroupSchema, optionalFields }),
    (request) => wrapResult(getAccount(request).deploymentGroups.create(request.body)),
  );

  app.get<{ Params: Params }>(GROUP_PATH, defineRoute("devices", { optionalFields }), (request) =>
    wrapResult(getAccount(request).deploymentGroups.get(request.params.group_id)),
  );

  app.patch<{ Params: Params; Body: Partial<DeploymentGroupRequest> }>(
    GROUP_PATH,
    defineRoute("devices", { body: updateDeploymentGroupSchema, optionalFields }),
    (request) => wrapResult(getAccount(request).deploymentGroups.update(request.params.group_id, request.body)),
  );

  app.delete<{ Params: Params }>(GROUP_PATH, defineRoute("devices"), (request) =>
    wrapResult(getAccount(request).deploymentGroups.delete(request.params.group_id)),
  );
}
