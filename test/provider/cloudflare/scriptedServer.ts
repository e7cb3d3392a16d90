import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server received it. */
export interface ReceivedRequest {
  method: string;
  /** The path and the query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends one scripted response. */
export type ScriptedResponse = (response: ServerResponse, request: ReceivedRequest) => void;

/** A local server that sends a test's responses in order, one for each request. A response may be malformed. */
export class ScriptedServer {
  readonly requests: ReceivedRequest[] = [];

  private constructor(
    private readonly server: Server,
    private readonly responses: ScriptedResponse[],
  ) {}

  /** Starts the server. After the last response it sends 501, because no client retries that status. */
  static start(...responses: ScriptedResponse[]): Promise<ScriptedServer> {
    const exhausted = errorResponse(501, { code: 1000, message: "The script has no more responses" });
    return ScriptedServer.#listen(responses, exhausted);
  }

  /** Starts a server that responds to every request in the same way. */
  static serve(respond: ScriptedResponse): Promise<ScriptedServer> {
    return ScriptedServer.#listen([], respond);
  }

  static async #listen(responses: ScriptedResponse[], afterwards: ScriptedResponse): Promise<ScriptedServer> {
    const server = createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { method = "", url = "", headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      started.requests.push(request);
      const respond = started.responses.shift() ?? afterwards;
      respond(response, request);
    });
    const started = new ScriptedServer(server, responses);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return started;
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
export function rawResponse(status: number, body: string, headers: Record<string, string> = {}): ScriptedResponse {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Sends a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): ScriptedResponse {
  return rawResponse(status, JSON.stringify(body), { "content-type": "application/json", ...headers });
}

/** Sends a result in Cloudflare's envelope. */
export function success(result: unknown, resultInfo?: object): ScriptedResponse {
  return json(200, { success: true, errors: [], messages: [], result, result_info: resultInfo });
}

/** Sends errors in Cloudflare's envelope. */
export function errorResponse(status: number, ...errors: object[]): ScriptedResponse {
  return json(status, { success: false, errors, messages: [], result: null });
}

/** Sends an HTML page, as a proxy, a gateway or a login form does. */
export function html(status: number): ScriptedResponse {
  return rawResponse(status, "<!DOCTYPE html><title>Gateway</title>", { "content-type": "text/html; charset=utf-8" });
}

/** Sends half of the announced body and destroys the connection. */
export function truncatedConnection(status: number): ScriptedResponse {
  return (response) => {
    const body = JSON.stringify({ success: true, errors: [], result: { id: "an-id" } });
    response.writeHead(status, { "content-type": "application/json", "content-length": String(body.length) });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  };
}

/** Sends half of a JSON text as a complete body. */
export const truncatedJson: ScriptedResponse = rawResponse(200, '{"success":true,"errors":[],"result":{"id":"an', {
  "content-type": "application/json",
});

/** Resets the connection without a response. */
export const resetConnection: ScriptedResponse = (response) => {
  response.socket?.resetAndDestroy();
};
