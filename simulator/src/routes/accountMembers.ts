import type { FastifyInstance, FastifyRequest } from "fastify";
import { ApiError } from "../apiError";
import { wrapResult } from "../envelope";
import { equalsFilter, type PageQuery, paginate } from "../listQuery";
import { renderAccountMember } from "../responses/accountMember";
import { accountMemberFields as optionalFields } from "../responses/optionalFields";
import { accountMemberFilters, createListQuerySchema } from "../schemas/requests";
import type { AccountMember } from "../state/apiTypes";
import { ACCOUNT_PATH, defineRoute, type RouteContext } from "./route";

const MEMBERS_PATH = `${ACCOUNT_PATH}/members`;

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
export function registerAccountMemberRoutes(app: FastifyInstance, context: RouteContext): void {
  const { getAccount, pageSizes, variants } = context;
  const query = createListQuerySchema(pageSizes.accountMembers, variants, accountMemberFilters);

  const createRenderer = (request: FastifyRequest) => {
    const { resources, userGroups } = getAccount(request);
    return (member: AccountMember): object => {
      const inherited = variants.inheritedPolicies === "shown" ? userGroups.listPoliciesOfMember(member.id) : [];
      return renderAccountMember(member, inherited, resources, variants);
    };
  };

  app.get<{ Querystring: ListQuery }>(MEMBERS_PATH, defineRoute("iam", { query, optionalFields }), (request) => {
    const { direction, order, status } = request.query;
    const members = getAccount(request).members.list();
    const matching = members.filter((member) => equalsFilter(member.status, status));
    if (order !== undefined) {
      const getKey = sortKeys[order];
      matching.sort((a, b) => (getKey(a) < getKey(b) ? -1 : Number(getKey(a) > getKey(b))));
    }
    if (direction === "desc") matching.reverse();
    const list = { name: "accountMembers", items: matching, unfilteredCount: members.length } as const;
    return paginate({ ...list, query: request.query, render: createRenderer(request) }, context);
  });

  app.get<{ Params: { account_id: string; member_id: string } }>(
    `${MEMBERS_PATH}/:member_id`,
    defineRoute("iam", { optionalFields }),
    (request) => {
      const member = getAccount(request).members.get(request.params.member_id);
      if (member === undefined) throw new ApiError(404, { code: 1003, message: "Member not found" });
      return wrapResult(createRenderer(request)(member));
    },
  );
}
