import { randomBytes } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { ADMIN_PATH } from "./admin/adminServer";
import { ApiError, createRoutingError, toApiError } from "./apiError";
import {
  type ApiArea,
  authenticate,
  authorize,
  createForbiddenError,
  createHeaderError,
  getCallerKey,
} from "./authentication";
import type { Clock } from "./clock";
import { shapeEnvelope, wrapErrors } from "./envelope";
import { injectAfter, injectBefore, RawResponse } from "./faultInjection";
import type { Fault, FaultQueue } from "./faults";
import type { Journal, JournalEntry } from "./journal";
import { createPageSizeFormats, type PageSizes } from "./pageSizes";
import type { RateLimiter, RateLimitResult } from "./rateLimiter";
import { registerAccountMemberRoutes } from "./routes/accountMembers";
import { registerDeploymentGroupRoutes } from "./routes/deploymentGroups";
import { registerGroupMemberRoutes } from "./routes/groupMembers";
import { registerPermissionGroupRoutes } from "./routes/permissionGroups";
import { registerResourceGroupRoutes } from "./routes/resourceGroups";
import { BASE_PATH, type RouteContext } from "./routes/route";
import { registerUserGroupRoutes } from "./routes/userGroups";
import { shareValidators } from "./schemas/sharedValidators";
import type { CredentialSeed } from "./seed";
import type { OptionalFields, SparseResponses } from "./sparseResponses";
import type { Account } from "./state/account";
import type { ApiVariants } from "./variants";

declare module "fastify" {
  interface FastifyContextConfig {
    area?: ApiArea;
    optionalFields?: OptionalFields;
  }
  interface FastifyRequest {
    /** `null` until the request arrives. */
    requestContext: { entry: JournalEntry; rateLimit: RateLimitResult } | null;
  }
}

export interface ServerOptions {
  /** Called for each request, because a reset replaces the accounts. */
  getAccounts: () => ReadonlyMap<string, Account>;
  credentials: readonly CredentialSeed[];
  clock: Clock;
  msPerRequest: number;
  memberLagMs: number;
  journal: Journal;
  faults: FaultQueue;
  faultFor: (request: Readonly<JournalEntry>) => Fault | undefined;
  rateLimiter: RateLimiter;
  pageSizes: PageSizes;
  variants: ApiVariants;
  /** Absent if responses have all their fields. */
  sparseResponses: SparseResponses | undefined;
  /** Handles requests to the admin endpoints. Absent if there are none. */
  adminListener: RequestListener | undefined;
}

/** A body that is not JSON. Its error is thrown only after the credentials are checked. */
class UnreadableBody {
  readonly text: string;
  readonly error: ApiError;

  constructor(text: string, error: ApiError) {
    this.text = text;
    this.error = error;
  }
}

const MALFORMED_JSON = new ApiError(400, {
  code: 1001,
  message: "The body is not valid JSON",
  source: { pointer: "" },
});
const WRONG_CONTENT_TYPE = createHeaderError(6105, "Invalid Content-Type header, valid values are application/json");

