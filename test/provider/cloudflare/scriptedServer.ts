import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server received it. */
export interface Received {
  method: string;
  /** The path and the query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends one scripted response. */
export type Answer = (response: ServerResponse, request: Received) => void;

/** A local server that sends a test's responses in order, one for each request. A response may be malformed. */
export class ScriptedServer {
  readonly requests: Received[] = [];

  private constructor(
    private readonly server: Server,
    private readonly answers: Answer[],
  ) {}

  /** Starts the server. After the last response it sends 501, because no client retries that status. */
  static async start(...answers: Answer[]): Promise<ScriptedServer> {
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method = "", url = "", headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      scripted.requests.push(request);
      const answer =
        scripted.answers.shift() ?? refusal(501, { code: 1000, message: "The script has no more responses" });
      answer(response, request);
    });
    const scripted = new ScriptedServer(server, answers);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return scripted;
  }

  /** The base URL of the server. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/client/v4`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

/** Sends any body with any status. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Sends a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return answer(status, JSON.stringify(body), { "content-type": "application/json", ...headers });
}

/** Sends a result in Cloudflare's envelope. */
export function success(result: unknown, resultInfo?: object): Answer {
  return json(200, { success: true, errors: [], messages: [], result, result_info: resultInfo });
}

/** Sends errors in Cloudflare's envelope. */
export function refusal(status: number, ...errors: object[]): Answer {
  return json(status, { success: false, errors, messages: [], result: null });
}

/** Sends an HTML page, as a proxy, a gateway or a login form does. */
export function html(status: number): Answer {
  return answer(status, "<!DOCTYPE html><title>Gateway</title>", { "content-type": "text/html; charset=utf-8" });
}

/** Sends half of the announced body and destroys the connection. */
export function brokenOff(status: number): Answer {
  return (response) => {
    const body = JSON.stringify({ success: true, errors: [], result: { id: "an-id" } });
    response.writeHead(status, { "content-type": "application/json", "content-length": String(body.length) });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  };
}

/** Sends half of a JSON text as a complete body. */
export const cutOff: Answer = answer(200, '{"success":true,"errors":[],"result":{"id":"an', {
  "content-type": "application/json",
});

/** Resets the connection without a response. */
export const noAnswer: Answer = (response) => {
  response.socket?.resetAndDestroy();
};
