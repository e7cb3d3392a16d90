// Cloudflare's names of the roles and permission groups whose holders can give themselves every other permission.
const administratorNames = /^(super )?administrator( - all privileges)?$/i;
const administratorLabels = /^(super_)?admin(istrator)?$/;

/**
 * Whether a role or permission group makes its holder an administrator of the account.
 *
 * Administrators manage the members of the account, so that they can give themselves every other permission.
 */
export function isAdministratorPermission({
  name,
  label,
}: {
  name: string;
  label?: string | null | undefined;
}): boolean {
  return administratorNames.test(name.trim()) || administratorLabels.test(label ?? "");
}
