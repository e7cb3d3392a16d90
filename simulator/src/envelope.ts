import type { FastifyError, FastifySchemaValidationError } from "fastify";

/** One entry of `errors` in an answer of the API. */
export interface ApiErrorEntry {
  code: number;
  message: string;
  documentation_url?: string;
  source?: { pointer: string };
  error_chain?: { code: number; message: string }[];
}

/** A refusal by one of the API's rules: what the HTTP answer will say. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: ApiErrorEntry[];

  constructor(status: number, ...errors: [ApiErrorEntry, ...ApiErrorEntry[]]) {
    super(errors.map((error) => error.message).join("; "));
    this.name = "ApiError";
    this.status = status;
    this.errors = errors;
  }
}

/** A 400 about one place in the request body. */
export function invalid(message: string, pointer: string): ApiError {
  return new ApiError(400, { code: 1001, message, source: { pointer } });
}

/** A 404 in the words of Cloudflare's router. */
export function noRoute(path: string): ApiError {
  return new ApiError(
    404,
    { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
    { code: 7000, message: "No route for that URI" },
  );
}

/** A successful answer. */
export function success<T>(result: T): { success: true; errors: []; messages: []; result: T } {
  return { success: true, errors: [], messages: [], result };
}

/** A refused answer. */
export function failure(errors: ApiErrorEntry[]): {
  success: false;
  errors: ApiErrorEntry[];
  messages: [];
  result: null;
} {
  return { success: false, errors, messages: [], result: null };
}

/** Turns anything that went wrong while a request was served into the API's own refusal. */
export function toApiError(error: FastifyError | ApiError, path: string): ApiError {
  if (error instanceof ApiError) return error;
  if (error.validation !== undefined) return fromValidation(error.validation, error.validationContext, path);
  const status = error.statusCode ?? 500;
  return new ApiError(status, {
    code: 1000,
    message: status < 500 ? error.message : `The simulator failed: ${error.message}`,
  });
}

function fromValidation(found: FastifySchemaValidationError[], where: string | undefined, path: string): ApiError {
  const entries = found.map((each) => describe(each));
  if (where === "body") return new ApiError(400, ...nonEmpty(entries.map(bodyEntry)));
  if (where === "querystring") return new ApiError(400, ...nonEmpty(entries.map(queryEntry)));
  const malformedUuid = entries.some((entry) => entry.pointer === "/group_id");
  return malformedUuid ? new ApiError(400, { code: 1001, message: "group_id must be a UUID" }) : noRoute(path);
}

function bodyEntry({ pointer, message }: { pointer: string; message: string }): ApiErrorEntry {
  return { code: 1001, message: `${pointer === "" ? "The body" : pointer} ${message}`, source: { pointer } };
}

function queryEntry({ pointer, message }: { pointer: string; message: string }): ApiErrorEntry {
  return { code: 1001, message: `Query parameter ${pointer.slice(1)} ${message}` };
}

function nonEmpty(entries: ApiErrorEntry[]): [ApiErrorEntry, ...ApiErrorEntry[]] {
  const [first, ...rest] = entries;
  return first === undefined ? [{ code: 1001, message: "The request is invalid" }] : [first, ...rest];
}

/** One failure of a JSON schema: the place as a JSON pointer, and what is wrong with it as the end of a sentence. */
export function describe(error: FastifySchemaValidationError): { pointer: string; message: string } {
  const { instancePath, keyword, params, message = "is invalid" } = error;
  if (keyword === "required") {
    return { pointer: `${instancePath}/${escapePointer(params.missingProperty)}`, message: "is required" };
  }
  if (keyword === "additionalProperties") {
    return { pointer: `${instancePath}/${escapePointer(params.additionalProperty)}`, message: "is not a known field" };
  }
  if (keyword === "enum" && Array.isArray(params.allowedValues)) {
    return { pointer: instancePath, message: `must be one of ${params.allowedValues.join(", ")}` };
  }
  if (keyword === "format") return { pointer: instancePath, message: `must be a valid ${params.format}` };
  return { pointer: instancePath, message };
}

function escapePointer(name: unknown): string {
  return String(name).replaceAll("~", "~0").replaceAll("/", "~1");
}
