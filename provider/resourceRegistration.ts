import type * as pulumi from "@pulumi/pulumi";
import type * as lifecycles from "./dynamic";
import type { ResourceKind, ResourceTypes } from "./resourceTypes";

/** Every output of a resource, without a value. */
export type UnsetOutputs<Kind extends ResourceKind> = {
  readonly [Property in keyof ResourceTypes[Kind]["outputs"]]-?: undefined;
};

/** The arguments of a resource's class. They do not compile when they lack one of the resource's inputs. */
type CompleteArgs<Kind extends ResourceKind, Args> = Args &
  (keyof ResourceTypes[Kind]["inputs"] extends keyof Args ? unknown : never);

/** Returns the name of a resource's class. */
export function classNameOf<Kind extends ResourceKind>(kind: Kind): Capitalize<Kind> {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}` as Capitalize<Kind>;
}

/** Returns the type token under which the engine and every stack's state know a resource. It must never change. */
export function typeToken(kind: ResourceKind): string {
  return `pulumi-nodejs:dynamic/cloudflare:${classNameOf(kind)}`;
}

/** Returns whether a value has a resource's type, as the SDK and policy packs store it. */
export function isOfType(kind: ResourceKind, value: unknown): boolean {
  return typeof value === "object" && value !== null && Reflect.get(value, "__pulumiType") === typeToken(kind);
}

/**
 * Returns the `__provider` of a resource: a literal that leads Pulumi's Node plugin to the resource's lifecycle.
 *
 * Every stack's state holds this literal, and the engine evaluates the one that it finds there, however old. So its text,
 * the package's `dynamic` entry and the names that this entry exports must never change.
 */
export function providerLiteral(kind: ResourceKind): string {
  return `exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").${kind satisfies keyof typeof lifecycles}`;
}

/**
 * Returns what a resource's constructor passes to Pulumi's own.
 *
 * This is a function and not a base class, because the SDK finds the program's line from a fixed depth of the call stack.
 *
 * @param outputs Every output of the resource, so that outputs without an argument exist too.
 */
export function registration<Kind extends ResourceKind, Args extends object>(
  kind: Kind,
  outputs: UnsetOutputs<Kind>,
  name: string,
  args: CompleteArgs<Kind, Args>,
  options: pulumi.CustomResourceOptions = {},
): [type: string, name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions] {
  const { import: importId, ...otherOptions } = options;
  return [
    typeToken(kind),
    name,
    {
      ...outputs,
      ...args,
      // The engine cannot import a dynamic resource, so `create` imports the object.
      ...(importId === undefined ? {} : { importId }),
      __provider: providerLiteral(kind),
    },
    // Names are unique, a policy id belongs to one group, and the members of a group are one set. Cloudflare would reject
    // a replacement beside the old object, or the deletion of the old object would undo it.
    { deleteBeforeReplace: true, ...otherOptions },
  ];
}