/** Builds the HTTP server. It does not listen yet. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const app = fastify({
    exposeHeadRoutes: false,
    ...(options.adminListener === undefined ? {} : { serverFactory: createServerFactory(options.adminListener) }),
    forceCloseConnections: true,
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: false,
        allErrors: true,
        formats: { "whole number from 1": /^[1-9][0-9]{0,8}$/, ...createPageSizeFormats(options.pageSizes) },
      },
    },
    frameworkErrors: (error, request, reply) => {
      startRequest(request, reply, options);
      sendError(error, request, reply);
    },
  });
  shareValidators(app, JSON.stringify(options.pageSizes));
  const closing = new AbortController();

  app.decorateRequest("requestContext", null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) =>
    done(null, parseJson(text.toString())),
  );
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, text, done) =>
    done(null, new UnreadableBody(text.toString(), WRONG_CONTENT_TYPE)),
  );

  app.addHook("onRequest", async (request, reply) => startRequest(request, reply, options));

  // Rejections and faults come after the body is read, so that the journal shows the body of every request.
  app.addHook("preValidation", async (request, reply) => {
    const { requestContext, body } = request;
    if (requestContext === null) return;
    const { entry, rateLimit } = requestContext;
    if (body !== undefined) entry.body = body instanceof UnreadableBody ? body.text : body;
    if (!rateLimit.allowed) throw createRateLimitError(rateLimit, reply, options.variants);
    const fault = options.faults.take(entry) ?? options.faultFor(entry);
    if (fault !== undefined) {
      entry.fault = fault;
      await injectBefore(fault, request, reply, closing.signal);
      if (reply.sent) return;
    }
    authorizeRequest(request, options);
    if (body instanceof UnreadableBody) throw body.error;
  });

  app.addHook("preSerialization", async (request, _reply, payload) => {
    if (typeof payload !== "object" || payload === null) return payload;
    const { config, url = "" } = request.routeOptions;
    const isSuccess = "success" in payload && payload.success === true;
    const { optionalFields } = config;
    const response =
      options.sparseResponses === undefined || optionalFields === undefined || !isSuccess
        ? payload
        : options.sparseResponses.omitFields(payload, `${request.method} ${url}`, optionalFields);
    return shapeEnvelope(response, options.variants);
  });

  app.addHook("onSend", async (request, reply, payload) => {
    const entry = request.requestContext?.entry;
    if (entry === undefined) return payload;
    const sentPayload = entry.fault === undefined ? payload : injectAfter(entry.fault, request, reply, payload);
    if (!request.raw.socket.destroyed) entry.status = reply.statusCode;
    return sentPayload;
  });
  app.addHook("preClose", async () => closing.abort());

  app.setErrorHandler<FastifyError | ApiError | RawResponse>(sendError);
  app.setNotFoundHandler(() => {
    throw new Error("A path without a route must be rejected before a handler is called.");
  });

  const context: RouteContext = {
    getAccount: (request) => {
      const account = options.getAccounts().get(getAccountId(request) ?? "");
      if (account === undefined) throw createForbiddenError();
      return account;
    },
    clock: options.clock,
    memberLagMs: options.memberLagMs,
    pageSizes: options.pageSizes,
    variants: options.variants,
  };
  registerUserGroupRoutes(app, context);
  registerGroupMemberRoutes(app, context);
  registerDeploymentGroupRoutes(app, context);
  registerAccountMemberRoutes(app, context);
  registerPermissionGroupRoutes(app, context);
  registerResourceGroupRoutes(app, context);
  return app;
}

function createServerFactory(adminListener: RequestListener) {
  return (apiListener: RequestListener): Server => {
    const isAdmin = (url = "") => url === ADMIN_PATH || url.startsWith(`${ADMIN_PATH}/`);
    return createServer((request, response) => {
      const listener = isAdmin(request.url) ? adminListener : apiListener;
      listener(request, response);
    });
  };
}

/** Records a request, counts it against the rate limit and sets the headers that every response has. */
function startRequest(request: FastifyRequest, reply: FastifyReply, options: ServerOptions): void {
  const { clock, journal, msPerRequest, rateLimiter } = options;
  clock.advance(msPerRequest);
  const rateLimit = rateLimiter.consume(getCallerKey(request.headers));
  reply
    .header("cf-ray", `${randomBytes(8).toString("hex")}-FRA`)
    .header("date", new Date(clock.now()).toUTCString())
    .headers(rateLimiter.toHeaders(rateLimit));
  request.requestContext = { entry: journal.record(createJournalEntry(request, clock)), rateLimit };
}

/** Creates the error for a request over the rate limit. Adds the `Retry-After` header to the variant that has one. */
function createRateLimitError({ resetSeconds }: RateLimitResult, reply: FastifyReply, variants: ApiVariants): ApiError {
  if (variants.rateLimitResponse === "code-971") {
    return new ApiError(200, { code: 971, message: "Please wait and consider throttling your request speed" });
  }
  reply.header("retry-after", String(resetSeconds));
  return new ApiError(429, { code: 10429, message: "Rate limit exceeded, please wait" });
}

/** Throws an `ApiError` unless the path has a route and the credential may use it. */
function authorizeRequest(request: FastifyRequest, { getAccounts, credentials }: ServerOptions): void {
  const { area } = request.routeOptions.config;
  const accountId = getAccountId(request);
  if (area === undefined || accountId?.length !== 32) throw createRoutingError(getPath(request));
  const credential = authenticate(request.headers, credentials);
  if (!getAccounts().has(accountId)) throw createForbiddenError();
  authorize(credential, accountId, area, request.method);
}

function getAccountId(request: FastifyRequest): string | undefined {
  const { params } = request;
  if (typeof params !== "object" || params === null || !("account_id" in params)) return undefined;
  return String(params.account_id);
}

function sendError(error: FastifyError | ApiError | RawResponse, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof RawResponse) {
    reply.code(error.status).type(error.contentType).send(error.body);
    return;
  }
  const { status, errors } = toApiError(error, getPath(request));
  reply.code(status).send(wrapErrors(errors));
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return new UnreadableBody(text, MALFORMED_JSON);
  }
}

function createJournalEntry(request: FastifyRequest, clock: Clock): JournalEntry {
  const path = getPath(request);
  const userAgent = request.headers["user-agent"];
  return {
    method: request.method,
    path: path.startsWith(BASE_PATH) ? path.slice(BASE_PATH.length) : path,
    query: { ...Object(request.query) },
    status: null,
    at: new Date(clock.now()).toISOString(),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}

function getPath(request: FastifyRequest): string {
  return request.url.replace(/\?.*$/, "");
}
