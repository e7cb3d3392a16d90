import { type ApiPolicy, type ApiScope, adhocMetaSchema, type PolicyBody } from "../cloudflare/schemas";
import type { ResourceGroupRef, UserGroupPolicyResourceGroup, UserGroupPolicyScope } from "../resourceTypes";
import * as z from "../zod";
import { containsUnknown } from "./engine";
import { idSchema, objectOf, setOf, textSchema } from "./inputs";
import { refKey } from "./policyRefs";
import { sortedKeys } from "./sets";

// A policy refers to a resource group by its id or name, or contains its own scope. Cloudflare makes an anonymous resource group
// for such a scope, with or without an id, and a new one at every change. So a scope is compared by its keys only.

type ApiPolicyResourceGroup = NonNullable<ApiPolicy["resource_groups"]>[number];

const scopeSchema = objectOf({
  key: textSchema,
  objects: setOf(objectOf({ key: textSchema }), ({ key }) => key),
});

/** A short form that `expandShortScopes` has left, because it is wrong. */
function wrongShortForm(message: string) {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value != null) context.addIssue(message);
    })
    .optional();
}

const resourceGroupRefSchema = objectOf({
  id: idSchema.optional(),
  name: textSchema.optional(),
  scope: scopeSchema.optional(),
  account: wrongShortForm("must be true, and stand alone"),
  zone: wrongShortForm("must be the id of a zone, 32 characters, and stand alone"),
})
  .superRefine(({ id, name, scope, account, zone }, context) => {
    const [first, second] = Object.entries({ id, name, scope }).filter(([, value]) => value != null);
    if (first === undefined && account == null && zone == null)
      context.addIssue({
        code: "custom",
        path: ["id"],
        message: "is required unless name, scope, account or zone is set",
      });
    else if (first !== undefined && second !== undefined && !containsUnknown([first, second]))
      context.addIssue({
        code: "custom",
        path: [second[0]],
        message: `is set beside ${first[0]}: give one of the two`,
      });
  })
  .transform(({ account: _account, zone: _zone, ...ref }): ResourceGroupRef => ref);

/** A set of resource groups, each by its id, its name or its scope. */
export const resourceGroupSetSchema = setOf(resourceGroupRefSchema, resourceGroupKey);

/** Returns the key by which two references to the same resources are equal. */
export function resourceGroupKey({ scope, ...ref }: ResourceGroupRef): string {
  return scope ? scopeKey(scope) : refKey(ref);
}

function scopeKey({ key, objects }: UserGroupPolicyScope): string {
  return JSON.stringify([key, sortedKeys<{ key: string }>((object) => object.key)(objects)]);
}

/** Returns a reference as the request body holds it. */
export function toApiResourceGroup({
  id = "",
  scope,
}: UserGroupPolicyResourceGroup): PolicyBody["resource_groups"][number] {
  return scope ? { scope: toScope(scope) } : { id };
}

/**
 * Returns the references to a resource group of a policy.
 *
 * @param program How the program refers to the policy's resource groups, because Cloudflare may return both id and scope.
 */
export function fromApiResourceGroup(
  { id, name, scope, meta }: ApiPolicyResourceGroup,
  program: readonly ResourceGroupRef[] = [],
): UserGroupPolicyResourceGroup[] {
  const scopes = (scope ?? []).map((each) => ({ scope: toScope(each) }));
  if (!id) return scopes;
  if (scopes.length === 0 || program.some((ref) => ref.id === id)) return [{ id }];
  const programKeys = new Set(program.map(resourceGroupKey));
  const isInline = scopes.every((ref) => programKeys.has(resourceGroupKey(ref)));
  // The id of an anonymous resource group is useless, because the next change of the policies replaces it.
  return isInline || !name || adhocMetaSchema.safeParse(meta).success ? scopes : [{ id }];
}

function toScope({ key, objects }: UserGroupPolicyScope): ApiScope {
  return { key, objects: objects.map((object) => ({ key: object.key })) };
}
