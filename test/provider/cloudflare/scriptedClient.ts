import { z } from "zod";
import { adviseOn } from "../../../provider/advice";
import { CloudflareClient } from "../../../provider/cloudflare/client";
import type { Clock } from "../../../provider/cloudflare/clock";
import type { ConnectionSettings, Credential } from "../../../provider/cloudflare/connectionSettings";
import { CloudflareError } from "../../../provider/cloudflare/errors";
import type { ApiRequest, ListRequest } from "../../../provider/cloudflare/request";
import { clock } from "./fakeClock";
import { type Answer, ScriptedServer } from "./scriptedServer";

export const apiToken = "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY";

/** An object of the API, as small as can be. */
export const thing = z.object({ id: z.string(), name: z.string().optional() });
export type Thing = z.infer<typeof thing>;

/** A request with the name of its operation. */
export type Call<T> = ApiRequest<T> & { operation: string };

/** A list with the name of its operation. By default it has the page sizes of the account's members. */
type ListCall<T> = Omit<Call<T>, "method" | "query" | "body"> &
  Partial<Pick<ListRequest<T>, "list" | "filter" | "isEnough">>;

const servers: ScriptedServer[] = [];

/** A client whose every call is an operation of its own. */
export function callerFor(settings: ConnectionSettings, time: Clock = clock) {
  const client = new CloudflareClient(settings, time, adviseOn);
  return {
    request: <T>({ operation, ...request }: Call<T>) => client.during(operation).request(request),
    list: <T extends { id: string }>({ operation, path, permission, result: item, ...request }: ListCall<T>) =>
      client.during(operation).list({ list: "accountMembers", path, permission, item, ...request }),
  };
}

/** A client, and the server of its own that answers it with this script. */
export async function clientFor(answers: Answer[], credential: Credential = { apiToken }) {
  const server = await ScriptedServer.start(...answers);
  servers.push(server);
  return { server, client: callerFor({ baseUrl: server.url, credential }) };
}

/** To be called after each test. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** A call that reads a thing, with whatever is different. */
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

/** What a call failed with. */
export async function failureOf(call: Promise<unknown>): Promise<CloudflareError> {
  const outcome: unknown = await call.then(
    () => new Error("The call succeeded."),
    (error) => error,
  );
  if (outcome instanceof CloudflareError) return outcome;
  throw outcome;
}
