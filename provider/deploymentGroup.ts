import * as pulumi from "@pulumi/pulumi";
import { registration } from "./dynamicResource";

/** The client version that devices of one kind run. */
export interface DeploymentGroupVersionConfigArgs {
  /**
   * The kind of device, such as `"windows"` or `"macos"`, once in a group.
   *
   * Required; `null` where Cloudflare itself says null. An empty one, or one that is listed twice, is an error at preview.
   */
  targetEnvironment: pulumi.Input<string | null>;
  /**
   * The version of the Cloudflare One Client, such as `"2026.6.234.0"`.
   *
   * Required. An empty one is an error at preview; which versions there are is up to Cloudflare.
   */
  version: pulumi.Input<string>;
}

/** The arguments of a {@link DeploymentGroup}. */
export interface DeploymentGroupArgs {
  /**
   * The account that the group belongs to, an id of 32 characters.
   *
   * Default: the setting `cloudflare:accountId`. It is an error at preview when there is neither. A change replaces the
   * resource.
   */
  accountId?: pulumi.Input<string> | undefined;
  /**
   * The group's name, 1 to 255 characters; need not be unique.
   *
   * Required. Another length is an error at preview. A change is made in place.
   */
  name: pulumi.Input<string>;
  /**
   * Which version each kind of device runs, as a set of at least one: the order means nothing.
   *
   * Required. An empty list is an error at preview. A change is made in place, of the whole list.
   */
  versionConfigs: pulumi.Input<pulumi.Input<DeploymentGroupVersionConfigArgs>[]>;
  /**
   * The ids of the device policies whose devices are in the group, as a set: the order means nothing.
   *
   * Default: none; taking the list out of the program clears it. One that is listed twice is an error at preview. Each
   * belongs to at most one group of the account: one that a group outside the program has is an error of `pulumi up`. A
   * change is made in place, of the whole list.
   */
  policyIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** The client version that devices of one kind run, as a {@link DeploymentGroup} returns it. */
export interface DeploymentGroupVersionConfig {
  /** The kind of device. */
  readonly targetEnvironment: string | null;
  /** The version of the Cloudflare One Client. */
  readonly version: string;
}

const properties = ["accountId", "name", "versionConfigs", "policyIds", "createdAt", "updatedAt"] as const;

/**
 * A group of devices that run the same versions of the Cloudflare One Client: `POST`, `GET`, `PATCH` and `DELETE` on
 * `/accounts/{account_id}/devices/deployment-groups`.
 *
 * Needs the permission "Zero Trust Write". Its `id` is Cloudflare's, a UUID. Only a change of `accountId` replaces the
 * group; it is then deleted before the new one is created.
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
export class DeploymentGroup extends pulumi.CustomResource {
  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group's name. */
  declare readonly name: pulumi.Output<string>;
  /** Which version each kind of device runs, in the program's order. */
  declare readonly versionConfigs: pulumi.Output<readonly DeploymentGroupVersionConfig[]>;
  /** The ids of the group's device policies, in the program's order; empty when there are none. */
  declare readonly policyIds: pulumi.Output<readonly string[]>;
  /** When the group was created, RFC 3339 with nanoseconds: Cloudflare's `created_at`. */
  declare readonly createdAt: pulumi.Output<string>;
  /** When the group was last changed, RFC 3339 with nanoseconds: Cloudflare's `updated_at`. */
  declare readonly updatedAt: pulumi.Output<string>;

  /**
   * Creates a deployment group in the account.
   *
   * A group that an interrupted `pulumi up` has left is taken over when it is certain to be that.
   *
   * @param name The resource's name in the Pulumi program, which may differ from the group's.
   * @param args What the group is called, and what runs on which devices.
   * @param options Pulumi's options of a resource. `import` takes over the group with that id, without a write, and fails
   * naming every difference when it is not what `args` say.
   */
  constructor(name: string, args: DeploymentGroupArgs, options?: pulumi.CustomResourceOptions) {
    super(...registration("DeploymentGroup", "deploymentGroup", properties, name, args, options));
  }

  /**
   * Reads a deployment group that something else manages, by its id; it is never changed or deleted.
   *
   * Fails when there is no such group.
   *
   * @param name The resource's name in the Pulumi program.
   * @param id The group's id, a UUID.
   * @param state The account, where it is not the setting `cloudflare:accountId`.
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
}
