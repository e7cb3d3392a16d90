import { readFileSync } from "node:fs";
import * as z from "../zod";
import type { ImportedKind } from "./account";
import { UsageError } from "./options";

/** A resource of `@pulumi/cloudflare` in a stack's state, which one of this package can take the place of. */
export interface OfficialResource {
  kind: ImportedKind;
  urn: string;
  /** The id of the group, also for its members. */
  id: string;
  accountId: string;
  /** The resource's name in the program. */
  name: string;
  /** The component that it belongs to. */
  parent: string | undefined;
}

/** What is to be known of a stack whose resources are taken over. */
export interface StackExport {
  officials: OfficialResource[];
  /** The provider of every resource that has one, as the state refers to it, by the resource's URN. */
  providers: ReadonlyMap<string, string>;
}

const officialTypes: Readonly<Record<string, ImportedKind>> = {
  "cloudflare:index/userGroup:UserGroup": "userGroup",
  "cloudflare:index/userGroupMembers:UserGroupMembers": "userGroupMembers",
  "cloudflare:index/zeroTrustDeviceDeploymentGroups:ZeroTrustDeviceDeploymentGroups": "deploymentGroup",
};

const state = z.looseObject({ type: z.string(), urn: z.string(), provider: z.string().nullish() });

const exported = z.object({ deployment: z.object({ resources: z.array(state).nullish() }) });

const managed = z.object({
  type: z.string(),
  urn: z.string(),
  id: z.string(),
  parent: z.string().nullish(),
  outputs: z.object({ accountId: z.string(), userGroupId: z.string().nullish() }),
});

/**
 * The resources of `@pulumi/cloudflare` that a stack manages and this package has, from a file of `pulumi stack export`.
 *
 * Those that are only read (`get`) and those that wait for their deletion are left out.
 *
 * @throws UsageError when the file cannot be read or is something else.
 */
export function readStackExport(file: string): StackExport {
  try {
    const { deployment } = exported.parse(JSON.parse(readFileSync(file, "utf8")));
    const resources = deployment.resources ?? [];
    const officials = resources
      .filter(({ type, external, delete: isLeaving }) => type in officialTypes && !external && !isLeaving)
      .map((resource) => toOfficialResource(managed.parse(resource)));
    return { officials, providers: new Map(resources.map(({ urn, provider }) => [urn, provider ?? ""])) };
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
    throw new UsageError(
      `cannot use ${file}, which should be what \`pulumi stack export --file\` writes: ${String(reason).replace(/\s+/g, " ")}`,
    );
  }
}

/**
 * The URNs to take out of the state with these resources: their own, and those of the default providers that nothing else
 * uses, as the engine would go on asking for their plugin.
 */
export function urnsToRemove({ providers }: StackExport, officials: readonly OfficialResource[]): string[] {
  const leaving = new Set(officials.map(({ urn }) => urn));
  const needed = new Set([...providers].filter(([urn]) => !leaving.has(urn)).map(([, provider]) => provider));
  const used = new Set([...leaving].map((urn) => providers.get(urn) ?? ""));
  // A reference is the provider's URN with its id behind it.
  const left = [...used]
    .filter((provider) => !needed.has(provider))
    .map((provider) => provider.replace(/::[^:]*$/, ""));
  return [...leaving, ...left.filter((urn) => /::pulumi:providers:cloudflare::default(_[\w.-]+)?$/.test(urn))];
}

function toOfficialResource({ type, urn, id, parent, outputs }: z.infer<typeof managed>): OfficialResource {
  return {
    kind: officialTypes[type] ?? "userGroup",
    urn,
    id: outputs.userGroupId ?? id,
    accountId: outputs.accountId,
    // A URN is urn:pulumi:<stack>::<project>::<type>::<name>, and a name may hold "::" too.
    name: urn.split("::").slice(3).join("::"),
    parent: parent && !parent.includes("::pulumi:pulumi:Stack::") ? parent : undefined,
  };
}
