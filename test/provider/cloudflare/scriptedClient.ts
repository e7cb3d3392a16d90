import { z } from "zod";
import { adviseOn } from "../../../provider/advice";
import { CloudflareClient } from "../../../provider/cloudflare/client";
import type { Clock } from "../../../provider/cloudflare/clock";
import type { ConnectionSettings, Credential } from "../../../provider/cloudflare/connectionSettings";
import { CloudflareError } from "../../../provider/cloudflare/errors";
import type { ApiRequest } from "../../../provider/cloudflare/request";
import { clock } from "./fakeClock";
import { type Answer, ScriptedServer } from "./scriptedServer";

export const apiToken = "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY";

/** The schema of a minimal API object. */
export const thing = z.object({ id: z.string(), name: z.string().optional() });
export type Thing = z.infer<typeof thing>;

/** A request and the name of its operation. */
export type Call<T> = ApiRequest<T> & { operation: string };

const servers: ScriptedServer[] = [];

/** Creates a client that starts an operation for each request. */
export function callerFor(settings: ConnectionSettings, time: Clock = clock) {
  const client = new CloudflareClient(settings, time, adviseOn);
  return {
    request: <T>({ operation, ...request }: Call<T>) => client.during(operation).request(request),
    list: <T extends { id: string }>({ operation, result, ...request }: Omit<Call<T>, "method">) =>
      client.during(operation).list({ ...request, item: result }),
  };
}

/** Creates a client and a server that sends it these responses in order. */
export async function clientFor(answers: Answer[], credential: Credential = { apiToken }) {
  const server = await ScriptedServer.start(...answers);
  servers.push(server);
  return { server, client: callerFor({ baseUrl: server.url, credential }) };
}

/** Closes the servers. Call it after each test. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** Builds a request that reads a thing, with these changes. */
export function callWith(changes: Partial<Call<Thing>> = {}): Call<Thing> {
  return {
    operation: 'read the thing "one"',
    method: "GET",
    path: ["things", "one"],
    result: thing,
    permission: '"Things Read"',
    ...changes,
  };
}

/** Returns the error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<CloudflareError> {
  const outcome: unknown = await call.then(
    () => new Error("The call succeeded."),
    (error) => error,
  );
  if (outcome instanceof CloudflareError) return outcome;
  throw outcome;
}
