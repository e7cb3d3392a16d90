import type { FastifyInstance, FastifyRequest } from "fastify";
import { createNotFoundError } from "../apiError";
import { wrapResult } from "../envelope";
import { containsFilter, type PageQuery, paginate } from "../listQuery";
import { listGroupMembersSchema, memberIdsSchema } from "../schemas";
import type { GroupMembers } from "../state/groupMembers";
import { ACCOUNT_PATH, defineRoute, type RouteContext, type UserGroupParams } from "./route";

const MEMBERS_PATH = `${ACCOUNT_PATH}/iam/user_groups/:user_group_id/members`;

interface ListQuery extends PageQuery {
  direction?: "asc" | "desc";
  fuzzyEmail?: string;
}

interface WriteRequest {
  Params: UserGroupParams;
  Body: { id: string }[];
}

/** Registers the routes of the members of user groups. */
export function registerGroupMemberRoutes(app: FastifyInstance, { getAccount, clock }: RouteContext): void {
  const getGroupMembers = (request: FastifyRequest<{ Params: UserGroupParams }>): GroupMembers => {
    const { userGroups, groupMembers } = getAccount(request);
    if (userGroups.getRecord(request.params.user_group_id).membersReadyAt > clock.now()) {
      throw createNotFoundError("User group not found");
    }
    return groupMembers;
  };
  const writeRoute = defineRoute("iam", { body: memberIdsSchema });

  app.get<{ Params: UserGroupParams; Querystring: ListQuery }>(
    MEMBERS_PATH,
    defineRoute("iam", { query: listGroupMembersSchema }),
    (request) => {
      const { direction, fuzzyEmail } = request.query;
      const members = getGroupMembers(request)
        .list(request.params.user_group_id)
        .filter(({ email }) => containsFilter(email, fuzzyEmail));
      const { result, result_info, ...envelope } = paginate(
        direction === "desc" ? members.reverse() : members,
        request.query,
      );
      const { total_pages: _, ...resultInfo } = result_info;
      return { ...envelope, result: replaceEmptyByNull(result), result_info: resultInfo };
    },
  );

  app.put<WriteRequest>(MEMBERS_PATH, writeRoute, (request) => {
    const members = getGroupMembers(request).replace(request.params.user_group_id, getIds(request));
    return wrapResult(replaceEmptyByNull(members));
  });

  app.post<WriteRequest>(MEMBERS_PATH, writeRoute, (request) => {
    const members = getGroupMembers(request).add(request.params.user_group_id, getIds(request));
    return wrapResult(replaceEmptyByNull(members));
  });

  app.delete<{ Params: UserGroupParams & { member_id: string } }>(
    `${MEMBERS_PATH}/:member_id`,
    defineRoute("iam"),
    (request) => {
      const { user_group_id, member_id } = request.params;
      return wrapResult(getGroupMembers(request).remove(user_group_id, member_id));
    },
  );
}

function getIds({ body }: FastifyRequest<WriteRequest>): string[] {
  return body.map(({ id }) => id);
}

/** The API sends `null` for an empty list of members. */
function replaceEmptyByNull<T>(list: T[]): T[] | null {
  return list.length === 0 ? null : list;
}
