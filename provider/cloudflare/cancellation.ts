import { setMaxListeners } from "node:events";
import { Server } from "node:net";

const cancelMethod = "/pulumirpc.ResourceProvider/Cancel";

/**
 * A signal that fires when Pulumi is told to stop (Ctrl-C, or a pipeline that is cancelled).
 *
 * The engine runs its plugins in process groups of their own, so that no SIGINT reaches them; it calls `Cancel` instead, which
 * the dynamic-provider plugin answers without telling its providers. What can be seen is the call's arrival: the plugin's
 * gRPC server is an HTTP/2 server of this process, and it takes a second listener. Where there is none, as in a test of a
 * program, the signal never fires.
 */
export function engineCancellation(): AbortSignal {
  const controller = new AbortController();
  // Each call that waits is a listener: four for each core of the machine are usual.
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
