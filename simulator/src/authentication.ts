import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "./apiError";
import type { CredentialSeed, Permission } from "./seed";

/** The part of the API that a route belongs to. It decides which permissions the route requires. */
export type ApiArea = "iam" | "devices";

const READ_PERMISSIONS: Record<ApiArea, readonly Permission[]> = {
  iam: ["Account Settings Read", "Account Settings Write", "SCIM Provisioning"],
  devices: ["Zero Trust Read", "Zero Trust Write"],
};
const WRITE_PERMISSIONS: Record<ApiArea, readonly Permission[]> = {
  iam: ["Account Settings Write", "SCIM Provisioning"],
  devices: ["Zero Trust Write"],
};

/** Returns a key that identifies the caller to the rate limiter, even if the credential is unknown. */
export function getCallerKey(headers: IncomingHttpHeaders): string {
  return headers.authorization ?? `${headers["x-auth-email"] ?? ""} ${headers["x-auth-key"] ?? ""}`;
}

/** Returns the credential of a request. Throws an `ApiError` if it is absent, malformed or unknown. */
export function authenticate(headers: IncomingHttpHeaders, credentials: readonly CredentialSeed[]): CredentialSeed {
  const { authorization } = headers;
  const email = headers["x-auth-email"];
  const key = headers["x-auth-key"];
  if (authorization !== undefined) {
    const token = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw createHeaderError(6111, "Invalid format for Authorization header");
    const credential = credentials.find((candidate) => "token" in candidate && candidate.token === token);
    if (credential === undefined) throw new ApiError(401, { code: 10000, message: "Authentication error" });
    return credential;
  }
  if (email === undefined && key === undefined) {
    const message = "Missing X-Auth-Key, X-Auth-Email or Authorization headers";
    throw new ApiError(401, { code: 9106, message });
  }
  if (!/^[^@\s]+@[^@\s]+$/.test(String(email ?? ""))) {
    throw createHeaderError(6102, "Invalid format for X-Auth-Email header");
  }
  if (!/^[A-Za-z0-9_-]+$/.test(String(key ?? ""))) {
    throw createHeaderError(6103, "Invalid format for X-Auth-Key header");
  }
  const credential = credentials.find(
    (candidate) => "api_key" in candidate && candidate.email === email && candidate.api_key === key,
  );
  if (credential === undefined) throw new ApiError(403, { code: 9103, message: "Unknown X-Auth-Key or X-Auth-Email" });
  return credential;
}

/** Throws an `ApiError` unless the credential covers the account and has a permission that the route requires. */
export function authorize(credential: CredentialSeed, accountId: string, area: ApiArea, method: string): void {
  const required = (method === "GET" ? READ_PERMISSIONS : WRITE_PERMISSIONS)[area];
  const coversAccount = credential.accounts?.includes(accountId) ?? true;
  const hasPermission = credential.permissions?.some((permission) => required.includes(permission)) ?? true;
  if (!coversAccount || !hasPermission) throw createForbiddenError();
}

/** Creates the error for an unknown account too: Cloudflare does not say whether an account exists. */
export function createForbiddenError(): ApiError {
  return new ApiError(403, { code: 10000, message: "Authentication error" });
}

/** Creates the error for a malformed request header. */
export function createHeaderError(code: number, message: string): ApiError {
  return new ApiError(400, { code: 6003, message: "Invalid request headers", error_chain: [{ code, message }] });
}
