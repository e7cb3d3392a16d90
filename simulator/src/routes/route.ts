import type { FastifyRequest } from "fastify";
import type { ApiArea } from "../authentication";
import type { Clock } from "../clock";
import { noQuerySchema, pathParamsSchema } from "../schemas";
import type { Account } from "../state/account";

/** The path at which the API starts. */
export const BASE_PATH = "/client/v4";

/** The path of one account. */
export const ACCOUNT_PATH = `${BASE_PATH}/accounts/:account_id`;

/** What the handlers of the routes need. */
export interface RouteContext {
  /** Returns the account in the path of a request. */
  getAccount: (request: FastifyRequest) => Account;
  clock: Clock;
  memberLagMs: number;
}

/** The path parameters below one user group. */
export interface UserGroupParams {
  account_id: string;
  user_group_id: string;
}

/** The schemas of a route. Default: no query and no body. */
interface RouteSchemas {
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
}

/** Returns Fastify's options for a route of the API. */
export function defineRoute(area: ApiArea, { query = noQuerySchema, body }: RouteSchemas = {}) {
  return {
    config: { area },
    schema: { params: pathParamsSchema, querystring: query, ...(body === undefined ? {} : { body }) },
  };
}
