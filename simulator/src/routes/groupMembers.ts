import type { FastifyInstance, FastifyRequest } from "fastify";
import { createNotFoundError } from "../apiError";
import { wrapResult } from "../envelope";
import { containsFilter, type PageQuery, paginate } from "../listQuery";
import { renderUser } from "../responses/accountMember";
import { groupMemberFields as optionalFields } from "../responses/optionalFields";
import { createListQuerySchema, groupMemberFilters, memberIdsSchema } from "../schemas/requests";
import type { Account } from "../state/account";
import { ACCOUNT_PATH, defineRoute, type RouteContext, type UserGroupParams } from "./route";
import { rejectScimChange } from "./scimCheck";

const MEMBERS_PATH = `${ACCOUNT_PATH}/iam/user_groups/:user_group_id/members`;
const MEMBER_PATH = `${MEMBERS_PATH}/:member_id`;

interface ListQuery extends PageQuery {
  direction?: "asc" | "desc";
  fuzzyEmail?: string;
}

interface WriteRequest {
  Params: UserGroupParams;
  Body: { id: string }[];
}

type MemberParams = UserGroupParams & { member_id: string };

/** Registers the routes of the members of user groups. */
export function registerGroupMemberRoutes(app: FastifyInstance, context: RouteContext): void {
  const { getAccount, clock, pageSizes, variants } = context;
  const getReadyAccount = (request: FastifyRequest<{ Params: UserGroupParams }>): Account => {
    const account = getAccount(request);
    if (account.userGroups.getRecord(request.params.user_group_id).membersReadyAt > clock.now()) {
      throw createNotFoundError("User group not found");
    }
    return account;
  };
  const getEditableAccount = (request: FastifyRequest<{ Params: UserGroupParams }>): Account => {
    const account = getReadyAccount(request);
    rejectScimChange(account.userGroups.getRecord(request.params.user_group_id), variants);
    return account;
  };
  const query = createListQuerySchema(pageSizes.groupMembers, variants, groupMemberFilters);
  const writeRoute = defineRoute("iam", { body: memberIdsSchema, optionalFields });

  app.get<{ Params: UserGroupParams; Querystring: ListQuery }>(
    MEMBERS_PATH,
    defineRoute("iam", { query, optionalFields }),
    (request) => {
      const { direction, fuzzyEmail } = request.query;
      const members = getReadyAccount(request).groupMembers.list(request.params.user_group_id);
      const items = members.filter(({ email }) => containsFilter(email, fuzzyEmail));
      if (direction === "desc") items.reverse();
      const { result, result_info, ...envelope } = paginate(
        {
          name: "groupMembers",
          items,
          unfilteredCount: members.length,
          query: request.query,
          render: (member) => member,
        },
        context,
      );
      delete result_info?.total_pages;
      return {
        ...envelope,
        result: replaceEmptyByNull(result ?? []),
        ...(result_info === undefined ? {} : { result_info }),
      };
    },
  );

  app.get<{ Params: MemberParams }>(MEMBER_PATH, defineRoute("iam", { optionalFields }), (request) => {
    const { user_group_id, member_id } = request.params;
    const { record, joinedAt } = getReadyAccount(request).groupMembers.get(user_group_id, member_id);
    const { id, email, status } = record;
    return wrapResult({ id, email, status, created_at: joinedAt, user: renderUser(record) });
  });

  app.put<WriteRequest>(MEMBERS_PATH, writeRoute, (request) => {
    const { groupMembers } = getEditableAccount(request);
    return wrapResult(replaceEmptyByNull(groupMembers.replace(request.params.user_group_id, getIds(request))));
  });

  app.post<WriteRequest>(MEMBERS_PATH, writeRoute, (request) => {
    const { groupMembers } = getEditableAccount(request);
    const before = groupMembers.list(request.params.user_group_id).map(({ id }) => id);
    const members = groupMembers.add(request.params.user_group_id, getIds(request));
    const added = members.filter(({ id }) => !before.includes(id));
    return wrapResult(replaceEmptyByNull(variants.addMembersResult === "added" ? added : members));
  });

  app.delete<{ Params: MemberParams }>(MEMBER_PATH, defineRoute("iam", { optionalFields }), (request) => {
    const { user_group_id, member_id } = request.params;
    return wrapResult(getEditableAccount(request).groupMembers.remove(user_group_id, member_id));
  });
}

function getIds({ body }: FastifyRequest<WriteRequest>): string[] {
  return body.map(({ id }) => id);
}

/** The API sends `null` for an empty list of members. */
function replaceEmptyByNull<T>(list: T[]): T[] | null {
  return list.length === 0 ? null : list;
}
