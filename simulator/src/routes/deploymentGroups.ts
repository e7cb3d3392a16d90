import type { FastifyInstance } from "fastify";
import { success } from "../envelope";
import { type PageQuery, pageOf } from "../paging";
import * as schemas from "../schemas";
import type { DeploymentGroupBody } from "../state/deploymentGroups";
import { ACCOUNT_PATH, type AccountOf } from "./accountPath";

const GROUPS = `${ACCOUNT_PATH}/devices/deployment-groups`;
const GROUP = `${GROUPS}/:group_id`;
const config = { area: "devices" } as const;

interface Ids {
  account_id: string;
  group_id: string;
}

/** Serves the deployment groups. */
export function deploymentGroupRoutes(app: FastifyInstance, accountOf: AccountOf): void {
  app.get<{ Querystring: PageQuery }>(
    GROUPS,
    { config, schema: { params: schemas.pathIds, querystring: schemas.deploymentGroupsQuery } },
    (request) => pageOf(accountOf(request).deploymentGroups.list(), request.query),
  );

  app.post<{ Body: DeploymentGroupBody }>(
    GROUPS,
    {
      config,
      schema: { params: schemas.pathIds, querystring: schemas.noQuery, body: schemas.deploymentGroupCreate },
    },
    (request) => success(accountOf(request).deploymentGroups.create(request.body)),
  );

  app.get<{ Params: Ids }>(
    GROUP,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery } },
    (request) => success(accountOf(request).deploymentGroups.get(request.params.group_id)),
  );

  app.patch<{ Params: Ids; Body: Partial<DeploymentGroupBody> }>(
    GROUP,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery, body: schemas.deploymentGroupEdit } },
    (request) => success(accountOf(request).deploymentGroups.edit(request.params.group_id, request.body)),
  );

  app.delete<{ Params: Ids }>(
    GROUP,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery } },
    (request) => success(accountOf(request).deploymentGroups.delete(request.params.group_id)),
  );
}
