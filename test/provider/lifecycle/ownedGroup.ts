import type { UserGroupPolicy } from "../../../provider";
import { accountId, members, permissionGroups, resourceGroups, simulateAccount } from "./online";

export const id = "a".repeat(32);
export const missing = "f".repeat(32);
export const path = `/iam/user_groups/${id}`;
const { zoneRead, dnsRead, dnsWrite } = permissionGroups;
// None of these lists has the order in which the simulator returns it.
export const dns: UserGroupPolicy = {
  access: "allow",
  permissionGroups: [{ id: dnsRead }, { id: zoneRead }, { id: dnsWrite }],
  resourceGroups: [{ id: resourceGroups.account }, { id: resourceGroups.zone }],
};
export const scoped: UserGroupPolicy = {
  access: "allow",
  permissionGroups: [{ id: zoneRead }],
  resourceGroups: [{ scope: { key: `com.cloudflare.api.account.${accountId}`, objects: [{ key: "*" }] } }],
};
export const inputs = { accountId, userGroupId: id, policies: [dns, scoped] };
export const toApi = ({ access, permissionGroups, resourceGroups }: UserGroupPolicy) => ({
  access,
  permission_groups: permissionGroups.map(({ id }) => ({ id })),
  resource_groups: resourceGroups.map(({ id, scope }) =>
    scope ? { scope: { key: scope.key, objects: [...scope.objects] } } : { id: id ?? "" },
  ),
});
export const bodyOf = (...policies: UserGroupPolicy[]) => ({ policies: policies.map(toApi) });
export const foreign: UserGroupPolicy = {
  access: "deny",
  permissionGroups: [{ id: dnsWrite }],
  resourceGroups: [{ id: resourceGroups.zone }],
};

/** A group that an identity provider owns, with these policies. */
export async function withOwnedGroup(...policies: UserGroupPolicy[]) {
  return withGroup({}, ...policies);
}

export async function withGroup(options: Parameters<typeof simulateAccount>[0], ...policies: UserGroupPolicy[]) {
  const scene = await simulateAccount(options);
  scene.account.addUserGroup({ id, name: "From the provider", members: [members.zoe], scim_managed: true });
  scene.account.editUserGroup(id, bodyOf(...policies));
  return { ...scene, policiesNow: () => scene.account.userGroup(id).policies };
}
