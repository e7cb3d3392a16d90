import { fork } from "node:child_process";
import { join } from "node:path";
import { DEFAULTS, type Simulator } from "cloudflare-groups-simulator";

type Call = "check" | "diff" | "read" | "create";

/** A kind of process, and the calls that it makes. */
export interface ProcessKind {
  name: string;
  kind: "program" | "plugin";
  /** Whether it loads the package beside the SDK. */
  loadsPackage: boolean;
  /** The calls that the engine makes first. */
  calls: readonly Call[];
}

export const programAlone: ProcessKind = { name: "program alone", kind: "program", loadsPackage: false, calls: [] };
export const pluginAlone: ProcessKind = { name: "plugin alone", kind: "plugin", loadsPackage: false, calls: [] };

/** The processes that load the package. */
export const processKinds: readonly ProcessKind[] = [
  { name: "program", kind: "program", loadsPackage: true, calls: [] },
  { name: "plugin in a preview (check, diff)", kind: "plugin", loadsPackage: true, calls: ["check", "diff"] },
  { name: "plugin in a refresh (read)", kind: "plugin", loadsPackage: true, calls: ["read"] },
  { name: "plugin in an up (check, create)", kind: "plugin", loadsPackage: true, calls: ["check", "create"] },
];

/** What one process took, in milliseconds. */
export interface ProcessStart {
  /** From its start to the end of its last call. */
  elapsedMs: number;
  cpuMs: number;
  /** The loading of the package's entry. */
  entryMs: number;
  /** The loading during the calls after that. */
  callsMs: number;
  /** The files that were loaded beside those of the SDK. */
  files: readonly string[];
}

const { accountId, apiToken, permissionGroups, resourceGroups } = DEFAULTS;
const literal = 'exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").userGroup';
const inputs = {
  accountId,
  name: "DNS readers",
  policies: [
    {
      access: "allow",
      permissionGroups: [{ id: permissionGroups.dnsRead }],
      resourceGroups: [{ id: resourceGroups.account }],
    },
  ],
};

/**
 * Runs a process of this kind in a program's folder, whose `node_modules` hold the SDK and the package.
 *
 * @param simulator Responds to the calls. It is reset to its seed first.
 * @throws An error when the process ends before it has measured anything.
 */
export function startProcess(process: ProcessKind, folder: string, simulator: Simulator): Promise<ProcessStart> {
  const { kind, loadsPackage, calls } = process;
  const args = prepareCalls(simulator);
  const job = {
    kind,
    literal: loadsPackage ? literal : undefined,
    config: {
      "cloudflare:apiToken": apiToken,
      "cloudflare:accountId": accountId,
      "cloudflare:baseUrl": simulator.url,
    },
    calls: calls.map((method) => ({ method, args: args[method] })),
  };
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = fork(join(__dirname, "startedProcess.cjs"), [JSON.stringify(job)], { cwd: folder, execArgv: [] });
    child.on("error", reject);
    child.on("exit", (code) =>
      reject(new Error(`${process.name} ended with ${code} before it had measured anything.`)),
    );
    child.on("message", (measured: Omit<ProcessStart, "elapsedMs">) =>
      resolve({ elapsedMs: performance.now() - begin, ...measured }),
    );
  });
}

/** The arguments of each call, for an account that holds one user group. */
function prepareCalls(simulator: Simulator): Record<Call, unknown[]> {
  simulator.reset();
  const { id, name, created_on, modified_on } = simulator.account().addUserGroup({ name: "Auditors" });
  const existing = { accountId, name, policies: [], createdOn: created_on, modifiedOn: modified_on };
  return { check: [{}, inputs], diff: [id, existing, inputs], read: [id, existing], create: [inputs] };
}
