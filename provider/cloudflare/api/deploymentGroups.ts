import * as z from "../../zod";
import type { ListRequest } from "../request";
import { type ApiDeploymentGroup, type DeploymentGroupBody, deploymentGroupSchema } from "../schemas";
import type { GroupEndpoints } from "./groupEndpoints";

const permission = '"Zero Trust Write"';

const pathOf = (accountId: string) => ["accounts", accountId, "devices", "deployment-groups"];

function listRequest(accountId: string): ListRequest<ApiDeploymentGroup> {
  return { list: "deploymentGroups", path: pathOf(accountId), item: deploymentGroupSchema, permission };
}

/** Deployment groups of devices: `/accounts/{account_id}/devices/deployment-groups`. */
export const deploymentGroups: GroupEndpoints<ApiDeploymentGroup, DeploymentGroupBody> = {
  list: (operation, accountId) => operation.list(listRequest(accountId)),

  listUnlessStopped: (operation, accountId, onFirstPage) =>
    operation.listUnlessStopped(listRequest(accountId), onFirstPage),

  async listByName(operation, accountId, name) {
    // The API has no filter for names.
    const groups = await deploymentGroups.list(operation, accountId);
    return groups.filter((group) => group.name === name);
  },

  get: (operation, accountId, id) =>
    operation.request({ method: "GET", path: [...pathOf(accountId), id], result: deploymentGroupSchema, permission }),

  create: (operation, accountId, body) =>
    operation.request({ method: "POST", path: pathOf(accountId), body, result: deploymentGroupSchema, permission }),

  update: (operation, accountId, id, changes) =>
    operation.request({
      method: "PATCH",
      path: [...pathOf(accountId), id],
      body: changes,
      result: deploymentGroupSchema,
      permission,
    }),

  async delete(operation, accountId, id) {
    await operation.request({ method: "DELETE", path: [...pathOf(accountId), id], result: z.unknown(), permission });
  },
};
