import { z } from "zod";
import { type Call, CloudflareClient } from "../../../provider/cloudflare/client";
import { CloudflareError } from "../../../provider/cloudflare/errors";
import type { Credential } from "../../../provider/config";
import { clock } from "./hurriedClock";
import { type Answer, ScriptedServer } from "./scriptedServer";

export const apiToken = "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY";

/** An object of the API, as small as can be. */
export const thing = z.object({ id: z.string(), name: z.string().optional() });
export type Thing = z.infer<typeof thing>;

const servers: ScriptedServer[] = [];

/** A client, and the server of its own that answers it with this script. */
export async function clientFor(answers: Answer[], credential: Credential = { apiToken }) {
  const server = await ScriptedServer.start(...answers);
  servers.push(server);
  return { server, client: new CloudflareClient({ accountId: undefined, baseUrl: server.url, credential }, clock) };
}

/** To be called after each test. */
export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** A call that reads a thing, with whatever is different. */
export function callWith(changes: Partial<Call<Thing>> = {}): Call<Thing> {
  return {
    doing: 'read the thing "one"',
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
