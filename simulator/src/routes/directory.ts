import type { FastifyInstance } from "fastify";
import { is, type PageQuery, pageOf } from "../paging";
import * as schemas from "../schemas";
import type { AccountMember } from "../state/directory";
import { ACCOUNT_PATH, type AccountOf } from "./accountPath";

const config = { area: "iam" } as const;

type Order = "user.first_name" | "user.last_name" | "user.email" | "status";

interface MembersQuery extends PageQuery {
  direction?: "asc" | "desc";
  order?: Order;
  status?: "accepted" | "pending" | "rejected";
}

interface GroupsQuery extends PageQuery {
  id?: string;
  name?: string;
}

const sortKeys: Record<Order, (member: AccountMember) => string> = {
  "user.first_name": ({ first_name }) => first_name ?? "",
  "user.last_name": ({ last_name }) => last_name ?? "",
  "user.email": ({ email }) => email,
  status: ({ status }) => status,
};

/** Serves the account's members, permission groups and resource groups. */
export function directoryRoutes(app: FastifyInstance, accountOf: AccountOf): void {
  app.get<{ Querystring: MembersQuery }>(
    `${ACCOUNT_PATH}/members`,
    { config, schema: { params: schemas.pathIds, querystring: schemas.accountMembersQuery } },
    (request) => {
      const { direction, order, status } = request.query;
      const found = [...accountOf(request).directory.members.values()].filter((member) => is(member.status, status));
      if (order !== undefined) {
        const key = sortKeys[order];
        found.sort((one, other) => (key(one) < key(other) ? -1 : Number(key(one) > key(other))));
      }
      return pageOf((direction === "desc" ? found.reverse() : found).map(renderMember), request.query);
    },
  );

  app.get<{ Querystring: GroupsQuery & { label?: string } }>(
    `${ACCOUNT_PATH}/iam/permission_groups`,
    { config, schema: { params: schemas.pathIds, querystring: schemas.permissionGroupsQuery } },
    (request) => {
      const { id, name, label } = request.query;
      const found = [...accountOf(request).directory.permissionGroups.values()]
        .filter((group) => is(group.id, id) && is(group.name, name) && is(group.label, label))
        .reverse();
      return pageOf(
        found.map(({ id, name, label, scopes }) => ({ id, name, meta: { label, scopes } })),
        request.query,
      );
    },
  );

  app.get<{ Querystring: GroupsQuery }>(
    `${ACCOUNT_PATH}/iam/resource_groups`,
    { config, schema: { params: schemas.pathIds, querystring: schemas.resourceGroupsQuery } },
    (request) => {
      const { id, name } = request.query;
      const found = [...accountOf(request).directory.resourceGroups.values()].filter(
        (group) => is(group.id, id) && is(group.name, name),
      );
      return pageOf(
        found.map((group) => ({ ...group, meta: {} })),
        request.query,
      );
    },
  );
}

function renderMember({ id, email, status, first_name, last_name }: AccountMember): Record<string, unknown> {
  return { id, email, status, user: { email, first_name, last_name }, roles: [] };
}
