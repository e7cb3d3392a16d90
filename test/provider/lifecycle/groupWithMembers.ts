import { simulateAccount } from "./online";

/** The id of the user group of {@link withGroup}. */
export const userGroupId = "a".repeat(32);

/** An id that no member has. */
export const missing = "f".repeat(32);

/** The path of the group's members after the account. */
export const path = `/iam/user_groups/${userGroupId}/members`;

/** Simulates an account with a user group that has these members. */
export async function withGroup(...present: string[]) {
  const scene = await simulateAccount();
  scene.account.addUserGroup({ id: userGroupId, name: "Admins", members: present });
  return { ...scene, idsIn: () => scene.account.groupMembers(userGroupId).map(({ id }) => id) };
}
