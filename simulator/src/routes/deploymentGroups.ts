import type { FastifyInstance } from "fastify";
import { wrapResult } from "../envelope";
import { type PageQuery, paginate } from "../listQuery";
import { createDeploymentGroupSchema, listDeploymentGroupsSchema, updateDeploymentGroupSchema } from "../schemas";
import type { DeploymentGroupRequest } from "../state/deploymentGroups";
import { ACCOUNT_PATH, defineRoute, type RouteContext } from "./route";

const GROUPS_PATH = `${ACCOUNT_PATH}/devices/deployment-groups`;
const GROUP_PATH = `${GROUPS_PATH}/:group_id`;

interface Params {
  account_id: string;
  group_id: string;
}

/** Registers the routes of deployment groups. */
export function registerDeploymentGroupRoutes(app: FastifyInstance, { getAccount }: RouteContext): void {
  app.get<{ Querystring: PageQuery }>(
    GROUPS_PATH,
    defineRoute("devices", { query: listDeploymentGroupsSchema }),
    (request) => paginate(getAccount(request).deploymentGroups.list(), request.query),
  );

  app.post<{ Body: DeploymentGroupRequest }>(
    GROUPS_PATH,
    defineRoute("devices", { body: createDeploymentGroupSchema }),
    (request) => wrapResult(getAccount(request).deploymentGroups.create(request.body)),
  );

  app.get<{ Params: Params }>(GROUP_PATH, defineRoute("devices"), (request) =>
    wrapResult(getAccount(request).deploymentGroups.get(request.params.group_id)),
  );

  app.patch<{ Params: Params; Body: Partial<DeploymentGroupRequest> }>(
    GROUP_PATH,
    defineRoute("devices", { body: updateDeploymentGroupSchema }),
    (request) => wrapResult(getAccount(request).deploymentGroups.update(request.params.group_id, request.body)),
  );

  app.delete<{ Params: Params }>(GROUP_PATH, defineRoute("devices"), (request) =>
    wrapResult(getAccount(request).deploymentGroups.delete(request.params.group_id)),
  );
}
