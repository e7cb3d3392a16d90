import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Starts a gateway to the API that removes the times from each POST response, so that the response is malformed. */
export async function startTruncatingGateway(url: string): Promise<{ url: string; close(): void }> {
  const relay = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "GET", headers } = request;
    const upstream = await fetch(new URL(String(request.url), url), {
      method,
      headers: { authorization: String(headers.authorization), "content-type": "application/json" },
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    const text = await upstream.text();
    response.writeHead(upstream.status, { "content-type": "application/json" });
    response.end(method === "POST" ? text.replace(/"created_(on|at)":/g, '"made":') : text);
  };
  const server = createServer(relay).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/client/v4`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
