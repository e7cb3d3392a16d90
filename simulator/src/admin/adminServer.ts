import fastify, { type FastifyError, type FastifyInstance } from "fastify";
import type { Clock } from "../clock";
import type { Fault, FaultQueue, FaultRule } from "../faults";
import type { Journal } from "../journal";
import type { RequestFilter } from "../requestFilter";
import { clockSchema, faultRuleSchema, requestFilterSchema } from "../schemas/admin";
import { shareValidators } from "../schemas/sharedValidators";
import type { AccountSeed } from "../seed";
import { SeedError } from "../seedLoader";

/** The path at which the admin endpoints start. */
export const ADMIN_PATH = "/__admin";

/** What the admin endpoints control. */
export interface AdminControls {
  clock: Clock;
  journal: Journal;
  faults: FaultQueue;
  reset: () => void;
  exportState: () => { accounts: AccountSeed[] };
  /** Throws a `SeedError` if the state is invalid. */
  importState: (state: unknown) => void;
}

/** A filter in JSON, where a regular expression is a string. */
interface JsonFilter {
  method?: string;
  path?: string;
  pathPattern?: string;
}

interface JsonFaultRule extends JsonFilter {
  times?: number;
  skip?: number;
  fault: Fault;
}

/** The state of a large account exceeds Fastify's default of 1 MiB. */
const BODY_LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * Builds the server of the admin endpoints. It does not listen: the server of the API passes requests on to it.
 *
 * Admin requests do not appear in the journal, get no faults and do not count against the rate limit.
 */
export function buildAdminServer(controls: AdminControls): FastifyInstance {
  const { clock, journal, faults, reset, exportState, importState } = controls;
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
  });
  shareValidators(app, "admin");

  app.get(`${ADMIN_PATH}/faults`, () => faults.pending().map(toJsonRule));
  app.post<{ Body: JsonFaultRule }>(
    `${ADMIN_PATH}/faults`,
    { schema: { body: faultRuleSchema } },
    async (request, reply) => {
      faults.add(parseRule(request.body));
      return reply.code(204).send();
    },
  );
  app.delete(`${ADMIN_PATH}/faults`, async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.get<{ Querystring: JsonFilter }>(
    `${ADMIN_PATH}/journal`,
    { schema: { querystring: requestFilterSchema } },
    (request) => journal.find(parseFilter(request.query)),
  );
  app.get(`${ADMIN_PATH}/journal/summary`, () => journal.summary());
  app.delete(`${ADMIN_PATH}/journal`, async (_request, reply) => {
    journal.clear();
    return reply.code(204).send();
  });

  app.get(`${ADMIN_PATH}/clock`, () => ({ now: new Date(clock.now()).toISOString() }));
  app.post<{ Body: { advanceMs: number } }>(`${ADMIN_PATH}/clock`, { schema: { body: clockSchema } }, (request) => {
    clock.advance(request.body.advanceMs);
    return { now: new Date(clock.now()).toISOString() };
  });

  app.post(`${ADMIN_PATH}/reset`, async (_request, reply) => {
    reset();
    return reply.code(204).send();
  });

  app.get(`${ADMIN_PATH}/state`, () => exportState());
  app.put(`${ADMIN_PATH}/state`, async (request, reply) => {
    importState(request.body);
    return reply.code(204).send();
  });

  app.setErrorHandler<FastifyError | SeedError>((error, _request, reply) => {
    const isInvalid = error instanceof SeedError || error instanceof SyntaxError;
    const status = isInvalid ? 400 : (error.statusCode ?? 500);
    reply.code(status).send({ error: error.message });
  });
  app.setNotFoundHandler((request, reply) => {
    reply.code(404).send({ error: `There is no admin endpoint ${request.method} ${request.url}.` });
  });
  return app;
}

function parseRule({ times, skip, fault, ...filter }: JsonFaultRule): FaultRule {
  return {
    ...parseFilter(filter),
    ...(times === undefined ? {} : { times }),
    ...(skip === undefined ? {} : { skip }),
    fault,
  };
}

/** Throws a `SyntaxError` if `pathPattern` is not a regular expression. */
function parseFilter({ pathPattern, ...filter }: JsonFilter): RequestFilter {
  return pathPattern === undefined ? filter : { ...filter, path: new RegExp(pathPattern) };
}

function toJsonRule({ path, ...rule }: FaultRule): object {
  if (path === undefined) return rule;
  return typeof path === "string" ? { ...rule, path } : { ...rule, pathPattern: path.source };
}
