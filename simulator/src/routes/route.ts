import type { FastifyRequest } from "fastify";
import type { ApiArea } from "../authentication";
import type { Clock } from "../clock";
import type { PageSizes } from "../pageSizes";
import type { JsonSchema } from "../schemas/jsonSchema";
import { noQuerySchema, pathParamsSchema } from "../schemas/requests";
import type { OptionalFields } from "../sparseResponses";
import type { Account } from "../state/account";
import type { ApiVariants } from "../variants";

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
  pageSizes: PageSizes;
  variants: ApiVariants;
}

/** The path parameters below one user group. */
export interface UserGroupParams {
  account_id: string;
  user_group_id: string;
}

interface RouteSettings {
  /** Default: no query. */
  query?: JsonSchema;
  /** Default: no body. */
  body?: JsonSchema;
  /** The fields of the result that the API documents as optional. Default: none. */
  optionalFields?: OptionalFields;
}

/** The fields of the envelope that each part of the API documents as optional. */
const ENVELOPE_FIELDS: Record<ApiArea, OptionalFields> = {
  iam: { omittable: ["result_info"], omittableIfEmpty: ["result"] },
  devices: {},
};

/** Returns Fastify's options for a route of the API. */
export function defineRoute(area: ApiArea, { query = noQuerySchema, body, optionalFields = {} }: RouteSettings = {}) {
  return {
    config: { area, optionalFields: { ...ENVELOPE_FIELDS[area], inside: { result: optionalFields } } },
    schema: { params: pathParamsSchema, querystring: query, ...(body === undefined ? {} : { body }) },
  };
}
