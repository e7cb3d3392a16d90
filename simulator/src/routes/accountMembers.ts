import type { FastifyInstance } from "fastify";
import { equalsFilter, type PageQuery, paginate } from "../listQuery";
import { listAccountMembersSchema } from "../schemas";
import type { AccountMember } from "../state/accountResources";
import { ACCOUNT_PATH, defineRoute, type RouteContext } from "./route";

type Order = "user.first_name" | "user.last_name" | "user.email" | "status";

interface ListQuery extends PageQuery {
  direction?: "asc" | "desc";
  order?: Order;
  status?: "accepted" | "pending" | "rejected";
}

const sortKeys: Record<Order, (member: AccountMember) => string> = {
  "user.first_name": ({ first_name }) => first_name ?? "",
  "user.last_name": ({ last_name }) => last_name ?? "",
  "user.email": ({ email }) => email,
  status: ({ status }) => status,
};

/** Registers the routes of account members. */
export function registerAccountMemberRoutes(app: FastifyInstance, { getAccount }: RouteContext): void {
  app.get<{ Querystring: ListQuery }>(
    `${ACCOUNT_PATH}/members`,
    defineRoute("iam", { query: listAccountMembersSchema }),
    (request) => {
      const { direction, order, status } = request.query;
      const members = [...getAccount(request).resources.members.values()].filter((member) =>
        equalsFilter(member.status, status),
      );
      if (order !== undefined) {
        const getKey = sortKeys[order];
        members.sort((a, b) => (getKey(a) < getKey(b) ? -1 : Number(getKey(a) > getKey(b))));
      }
      return paginate((direction === "desc" ? members.reverse() : members).map(renderMember), request.query);
    },
  );
}

function renderMember({ id, email, status, first_name, last_name }: AccountMember): Record<string, unknown> {
  return { id, email, status, user: { email, first_name, last_name }, roles: [] };
}
