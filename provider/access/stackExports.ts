import { readFileSync } from "node:fs";
import { UsageError } from "../commandLine";
import { typeToken } from "../resourceRegistration";
import * as z from "../zod";

/** What the exported stacks manage in one account. */
export interface ManagedObjects {
  /** The ids of user groups whose policies a stack manages. */
  groupIds: ReadonlySet<string>;
  /** The ids of user groups whose whole set of members a stack manages. */
  memberSetIds: ReadonlySet<string>;
  /** The single memberships that a stack manages, as `<group id>/<member id>`. */
  memberships: ReadonlySet<string>;
  /** The ids of account members whose own roles and policies a stack manages. */
  memberIds: ReadonlySet<string>;
}

const resourceSchema = z.looseObject({
  type: z.string(),
  id: z.string().nullish(),
  external: z.boolean().nullish(),
  delete: z.boolean().nullish(),
  outputs: z.looseObject({ accountId: z.unknown().optional(), userGroupId: z.unknown().optional() }).nullish(),
});
type StackResource = z.infer<typeof resourceSchema>;

const exportSchema = z.object({ deployment: z.object({ resources: z.array(resourceSchema).nullish() }) });

const groupTypes = [typeToken("userGroup"), "cloudflare:index/userGroup:UserGroup"];
const memberSetTypes = [typeToken("userGroupMembers"), "cloudflare:index/userGroupMembers:UserGroupMembers"];
const membershipTypes = [typeToken("userGroupMember")];
const memberTypes = ["cloudflare:index/accountMember:AccountMember"];

/**
 * Reads what stacks manage in an account from files of `pulumi stack export`.
 *
 * It omits resources that are only read (`get`) and resources that wait for their deletion.
 *
 * @throws UsageError when a file cannot be read or is not a stack export.
 */
export function readManagedObjects(files: readonly string[], accountId: string): ManagedObjects {
  const resources = files
    .flatMap(readResources)
    .filter(({ external, delete: isPendingDelete }) => !external && !isPendingDelete)
    .filter(({ outputs }) => outputs?.accountId === undefined || outputs.accountId === accountId);
  const idsOf = (types: readonly string[], idOf: (resource: StackResource) => unknown = ({ id }) => id) =>
    new Set(resources.filter(({ type }) => types.includes(type)).map((resource) => String(idOf(resource))));
  return {
    groupIds: idsOf(groupTypes),
    memberSetIds: idsOf(memberSetTypes, ({ id, outputs }) => outputs?.userGroupId ?? id),
    memberships: idsOf(membershipTypes),
    memberIds: idsOf(memberTypes),
  };
}

function readResources(file: string): StackResource[] {
  try {
    const { deployment } = exportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return deployment.resources ?? [];
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
    throw new UsageError(
      `cannot use ${file}, which should be what \`pulumi stack export --file\` writes: ${String(reason).replace(/\s+/g, " ")}`,
    );
  }
}
