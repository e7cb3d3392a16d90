import * as pulumi from "@pulumi/pulumi";
import type * as handlers from "./dynamic";

/**
 * A resource whose lifecycle runs in Pulumi's own Node plugin, led there by a literal instead of serialized code.
 *
 * Every stack's state holds this literal and the engine evaluates the one it finds there, however old: its text, the
 * package's `dynamic` entry and the names exported by it must work for ever.
 */
export abstract class DynamicResource extends pulumi.CustomResource {
  /** @param properties All properties that the resource has, so that those the program does not give become outputs too. */
  constructor(
    type: string,
    handler: keyof typeof handlers,
    properties: readonly string[],
    name: string,
    args: object,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(
      `pulumi-nodejs:dynamic/cloudflare:${type}`,
      name,
      {
        ...Object.fromEntries(properties.map((property) => [property, undefined])),
        ...args,
        __provider: `exports.handler=()=>require("pulumi-cloudflare-groups/dynamic").${handler}`,
      },
      // Names are unique, a policy id belongs to one group, and a membership is one set: a replacement that exists
      // beside what it replaces would be refused, or be undone by the deletion that follows.
      { deleteBeforeReplace: true, ...options },
    );
  }
}
