import type * as pulumi from "@pulumi/pulumi";
import type * as handlers from "./dynamic";

/** A kind of resource, by the name under which the `dynamic` entry exports its lifecycle. */
export type Handler = keyof typeof handlers;

/** The type under which the engine and every stack's state know a resource of the package: must be the same for ever. */
export function typeToken(type: Capitalize<Handler>): string {
  return `pulumi-nodejs:dynamic/cloudflare:${type}`;
}

/**
 * The `__provider` of a resource: a literal that leads Pulumi's Node plugin to the resource's lifecycle.
 *
 * Every stack's state holds this literal and the engine evaluates the one it finds there, however old: its text, the
 * package's `dynamic` entry and the names exported by it must work for ever.
 */
export function providerLiteral(handler: Handler): string {
  return `exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").${handler}`;
}

/**
 * What a resource's constructor hands to Pulumi's own: its lifecycle runs in Pulumi's Node plugin, led there by a literal instead of
 * serialized code.
 *
 * A function and no class between the two: the SDK takes where the program makes a resource from a fixed place in the stack.
 *
 * @param properties All properties that the resource has, so that those the program does not give become outputs too.
 */
export function registration(
  type: Capitalize<Handler>,
  handler: Handler,
  properties: readonly string[],
  name: string,
  args: object,
  options: pulumi.CustomResourceOptions = {},
): [type: string, name: string, inputs: pulumi.Inputs, options: pulumi.CustomResourceOptions] {
  const { import: importId, ...others } = options;
  return [
    typeToken(type),
    name,
    {
      ...Object.fromEntries(properties.map((property) => [property, undefined])),
      ...args,
      // The engine cannot import what only `__provider` leads to; `create` takes the object over instead.
      ...(importId === undefined ? {} : { importId }),
      __provider: providerLiteral(handler),
    },
    // Names are unique, a policy id belongs to one group, and a membership is one set: a replacement that exists
    // beside what it replaces would be refused, or be undone by the deletion that follows.
    { deleteBeforeReplace: true, ...others },
  ];
}
