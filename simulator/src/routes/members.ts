import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Clock } from "../clock";
import { ApiError, success } from "../envelope";
import { contains, type PageQuery, pageOf } from "../paging";
import * as schemas from "../schemas";
import type { GroupMembers } from "../state/groupMembers";
import { ACCOUNT_PATH, type AccountOf } from "./accountPath";

const MEMBERS = `${ACCOUNT_PATH}/iam/user_groups/:user_group_id/members`;
const config = { area: "iam" } as const;

interface Ids {
  account_id: string;
  user_group_id: string;
}

interface Query extends PageQuery {
  direction?: "asc" | "desc";
  fuzzyEmail?: string;
}

/** Serves the members of user groups. */
export function memberRoutes(app: FastifyInstance, accountOf: AccountOf, clock: Clock): void {
  const membersOf = (request: FastifyRequest<{ Params: Ids }>): GroupMembers => {
    const account = accountOf(request);
    if (account.userGroups.record(request.params.user_group_id).membersFrom > clock.now()) {
      throw new ApiError(404, { code: 404, message: "User group not found" });
    }
    return account.groupMembers;
  };

  app.get<{ Params: Ids; Querystring: Query }>(
    MEMBERS,
    { config, schema: { params: schemas.pathIds, querystring: schemas.groupMembersQuery } },
    (request) => {
      const { direction, fuzzyEmail } = request.query;
      const found = membersOf(request)
        .list(request.params.user_group_id)
        .filter(({ email }) => contains(email, fuzzyEmail));
      const { result, result_info, ...envelope } = pageOf(
        direction === "desc" ? found.reverse() : found,
        request.query,
      );
      const { total_pages: _, ...info } = result_info;
      return { ...envelope, result: orNull(result), result_info: info };
    },
  );

  app.put<{ Params: Ids; Body: { id: string }[] }>(
    MEMBERS,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery, body: schemas.memberIds } },
    (request) => {
      const ids = request.body.map(({ id }) => id);
      return success(orNull(membersOf(request).replace(request.params.user_group_id, ids)));
    },
  );

  app.post<{ Params: Ids; Body: { id: string }[] }>(
    MEMBERS,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery, body: schemas.memberIds } },
    (request) => {
      const ids = request.body.map(({ id }) => id);
      return success(orNull(membersOf(request).add(request.params.user_group_id, ids)));
    },
  );

  app.delete<{ Params: Ids & { member_id: string } }>(
    `${MEMBERS}/:member_id`,
    { config, schema: { params: schemas.pathIds, querystring: schemas.noQuery } },
    (request) => {
      const { user_group_id, member_id } = request.params;
      return success(membersOf(request).remove(user_group_id, member_id));
    },
  );
}

/** An empty list of members comes as `null`. */
function orNull<T>(list: T[]): T[] | null {
  return list.length === 0 ? null : list;
}
