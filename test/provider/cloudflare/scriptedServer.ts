import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it reached the server. */
export interface Received {
  method: string;
  /** With the query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the server does with one request. */
export type Answer = (response: ServerResponse, request: Received) => void;

/** A server on this machine that answers what a test wrote down, well-formed or not, one answer for each request. */
export class ScriptedServer {
  readonly requests: Received[] = [];

  private constructor(
    private readonly server: Server,
    private readonly answers: Answer[],
  ) {}

  /** What comes after the last answer gets a 501, which no client has a reason to repeat. */
  static async start(...answers: Answer[]): Promise<ScriptedServer> {
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method = "", url = "", headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      scripted.requests.push(request);
      const answer =
        scripted.answers.shift() ?? refusal(501, { code: 1000, message: "The script has no more answers" });
      answer(response, request);
    });
    const scripted = new ScriptedServer(server, answers);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return scripted;
  }

  /** The base URL that leads to it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/client/v4`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

/** Any body with any status. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** A JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return answer(status, JSON.stringify(body), { "content-type": "application/json", ...headers });
}

/** Cloudflare's envelope around a result. */
export function success(result: unknown, resultInfo?: object): Answer {
  return json(200, { success: true, errors: [], messages: [], result, result_info: resultInfo });
}

/** Cloudflare's envelope around errors. */
export function refusal(status: number, ...errors: object[]): Answer {
  return json(status, { success: false, errors, messages: [], result: null });
}

/** A page of a proxy, a gateway or a login. */
export function html(status: number): Answer {
  return answer(status, "<!DOCTYPE html><title>Gateway</title>", { "content-type": "text/html; charset=utf-8" });
}

/** JSON that announces its whole length and ends half-way with the context. */
export function brokenOff(status: number): Answer {
  return (response) => {
    const body = JSON.stringify({ success: true, errors: [], result: { id: "an-id" } });
    response.writeHead(status, { "content-type": "application/json", "content-length": String(body.length) });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  };
}

/** JSON that ends half-way as if it were complete. */
export const cutOff: Answer = answer(200, '{"success":true,"errors":[],"result":{"id":"an', {
  "content-type": "application/json",
});

/** No answer: the connection is destroyed. */
export const noAnswer: Answer = (response) => {
  response.socket?.resetAndDestroy();
};
