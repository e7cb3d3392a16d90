import { isManaged, readExportedStack } from "../exportedStack";
import { typeToken } from "../resourceRegistration";
import * as z from "../zod";

/** What the exported stacks manage in one account. */
export interface ManagedObjects {
  /** The policies of groups in stacks, as `<group id> <access> <permission id>`, or `<group id>` when they are secret. */
  grants: ReadonlySet<string>;
  /** The memberships in stacks, as `<group id>/<member id>`, or `<group id>` when the members of a set are secret. */
  memberships: ReadonlySet<string>;
  /** The ids of account members whose own roles and policies a stack manages. */
  memberIds: ReadonlySet<string>;
}

const resourceSchema = z.looseObject({
  type: z.string(),
  id: z.string().nullish(),
  external: z.boolean().nullish(),
  delete: z.boolean().nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
});
type StackResource = z.infer<typeof resourceSchema>;

const idsSchema = z.array(z.looseObject({ id: z.string() }));
const policiesSchema = z.array(z.looseObject({ access: z.string(), permissionGroups: idsSchema }));

const policyTypes = [typeToken("userGroup"), typeToken("userGroupPolicies"), "cloudflare:index/userGroup:UserGroup"];
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
    .flatMap((file) => readExportedStack(file, resourceSchema, (managed) => managed.filter(isManaged)))
    .filter(({ outputs }) => outputs?.accountId === undefined || outputs.accountId === accountId);
  const ofTypes = (types: readonly string[]) => resources.filter(({ type }) => types.includes(type));
  return {
    grants: new Set(ofTypes(policyTypes).flatMap(listGrants)),
    memberships: new Set([
      ...ofTypes(memberSetTypes).flatMap(listMemberships),
      ...ofTypes(membershipTypes).map(({ id }) => String(id)),
    ]),
    memberIds: new Set(ofTypes(memberTypes).map(({ id }) => String(id))),
  };
}

function listGrants({ id, outputs }: StackResource): string[] {
  const policies = policiesSchema.safeParse(outputs?.policies ?? []).data;
  if (!policies) return [String(id)];
  return policies.flatMap(({ access, permissionGroups }) =>
    permissionGroups.map((permission) => `${id} ${access} ${permission.id}`),
  );
}

function listMemberships({ id, outputs }: StackResource): string[] {
  const groupId = typeof outputs?.userGroupId === "string" ? outputs.userGroupId : String(id);
  const members = idsSchema.safeParse(outputs?.members ?? []).data;
  return members ? members.map((member) => `${groupId}/${member.id}`) : [groupId];
}
