import type { ResourceGroupSeed } from "../seed";
import type { ApiVariants } from "../variants";
import type { GroupPlace } from "./permissionGroup";

export function renderResourceGroup(
  { id, name, scope, meta }: ResourceGroupSeed,
  place: GroupPlace,
  variants: ApiVariants,
): Record<string, unknown> {
  const renderedMeta = renderMeta(meta, place, variants);
  return {
    id,
    ...(name === undefined ? {} : { name }),
    scope: renderScope(scope, place, variants),
    ...(renderedMeta === undefined ? {} : { meta: renderedMeta }),
  };
}

/** Renders a resource group that a policy defines by its scope. */
export function renderAnonymousResourceGroup(
  { id, scope, meta }: ResourceGroupSeed,
  createdOn: string | undefined,
  variants: ApiVariants,
): Record<string, unknown> {
  return {
    ...(variants.anonymousResourceGroups === "with-id" ? { id, ...(meta === undefined ? {} : { meta }) } : {}),
    ...(variants.undocumentedFields === "present" && createdOn !== undefined
      ? { created_on: createdOn, modified_on: createdOn }
      : {}),
    scope: renderScope(scope, "policy", variants),
  };
}

function renderScope(scope: ResourceGroupSeed["scope"], place: GroupPlace, { scopeShape }: ApiVariants): unknown {
  const isList = scopeShape === "list" || (scopeShape === "by-endpoint" && place === "policy");
  return isList ? [scope] : scope;
}

function renderMeta(
  meta: Record<string, string> = {},
  place: GroupPlace,
  { metaShape }: ApiVariants,
): Record<string, string> | undefined {
  if (metaShape === "named") return { editable: "true", ...meta };
  if (metaShape === "key-value") return { key: "editable", value: meta.editable ?? "true" };
  return place === "endpoint" ? meta : undefined;
}
