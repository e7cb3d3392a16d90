import { setMaxListeners } from "node:events";
import { Server } from "node:net";
import { type Clock, systemClock } from "./cloudflare/clock";

const cancelMethod = "/pulumirpc.ResourceProvider/Cancel";

let cancellation: AbortSignal | undefined;

/** The machine's clock. Its waits end when the engine cancels the run, such as after Ctrl-C. */
export const engineClock: Clock = systemClock(() => {
  cancellation ??= watchCancellation();
  return cancellation;
});

/**
 * Returns a signal that fires when the engine cancels the run.
 *
 * The engine runs its plugins in their own process groups, so they receive no SIGINT. It calls `Cancel` instead, and
 * the plugin for dynamic providers does not pass that call on. But the plugin's gRPC server is an HTTP/2 server in this
 * process, and it accepts a second listener. Without such a server, as in a program, the signal never fires.
 */
function watchCancellation(): AbortSignal {
  const controller = new AbortController();
  // Each waiting request is a listener, and the engine runs four requests for each core of the machine.
  setMaxListeners(0, controller.signal);
  for (const server of http2Servers())
    server.on("stream", (_stream: unknown, headers: Record<string, unknown>) => {
      if (headers[":path"] === cancelMethod) controller.abort();
    });
  return controller.signal;
}

function http2Servers(): Server[] {
  const handles: unknown = Reflect.get(process, "_getActiveHandles")?.call(process);
  return Array.isArray(handles)
    ? handles.filter((handle) => handle instanceof Server && handle.constructor.name === "Http2Server")
    : [];
}
