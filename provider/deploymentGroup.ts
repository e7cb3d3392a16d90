import * as pulumi from "@pulumi/pulumi";
import { isOfType, registration, typeToken, type UnsetOutputs } from "./resourceRegistration";
import type { DeploymentGroupVersionConfig, OutputProperties } from "./resourceTypes";

/** The client version that devices of one kind run. */
export interface DeploymentGroupVersionConfigArgs {
  /**
   * The kind of device, such as `"windows"`, `"macos"` or `"linux"`, once in a group.
   *
   * Required; `null` when Cloudflare itself returns null. An empty or repeated one fails the preview.
   */
  // An editor completes the known kinds, and every other text compiles.
  targetEnvironment: pulumi.Input<"windows" | "macos" | "linux" | (string & {}) | null>;
  /**
   * The version of the Cloudflare One Client, such as `"2026.6.234.0"`.
   *
   * Required. An empty one fails the preview. Only Cloudflare knows which versions exist.
   */
  version: pulumi.Input<string>;
}

/** The arguments of a {@link DeploymentGroup}. */
export interface DeploymentGroupArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. Without either, the preview fails. A change replaces the resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The group's name, 1 to 255 characters; need not be unique.
   *
   * Required. A name of another length fails the preview. A change is made in place.
   */
  name: pulumi.Input<string>;
  /**
   * The version for each kind of device, as a set of at least one: the order means nothing.
   *
   * Required. An empty list fails the preview. A change is made in place, and one request replaces the whole list.
   */
  versionConfigs: pulumi.Input<pulumi.Input<DeploymentGroupVersionConfigArgs>[]>;
  /**
   * The ids of the device policies whose devices are in the group, as a set: the order means nothing.
   *
   * Default: none; removing the list from the program clears it. A repeated id fails the preview. A policy belongs to at
   * most one group of the account: one that a group outside the program has fails `pulumi up`. A change is made in place,
   * and one request replaces the whole list.
   */
  policyIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

const unsetOutputs: UnsetOutputs<"deploymentGroup"> = {
  accountId: undefined,
  name: undefined,
  versionConfigs: undefined,
  policyIds: undefined,
  createdAt: undefined,
  updatedAt: undefined,
};

/**
 * A group of devices that run the same versions of the Cloudflare One Client: `POST`, `GET`, `PATCH` and `DELETE` on
 * `/accounts/{account_id}/devices/deployment-groups`.
 *
 * Cloudflare calls these endpoints beta. Needs the permission "Zero Trust Write". Cloudflare gives the group its
 * `id`, a UUID. Only a change of `accountId` replaces the group. The old group is deleted before the new one is created.
 *
 * @example
 * ```ts
 * import { DeploymentGroup } from "pulumi-cloudflare-groups";
 *
 * const ring0 = new DeploymentGroup("ring-0", {
 *   name: "Engineering Ring 0",
 *   versionConfigs: [
 *     { targetEnvironment: "windows", version: "2026.6.234.0" },
 *     { targetEnvironment: "macos", version: "2026.6.234.0" },
 *   ],
 *   policyIds: ["1a2b3c4d-0000-4000-8000-000000000001"],
 * });
 *
 * export const updatedAt = ring0.updatedAt;
 * ```
 */
export class DeploymentGroup extends pulumi.CustomResource implements OutputProperties<"deploymentGroup"> {
  /** The resource's type in states, previews and policy packs. */
  static readonly __pulumiType: string = typeToken("deploymentGroup");

  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group's name. */
  declare readonly name: pulumi.Output<string>;
  /** The version for each kind of device, in the program's order. */
  declare readonly versionConfigs: pulumi.Output<DeploymentGroupVersionConfig[]>;
  /** The ids of the group's device policies, in the program's order; empty when there are none. */
  declare readonly policyIds: pulumi.Output<string[]>;
  /** When the group was created, RFC 3339 with nanoseconds: Cloudflare's `created_at`. */
  declare readonly createdAt: pulumi.Output<string>;
  /** When the group was last changed, RFC 3339 with nanoseconds: Cloudflare's `updated_at`. */
  declare readonly updatedAt: pulumi.Output<string>;

  /**
   * Creates a deployment group in the account.
   *
   * A group of the last hour with the same name and content is an error. The setting `cloudflare:adoptInterruptedCreates`
   * adopts it, as one that an interrupted `pulumi up` created.
   *
   * @param name The resource's name in the Pulumi program, which may differ from the group's.
   * @param args The group's name, versions and device policies.
   * @param options Pulumi's options of a resource. `import` imports the group with that id without a write, and fails with
   * every difference when the group does not match `args`.
   */
  constructor(name: string, args: DeploymentGroupArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("deploymentGroup", unsetOutputs, name, args, options));
  }

  /**
   * Reads a deployment group that something else manages. It is never changed or deleted.
   *
   * Fails when no group has this id.
   *
   * @param name The resource's name in the Pulumi program.
   * @param id The group's id, a UUID.
   * @param state The account, when it is not the setting `cloudflare:accountId`.
   * @param options Pulumi's options of a resource.
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Pick<DeploymentGroupArgs, "accountId">,
    options?: pulumi.CustomResourceOptions,
  ): DeploymentGroup {
    return new DeploymentGroup(name, { ...state } as DeploymentGroupArgs, { ...options, id });
  }

  /**
   * Returns whether a value is a DeploymentGroup, also one of another copy of this package.
   *
   * @param value A resource, or an object that has only the property `__pulumiType`.
   */
  static override isInstance(value: unknown): value is DeploymentGroup {
    return isOfType("deploymentGroup", value);
  }
}
