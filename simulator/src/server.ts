import { randomBytes } from "node:crypto";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type Area, authenticate, authorize, callerOf, notAllowed } from "./authentication";
import type { Clock } from "./clock";
import { ApiError, failure, noRoute, toApiError } from "./envelope";
import { HtmlAnswer, injectAfter, injectBefore } from "./faultInjection";
import type { Fault, Faults } from "./faults";
import type { Journal, JournalEntry } from "./journal";
import type { RateLimiter, Turn } from "./rateLimit";
import { BASE_PATH } from "./routes/accountPath";
import { deploymentGroupRoutes } from "./routes/deploymentGroups";
import { directoryRoutes } from "./routes/directory";
import { memberRoutes } from "./routes/members";
import { userGroupRoutes } from "./routes/userGroups";
import { formats } from "./schemas";
import type { CredentialSeed } from "./seed";
import type { Account } from "./state/account";

declare module "fastify" {
  interface FastifyContextConfig {
    area?: Area;
  }
  interface FastifyRequest {
    /** Set as soon as the request came in. */
    visit: { entry: JournalEntry; turn: Turn } | null;
  }
}

/** What the server works on; `accounts` and `credentials` are asked for at each request, because a reset changes them. */
export interface ServerParts {
  accounts: () => ReadonlyMap<string, Account>;
  credentials: readonly CredentialSeed[];
  clock: Clock;
  msPerRequest: number;
  memberLagMs: number;
  journal: Journal;
  faults: Faults;
  chaos: (request: Readonly<JournalEntry>) => Fault | undefined;
  rateLimiter: RateLimiter;
}

/** Marks a body that could not be read as JSON, so that the refusal comes after the credentials were looked at. */
class UnreadableBody {
  constructor(
    readonly text: string,
    readonly refusal: ApiError,
  ) {}
}

const MALFORMED_JSON = new ApiError(400, {
  code: 1001,
  message: "The body is not valid JSON",
  source: { pointer: "" },
});
const WRONG_CONTENT_TYPE = new ApiError(400, {
  code: 6003,
  message: "Invalid request headers",
  error_chain: [{ code: 6105, message: "Invalid Content-Type header, valid values are application/json" }],
});
const RATE_LIMITED = new ApiError(429, { code: 10429, message: "Rate limit exceeded, please wait" });

/** Builds the HTTP server; it does not listen yet. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const app = fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true, formats } },
    frameworkErrors: (error, request, reply) => {
      receive(request, reply, parts);
      refuse(error, request, reply);
    },
  });
  const closing = new AbortController();

  app.decorateRequest("visit", null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) =>
    done(null, parseJson(text.toString())),
  );
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, text, done) =>
    done(null, new UnreadableBody(text.toString(), WRONG_CONTENT_TYPE)),
  );

  app.addHook("onRequest", async (request, reply) => receive(request, reply, parts));

  // Refusals and faults wait until the body is read: the journal shows it for every request.
  app.addHook("preValidation", async (request, reply) => {
    const { visit, body } = request;
    if (visit === null) return;
    if (body !== undefined) visit.entry.body = body instanceof UnreadableBody ? body.text : body;
    if (!visit.turn.allowed) throw RATE_LIMITED;
    const fault = parts.faults.take(visit.entry) ?? parts.chaos(visit.entry);
    if (fault !== undefined) {
      visit.entry.fault = fault;
      await injectBefore(fault, request, reply, closing.signal);
      if (reply.sent) return;
    }
    admit(request, parts);
    if (body instanceof UnreadableBody) throw body.refusal;
  });

  app.addHook("onSend", async (request, reply, payload) => {
    const entry = request.visit?.entry;
    if (entry === undefined) return payload;
    const answer = entry.fault === undefined ? payload : injectAfter(entry.fault, request, reply, payload);
    if (!request.raw.socket.destroyed) entry.status = reply.statusCode;
    return answer;
  });
  app.addHook("preClose", async () => closing.abort());

  app.setErrorHandler<FastifyError | ApiError | HtmlAnswer>(refuse);
  app.setNotFoundHandler(() => {
    throw new Error("Every path without a route is refused before a handler is looked for.");
  });

  const accountOf = (request: FastifyRequest): Account => {
    const account = parts.accounts().get(accountIdOf(request) ?? "");
    if (account === undefined) throw notAllowed();
    return account;
  };
  userGroupRoutes(app, accountOf, parts.memberLagMs);
  memberRoutes(app, accountOf, parts.clock);
  deploymentGroupRoutes(app, accountOf);
  directoryRoutes(app, accountOf);
  return app;
}

/** Takes a request down, counts it, and puts the headers on that every answer has. */
function receive(request: FastifyRequest, reply: FastifyReply, parts: ServerParts): void {
  parts.clock.advance(parts.msPerRequest);
  const turn = parts.rateLimiter.take(callerOf(request.headers));
  reply
    .header("cf-ray", `${randomBytes(8).toString("hex")}-FRA`)
    .header("date", new Date(parts.clock.now()).toUTCString())
    .headers(parts.rateLimiter.headers(turn));
  request.visit = { entry: parts.journal.record(entryOf(request, parts.clock)), turn };
}

/** Lets a request through to its route, or throws the refusal of the API's front door. */
function admit(request: FastifyRequest, { accounts, credentials }: ServerParts): void {
  const { area } = request.routeOptions.config;
  const accountId = accountIdOf(request);
  if (area === undefined || accountId?.length !== 32) throw noRoute(pathOf(request));
  const credential = authenticate(request.headers, credentials);
  if (!accounts().has(accountId)) throw notAllowed();
  authorize(credential, accountId, area, request.method);
}

function accountIdOf(request: FastifyRequest): string | undefined {
  const { params } = request;
  if (typeof params !== "object" || params === null || !("account_id" in params)) return undefined;
  return String(params.account_id);
}

function refuse(error: FastifyError | ApiError | HtmlAnswer, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof HtmlAnswer) {
    reply.code(error.status).type("text/html; charset=utf-8").send(error.html);
    return;
  }
  const { status, errors } = toApiError(error, pathOf(request));
  reply.code(status).send(failure(errors));
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return new UnreadableBody(text, MALFORMED_JSON);
  }
}

function entryOf(request: FastifyRequest, clock: Clock): JournalEntry {
  const path = pathOf(request);
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

function pathOf(request: FastifyRequest): string {
  return request.url.replace(/\?.*$/, "");
}
