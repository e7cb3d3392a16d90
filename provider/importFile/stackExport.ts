import { isManaged, readExportedStack } from "../exportedStack";
import * as z from "../zod";
import type { ImportedKind } from "./remoteResources";

/** A resource of `@pulumi/cloudflare` in a stack's state that a resource of this package can replace. */
export interface OfficialResource {
  kind: ImportedKind;
  urn: string;
  /** The id of the group, also for its members. */
  id: string;
  accountId: string;
  /** The resource's name in the program. */
  name: string;
  /** The URN of the component that contains it. */
  parent: string | undefined;
  /** Whether it has the option `protect`. */
  isProtected: boolean;
}

/** A stack whose resources are replaced. */
export interface StackExport {
  officials: OfficialResource[];
  /** The reference to the provider of every resource, by the resource's URN; empty when it has none. */
  providers: ReadonlyMap<string, string>;
}

const officialTypes: Readonly<Record<string, ImportedKind>> = {
  "cloudflare:index/userGroup:UserGroup": "userGroup",
  "cloudflare:index/userGroupMembers:UserGroupMembers": "userGroupMembers",
  "cloudflare:index/zeroTrustDeviceDeploymentGroups:ZeroTrustDeviceDeploymentGroups": "deploymentGroup",
};

const stateSchema = z.looseObject({
  type: z.string(),
  urn: z.string(),
  provider: z.string().nullish(),
  external: z.boolean().nullish(),
  delete: z.boolean().nullish(),
});

const managedSchema = z.object({
  type: z.string(),
  urn: z.string(),
  id: z.string(),
  parent: z.string().nullish(),
  protect: z.boolean().nullish(),
  outputs: z.object({ accountId: z.string(), userGroupId: z.string().nullish() }),
});

/**
 * Reads the resources of `@pulumi/cloudflare` that this package can replace from a file of `pulumi stack export`.
 *
 * It omits resources that are only read (`get`) and resources that wait for their deletion.
 *
 * @throws UsageError when the file cannot be read or is not a stack export.
 */
export function readStackExport(file: string): StackExport {
  return readExportedStack(file, stateSchema, (resources) => {
    const officials = resources
      .filter((resource) => resource.type in officialTypes && isManaged(resource))
      .map((resource) => toOfficialResource(managedSchema.parse(resource)));
    return { officials, providers: new Map(resources.map(({ urn, provider }) => [urn, provider ?? ""])) };
  });
}

/**
 * Returns the URNs to remove from the state with these resources.
 *
 * They include the default providers that no other resource uses, because the engine would still require their plugin.
 */
export function urnsToRemove({ providers }: StackExport, officials: readonly OfficialResource[]): string[] {
  const removed = new Set(officials.map(({ urn }) => urn));
  const needed = new Set([...providers].filter(([urn]) => !removed.has(urn)).map(([, provider]) => provider));
  const used = new Set([...removed].map((urn) => providers.get(urn) ?? ""));
  // A reference is the provider's URN with the provider's id appended.
  const unused = [...used]
    .filter((provider) => !needed.has(provider))
    .map((provider) => provider.replace(/::[^:]*$/, ""));
  return [...removed, ...unused.filter((urn) => /::pulumi:providers:cloudflare::default(_[\w.-]+)?$/.test(urn))];
}

function toOfficialResource({
  type,
  urn,
  id,
  parent,
  protect,
  outputs,
}: z.infer<typeof managedSchema>): OfficialResource {
  return {
    kind: officialTypes[type] ?? "userGroup",
    urn,
    id: outputs.userGroupId ?? id,
    accountId: outputs.accountId,
    // A URN is urn:pulumi:<stack>::<project>::<type>::<name>, and a name may contain "::".
    name: urn.split("::").slice(3).join("::"),
    parent: parent && !parent.includes("::pulumi:pulumi:Stack::") ? parent : undefined,
    isProtected: protect ?? false,
  };
}
