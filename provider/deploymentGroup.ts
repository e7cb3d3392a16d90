import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource } from "./dynamicResource";

/** The client version that devices of one kind run. */
export interface DeploymentGroupVersionConfigArgs {
  /** The kind of device, such as `"windows"` or `"macos"`; once in a group. Required; `null` where Cloudflare itself says null. */
  targetEnvironment: pulumi.Input<string | null>;
  /** The version of the Cloudflare One Client, such as `"2026.6.234.0"`. Required. */
  version: pulumi.Input<string>;
}

/** The arguments of a {@link DeploymentGroup}. */
export interface DeploymentGroupArgs {
  /** The account that the group belongs to, an id of 32 characters. Default: the setting `cloudflare:accountId`. A change replaces the group. */
  accountId?: pulumi.Input<string> | undefined;
  /** The group's name, 1 to 255 characters; need not be unique. Required. A change renames the group in place. */
  name: pulumi.Input<string>;
  /** Which version each kind of device runs, as a set of at least one: the order means nothing. Required. A change replaces the whole list, in place. */
  versionConfigs: pulumi.Input<pulumi.Input<DeploymentGroupVersionConfigArgs>[]>;
  /** The ids of the device policies whose devices are in the group, as a set; each belongs to at most one group of the account. Default: none. A change replaces the whole list, in place; leaving it out clears it. */
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
 * Needs the permission "Zero Trust Write". Only a change of `accountId` replaces the group; it is then deleted before the
 * new one is created.
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
export class DeploymentGroup extends DynamicResource {
  /** The account that the group belongs to. */
  declare readonly accountId: pulumi.Output<string>;
  /** The group's name. */
  declare readonly name: pulumi.Output<string>;
  /** Which version each kind of device runs, in the program's order. */
  declare readonly versionConfigs: pulumi.Output<readonly DeploymentGroupVersionConfig[]>;
  /** The ids of the group's device policies, in the program's order; empty when there are none. */
  declare readonly policyIds: pulumi.Output<readonly string[]>;
  /** When the group was created, RFC 3339 with nanoseconds. */
  declare readonly createdAt: pulumi.Output<string>;
  /** When the group was last changed, RFC 3339 with nanoseconds. */
  declare readonly updatedAt: pulumi.Output<string>;

  /**
   * Creates a deployment group in the account.
   *
   * @param name The resource's name in the Pulumi program, which may differ from the group's.
   */
  constructor(name: string, args: DeploymentGroupArgs, options?: pulumi.CustomResourceOptions) {
    super("DeploymentGroup", "deploymentGroup", properties, name, args, options);
  }

  /**
   * Reads a deployment group that something else manages, by its id; it is never changed or deleted.
   *
   * Fails when there is no such group.
   *
   * @param id The group's id, a UUID.
   * @param state The account, where it is not the setting `cloudflare:accountId`.
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
