import { z } from "zod";
import { adviseOn } from "../../../provider/advice";
import { CloudflareClient } from "../../../provider/cloudflare/client";
import type { Clock } from "../../../provider/cloudflare/clock";
import { CloudflareError } from "../../../provider/cloudflare/errors";
import type { ApiRequest, ListRequest } from "../../../provider/cloudflare/request";
import type { ConnectionSettings, Credential } from "../../../provider/cloudflare/transport";
import { fakeClock } from "./fakeClock";
import { type ScriptedResponse, ScriptedServer } from "./scriptedServer";

export const apiToken = "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY";

/** The schema of a minimal API object. */
export const thingSchema = z.object({ id: z.string(), name: z.string().optional() });
export type Thing = z.infer<typeof thingSchema>;

/** A request and the name of its operation. */
export type OperationRequest<T> = ApiRequest<T> & { operation: string };

/** A list with the name of its operation. By default it has the page sizes of the account's members. */
type ListCall<T> = Omit<OperationRequest<T>, "method" | "query" | "body"> &
  Partial<Pick<ListRequest<T>, "list" | "filter" | "isEnough">>;

const servers: ScriptedServer[] = [];

/** Creates a client that starts an operation for each request. */
export function createCaller(settings: ConnectionSettings, time: Clock = fakeClock) {
  const client = new CloudflareClient(settings, time, adviseOn);
  return {
    request: <T>({ operation, ...request }: OperationRequest<T>) => client.during(operation).request(request),
    list: <T extends { id: string }>({ operation, path, permission, result: item, ...request }: ListCall<T>) =>
      client.during(operation).list({ list: "accountMembers", path, permission, item, ...request }),
  };
}

/** Creates a client and a server that sends it these responses in order. */
export async function createClient(responses: ScriptedResponse[], credential: Credential = { apiToken }) {
  const server = await ScriptedServer.start(...responses);
  servers.push(server);
  return { server, client: createCaller({ baseUrl: server.url, credential }) };
}

/** Closes the servers. Call it after each test. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** Builds a request that reads a thing, with these changes. */
export function buildRequest(changes: Partial<OperationRequest<Thing>> = {}): OperationRequest<Thing> {
  return {
    operation: 'read the thing "one"',
    method: "GET",
    path: ["things", "one"],
    result: thingSchema,
    permission: '"Things Read"',
    ...changes,
  };
}

/** Returns the error of a call that must fail. */
export async function catchError(call: Promise<unknown>): Promise<CloudflareError> {
  const outcome: unknown = await call.then(
    () => new Error("The call succeeded."),
    (error) => error,
  );
  if (outcome instanceof CloudflareError) return outcome;
  throw outcome;
}
