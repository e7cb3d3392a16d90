import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";

// The SDK's own implementation, with which its Automation API runs a program inside the process that deploys it.
const {
  LanguageServer,
}: {
  LanguageServer: new (program: () => Promise<unknown>) => UntypedServiceImplementation;
} = require("@pulumi/pulumi/automation/server");

const { grpcChannelOptions }: { grpcChannelOptions: object } = require("@pulumi/pulumi/runtime");

// The engines of this process's tests come and go, and their ports come again. A connection must not be that of an earlier engine.
Object.assign(grpcChannelOptions, { "grpc.use_local_subchannel_pool": 1 });

/** A program that the engine runs in this process. */
export interface ServedProgram {
  /** The flag that leads a command of the CLI to the program. */
  flag: string;
  close(): void;
}

/** Serves a Pulumi program to the engine: the start of a process with the SDK would take longer than all that most tests do. */
export async function serveProgram(program: () => Promise<unknown>): Promise<ServedProgram> {
  const server = new Server();
  server.addService(LanguageRuntimeService, new LanguageServer(program));
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { flag: `--client=127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
