import { providerLiteral, typeToken } from "../dynamicResource";
import type { Existing } from "./account";

/** The package's class for each kind of resource. */
export const classes = {
  userGroup: "UserGroup",
  userGroupMembers: "UserGroupMembers",
  deploymentGroup: "DeploymentGroup",
} as const;

/** An existing object with the place that it is to have in a stack. */
export type Placed = Existing & {
  /** Its name in the Pulumi program. */
  name: string;
  /** The URN of the component that it belongs to. */
  parent?: string | undefined;
};

/**
 * The text of a file for `pulumi import --file`.
 *
 * Its entries hold the inputs and the outputs that a creation would have stored: the engine then reads nothing, which it
 * could not do for want of the `__provider` that only an input or an output tells.
 */
export function importFileText(resources: readonly Placed[]): string {
  const parents = new Set(resources.flatMap(({ parent }) => parent ?? []));
  const file = {
    ...(parents.size > 0 ? { nameTable: Object.fromEntries([...parents].map((urn) => [urn, urn])) } : {}),
    resources: resources.map(toEntry),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function toEntry({ kind, name, id, parent, inputs, props }: Placed) {
  const __provider = providerLiteral(kind);
  return {
    type: typeToken(classes[kind]),
    name,
    id,
    ...(parent === undefined ? {} : { parent }),
    inputs: { ...inputs, __provider },
    outputs: { ...props, __provider },
  };
}
