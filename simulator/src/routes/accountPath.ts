import type { FastifyRequest } from "fastify";
import type { Account } from "../state/account";

/** Where the API begins on the server. */
export const BASE_PATH = "/client/v4";

/** Where one account begins. */
export const ACCOUNT_PATH = `${BASE_PATH}/accounts/:account_id`;

/** The account that the path of a request names; that it is there was checked before. */
export type AccountOf = (request: FastifyRequest) => Account;
