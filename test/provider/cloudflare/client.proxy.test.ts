import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { apiToken, buildRequest, closeServers, createCaller, createClient } from "./scriptedClient";
import { success } from "./scriptedServer";

const variables = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"] as const;
const originalValues = variables.map((name) => [name, process.env[name]] as const);

describe("CloudflareClient behind a proxy", () => {
  let proxy: Server;
  let proxyRequests: string[];

  beforeEach(async () => {
    proxyRequests = [];
    proxy = createServer((request, response) => {
      proxyRequests.push(`${request.method} ${request.url} ${request.rawHeaders.join(" ")}`);
      response.writeHead(403).end();
    });
    proxy.on("connect", (request, socket) => {
      proxyRequests.push(`CONNECT ${request.url} ${request.rawHeaders.join(" ")}`);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
    for (const name of variables) delete process.env[name];
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    process.env.HTTP_PROXY = address;
    process.env.HTTPS_PROXY = address;
  });

  afterEach(async () => {
    for (const [name, value] of originalValues) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await closeServers();
    await new Promise((closed) => proxy.close(closed));
  });

  it("sends the proxy a CONNECT request without the credential or the path", async () => {
    const baseUrl = "https://api.example.com/client/v4";
    const client = createCaller({ baseUrl, credential: { apiToken } });
    await client.request(buildRequest({ method: "POST" })).catch(() => undefined);
    expect(proxyRequests).to.have.length(1);
    expect(proxyRequests[0]).to.match(/^CONNECT api\.example\.com:443 /);
    expect(proxyRequests[0]).not.to.contain(apiToken).and.not.to.contain("things");
  });

  it("does not use the proxy for a loopback address", async () => {
    const { client, server } = await createClient([success({ id: "one" })]);
    await client.request(buildRequest({ method: "POST" })).catch(() => undefined);
    expect(proxyRequests).to.deep.equal([]);
    expect(server.requests).to.have.length(1);
  });
});
