import type { FastifyError, FastifySchemaValidationError } from "fastify";

/** One entry of `errors` in a response. */
export interface ApiErrorEntry {
  code: number;
  message: string;
  documentation_url?: string;
  source?: { pointer: string };
  error_chain?: { code: number; message: string }[];
}

/** A request breaks one of the API's rules. Holds the status and the errors of the response. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: ApiErrorEntry[];

  constructor(status: number, ...errors: ApiErrorEntry[]) {
    super(errors.map((error) => error.message).join("; "));
    this.name = "ApiError";
    this.status = status;
    this.errors = errors;
  }
}

/** Creates a 400 that points at one field of the request body. */
export function createFieldError(message: string, pointer: string): ApiError {
  return new ApiError(400, { code: 1001, message, source: { pointer } });
}

export function createNotFoundError(message: string): ApiError {
  return new ApiError(404, { code: 404, message });
}

/** Creates the 404 of Cloudflare's router. */
export function createRoutingError(path: string): ApiError {
  return new ApiError(
    404,
    { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
    { code: 7000, message: "No route for that URI" },
  );
}

/** Converts any error that a request caused into the error that the API would send. */
export function toApiError(error: FastifyError | ApiError, path: string): ApiError {
  if (error instanceof ApiError) return error;
  if (error.validation !== undefined) return toValidationError(error.validation, error.validationContext, path);
  const status = error.statusCode ?? 500;
  return new ApiError(status, {
    code: 1000,
    message: status < 500 ? error.message : `The simulator failed: ${error.message}`,
  });
}

function toValidationError(
  errors: FastifySchemaValidationError[],
  context: string | undefined,
  path: string,
): ApiError {
  // An "if" only repeats that one of the other errors exists.
  const problems = errors.filter(({ keyword }) => keyword !== "if").map(describeSchemaError);
  if (context === "body") return new ApiError(400, ...problems.map(toBodyEntry));
  if (context === "querystring") return new ApiError(400, ...problems.map(toQueryEntry));
  const isUuidMalformed = problems.some(({ pointer }) => pointer === "/group_id");
  return isUuidMalformed
    ? new ApiError(400, { code: 1001, message: "group_id must be a UUID" })
    : createRoutingError(path);
}

function toBodyEntry({ pointer, message }: SchemaProblem): ApiErrorEntry {
  return { code: 1001, message: `${pointer === "" ? "The body" : pointer} ${message}`, source: { pointer } };
}

function toQueryEntry({ pointer, message }: SchemaProblem): ApiErrorEntry {
  return { code: 1001, message: `Query parameter ${pointer.slice(1)} ${message}` };
}

/** A value that breaks a JSON schema. */
export interface SchemaProblem {
  /** The JSON pointer of the value. */
  pointer: string;
  /** The end of a sentence that starts with the name of the value. */
  message: string;
}

export function describeSchemaError(error: FastifySchemaValidationError): SchemaProblem {
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
