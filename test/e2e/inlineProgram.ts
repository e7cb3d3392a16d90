import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";

// The SDK's own implementation. Its Automation API uses it to run a program inside the current process.
const {
  LanguageServer,
}: {
  LanguageServer: new (program: () => Promise<unknown>) => UntypedServiceImplementation;
} = require("@pulumi/pulumi/automation/server");

const { grpcClientOptions }: { grpcClientOptions: object } = require("@pulumi/pulumi/runtime/settings");

// A later engine may get the port of an earlier one. With a shared pool, the program would use the earlier connection and fail
// with UNAVAILABLE. The SDK's server hides this error, so the program would seem to declare nothing.
Object.assign(grpcClientOptions, { "grpc.use_local_subchannel_pool": 1 });

/** A program that the engine runs in this process. */
export interface ServedProgram {
  /** The flag that connects a CLI command to the program. */
  flag: string;
  close(): void;
}

/** Serves a Pulumi program to the engine. Starting a process with the SDK would take longer than most tests. */
export async function serveProgram(program: () => Promise<unknown>): Promise<ServedProgram> {
  const server = new Server();
  server.addService(LanguageRuntimeService, new LanguageServer(program));
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { flag: `--client=127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
