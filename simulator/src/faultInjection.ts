import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiError, type ApiErrorEntry } from "./apiError";
import { wrapErrors } from "./envelope";
import type { Fault } from "./faults";

/** Thrown to send an HTML page instead of the API's response. */
export class HtmlResponse extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`An HTML page with status ${status}`);
    this.name = "HtmlResponse";
    this.status = status;
  }

  get html(): string {
    const title = this.status < 400 ? "Sign in" : `${this.status} Gateway error`;
    return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  }
}

/** Applies the part of a fault that comes before the request is carried out. Throws to send another response. */
export async function injectBefore(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<void> {
  if ("html" in fault) throw new HtmlResponse(fault.html);
  if ("status" in fault && fault.after !== true) {
    if (fault.retryAfter !== undefined) reply.header("retry-after", String(fault.retryAfter));
    throw new ApiError(fault.status, toErrorEntry(fault));
  }
  // A closing simulator aborts the wait. It closes its connections anyway, so nobody can use that error.
  if ("delayMs" in fault) {
    await wait(fault.delayMs, undefined, { signal: closing }).catch(() => resetConnection(request, reply));
  }
  if ("reset" in fault && fault.reset === "before") resetConnection(request, reply);
}

/** Returns the payload that a fault makes of the response, after the request is carried out. */
export function injectAfter(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if ("status" in fault && fault.after === true) {
    reply.code(fault.status);
    if (fault.retryAfter !== undefined) reply.header("retry-after", String(fault.retryAfter));
    return JSON.stringify(wrapErrors([toErrorEntry(fault)]));
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

function toErrorEntry(fault: Extract<Fault, { status: number }>): ApiErrorEntry {
  const message =
    fault.message ?? (fault.status === 429 ? "Rate limit exceeded, please wait" : "Internal service error");
  return { code: fault.code ?? 10000, message };
}
