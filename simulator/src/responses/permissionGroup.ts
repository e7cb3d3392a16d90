import type { PermissionGroupSeed } from "../seed";
import type { ApiVariants } from "../variants";

/** Where a response contains a permission group or a resource group. */
export type GroupPlace = "policy" | "endpoint";

const CREATED_ON = "2025-11-02T10:00:00.123456Z";

export function renderPermissionGroup(
  group: PermissionGroupSeed,
  place: GroupPlace,
  variants: ApiVariants,
): Record<string, unknown> {
  const meta = renderMeta(group, place, variants);
  return {
    id: group.id,
    name: group.name,
    ...(meta === undefined ? {} : { meta }),
    ...(variants.undocumentedFields === "present"
      ? { status: "V", created_on: CREATED_ON, modified_on: CREATED_ON, permissions: [] }
      : {}),
  };
}

function renderMeta(
  { label, scopes, meta = {} }: PermissionGroupSeed,
  place: GroupPlace,
  { metaShape }: ApiVariants,
): Record<string, unknown> | undefined {
  if (metaShape === "named") return { editable: "false", label, scopes, ...meta };
  if (metaShape === "by-endpoint" && place === "endpoint") return { label, scopes, ...meta };
  return label === undefined ? undefined : { key: "label", value: label };
}
