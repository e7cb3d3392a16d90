import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiError, type ApiErrorEntry, failure } from "./envelope";
import type { Fault } from "./faults";

/** An HTML page in place of the API's answer. */
export class HtmlAnswer extends Error {
  constructor(readonly status: number) {
    super(`An HTML page with status ${status}`);
    this.name = "HtmlAnswer";
  }

  get html(): string {
    const title = this.status < 400 ? "Sign in" : `${this.status} Gateway error`;
    return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  }
}

/** What a fault does before the work: it throws the answer, waits, or cuts the connection. */
export async function injectBefore(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<void> {
  if ("html" in fault) throw new HtmlAnswer(fault.html);
  if ("status" in fault && fault.after !== true) {
    if (fault.retryAfter !== undefined) reply.header("retry-after", String(fault.retryAfter));
    throw new ApiError(fault.status, entryOf(fault));
  }
  // A closing simulator cuts its connections anyway: what the wait rejects with then is of no use to anybody.
  if ("delayMs" in fault) await wait(fault.delayMs, undefined, { signal: closing }).catch(() => cut(request, reply));
  if ("reset" in fault && fault.reset === "before") cut(request, reply);
}

/** What a fault does to the answer once the work is done. */
export function injectAfter(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if ("status" in fault && fault.after === true) {
    reply.code(fault.status);
    if (fault.retryAfter !== undefined) reply.header("retry-after", String(fault.retryAfter));
    return JSON.stringify(failure([entryOf(fault)]));
  }
  if ("reset" in fault && fault.reset === "after") request.raw.socket.resetAndDestroy();
  if (!("truncate" in fault) || typeof payload !== "string") return payload;
  const half = payload.slice(0, payload.length / 2);
  if (fault.truncate === "json") return half;
  reply.header("content-length", Buffer.byteLength(payload));
  return Readable.from(halfThenCut(half, request));
}

async function* halfThenCut(half: string, request: FastifyRequest): AsyncGenerator<string> {
  yield half;
  // The half has to be on its way before the connection goes.
  await new Promise<void>((sent) => request.raw.socket.write("", () => sent()));
  request.raw.socket.destroy();
}

function cut(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}

function entryOf(fault: Extract<Fault, { status: number }>): ApiErrorEntry {
  const message =
    fault.message ?? (fault.status === 429 ? "Rate limit exceeded, please wait" : "Internal service error");
  return { code: fault.code ?? 10000, message };
}
