import { providerLiteral, typeToken } from "../resourceRegistration";
import { toTerminalSafeJson } from "../terminalText";
import type { RemoteResource } from "./remoteResources";

/** An object at Cloudflare, with its place in a stack. */
export type ImportEntry = RemoteResource & {
  /** The resource's name in the Pulumi program. */
  name: string;
  /** The URN of the component that contains it. */
  parent?: string | undefined;
};

/**
 * Returns the text of a file for `pulumi import --file`.
 *
 * Its entries hold the inputs and outputs that a create would have stored, so the engine reads nothing. It could not read
 * the objects, because only the inputs and outputs hold the `__provider` that leads to the lifecycle.
 */
export function importFileText(entries: readonly ImportEntry[]): string {
  const parents = new Set(entries.flatMap(({ parent }) => parent ?? []));
  const file = {
    ...(parents.size > 0 ? { nameTable: Object.fromEntries([...parents].map((urn) => [urn, urn])) } : {}),
    resources: entries.map(toFileEntry),
  };
  return `${toTerminalSafeJson(JSON.stringify(file, undefined, 2))}\n`;
}

function toFileEntry({ kind, name, id, parent, inputs, outputs }: ImportEntry) {
  const __provider = providerLiteral(kind);
  return {
    type: typeToken(kind),
    name,
    id,
    ...(parent === undefined ? {} : { parent }),
    inputs: { ...inputs, __provider },
    outputs: { ...outputs, __provider },
  };
}
