import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "./envelope";
import type { CredentialSeed, Permission } from "./seed";

/** Which permissions a route asks for. */
export type Area = "iam" | "devices";

const READERS: Record<Area, readonly Permission[]> = {
  iam: ["Account Settings Read", "Account Settings Write", "SCIM Provisioning"],
  devices: ["Zero Trust Read", "Zero Trust Write"],
};
const WRITERS: Record<Area, readonly Permission[]> = {
  iam: ["Account Settings Write", "SCIM Provisioning"],
  devices: ["Zero Trust Write"],
};

/** What tells one caller from another, for the rate limit. */
export function callerOf(headers: IncomingHttpHeaders): string {
  return headers.authorization ?? `${headers["x-auth-email"] ?? ""} ${headers["x-auth-key"] ?? ""}`;
}

/** Finds the credential that a request shows; throws what the API answers where it is absent, malformed or unknown. */
export function authenticate(headers: IncomingHttpHeaders, credentials: readonly CredentialSeed[]): CredentialSeed {
  const { authorization } = headers;
  const email = headers["x-auth-email"];
  const key = headers["x-auth-key"];
  if (authorization !== undefined) {
    const token = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw malformed(6111, "Invalid format for Authorization header");
    const found = credentials.find((each) => "token" in each && each.token === token);
    if (found === undefined) throw new ApiError(401, { code: 10000, message: "Authentication error" });
    return found;
  }
  if (email === undefined && key === undefined) {
    const message = "Missing X-Auth-Key, X-Auth-Email or Authorization headers";
    throw new ApiError(401, { code: 9106, message });
  }
  if (!/^[^@\s]+@[^@\s]+$/.test(String(email ?? ""))) throw malformed(6102, "Invalid format for X-Auth-Email header");
  if (!/^[A-Za-z0-9_-]+$/.test(String(key ?? ""))) throw malformed(6103, "Invalid format for X-Auth-Key header");
  const found = credentials.find((each) => "api_key" in each && each.email === email && each.api_key === key);
  if (found === undefined) throw new ApiError(403, { code: 9103, message: "Unknown X-Auth-Key or X-Auth-Email" });
  return found;
}

/** Throws unless the credential reaches the account and has the permission that the route asks for. */
export function authorize(credential: CredentialSeed, accountId: string, area: Area, method: string): void {
  const accepted = (method === "GET" ? READERS : WRITERS)[area];
  const reaches = credential.accounts?.includes(accountId) ?? true;
  const permitted = credential.permissions?.some((permission) => accepted.includes(permission)) ?? true;
  if (!reaches || !permitted) throw notAllowed();
}

/** Cloudflare does not tell an account that is not there from one that the credential does not reach. */
export function notAllowed(): ApiError {
  return new ApiError(403, { code: 10000, message: "Authentication error" });
}

function malformed(code: number, message: string): ApiError {
  return new ApiError(400, { code: 6003, message: "Invalid request headers", error_chain: [{ code, message }] });
}
