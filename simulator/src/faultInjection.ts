import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiError, type ApiErrorEntry } from "./apiError";
import { wrapErrors } from "./envelope";
import type { Fault } from "./faults";

/** Thrown to send a response that is not the API's. */
export class RawResponse extends Error {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;

  constructor(status: number, contentType: string, body: string) {
    super(`A response with status ${status} and content type ${contentType}`);
    this.name = "RawResponse";
    this.status = status;
    this.contentType = contentType;
    this.body = body;
  }
}

/** Applies the part of a fault that comes before the request is carried out. Throws to send another response. */
export async function injectBefore(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<void> {
  if ("html" in fault) throw new RawResponse(fault.html, "text/html; charset=utf-8", createHtmlPage(fault.html));
  if ("json" in fault) {
    if (fault.after === true) return;
    throw new RawResponse(fault.status ?? 200, "application/json; charset=utf-8", JSON.stringify(fault.json));
  }
  if ("status" in fault && fault.after !== true) {
    if (fault.retryAfter !== undefined) reply.header("retry-after", String(fault.retryAfter));
    throw new ApiError(fault.status, ...toErrorEntries(fault));
  }
  // A closing simulator aborts the wait. It closes its connections anyway, so nobody can use that error.
  if ("delayMs" in fault) {
    await wait(fault.delayMs, undefined, { signal: closing }).catch(() => resetConnection(request, reply));
  }
  if ("reset" in fault && fault.reset === "before") resetConnection(request, reply);
}

/** Returns the payload that a fault makes of the response, after the request is carried out. */
export function injectAfter(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if ("json" in fault) {
    reply.code(fault.status ?? 200);
    return JSON.stringify(fault.json);
  }
  if ("status" in fault && fault.after === true) {
    reply.code(fault.status);
    if (fault.retryAfter !== undefined) reply.header("retry-after", String(fault.retryAfter));
    return JSON.stringify(wrapErrors(toErrorEntries(fault)));
  }
  if ("reset" in fault && fault.reset === "after") request.raw.socket.resetAndDestroy();
  if (!("truncate" in fault) || typeof payload !== "string") return payload;
  const half = payload.slice(0, payload.length / 2);
  if (fault.truncate === "json") return half;
  reply.header("content-length", Buffer.byteLength(payload));
  return Readable.from(sendHalfThenClose(half, request));
}

async function* sendHalfThenClose(half: string, request: FastifyRequest): AsyncGenerator<string> {
  yield half;
  // The half must reach the client before the connection closes.
  await new Promise<void>((resolve) => request.raw.socket.write("", () => resolve()));
  request.raw.socket.destroy();
}

function resetConnection(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}

function createHtmlPage(status: number): string {
  const title = status < 400 ? "Sign in" : `${status} Gateway error`;
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}

function toErrorEntries(fault: Extract<Fault, { status: number }>): ApiErrorEntry[] {
  if (fault.errors !== undefined) return fault.errors;
  const message =
    fault.message ?? (fault.status === 429 ? "Rate limit exceeded, please wait" : "Internal service error");
  return [{ code: fault.code ?? 10000, message }];
}
