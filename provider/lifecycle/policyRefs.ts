import type { ApiPolicy } from "../cloudflare/schemas";
import { type IdsByName, indexByName } from "../idsByName";
import type {
  PermissionGroupRef,
  PolicyInput,
  UserGroupPolicy,
  UserGroupPolicyReference,
  UserGroupPolicyResourceGroup,
} from "../resourceTypes";
import { isKnownText } from "./engine";

// A program names permission groups and resource groups by id or by name. The inputs keep its words. The outputs have the id
// of everything, and the name of what the program names by name. So the outputs pair each name with its id.

/** The properties of a policy that name objects of the account. */
export const refKinds = ["permissionGroups", "resourceGroups"] as const;
export type RefKind = (typeof refKinds)[number];

/** The ids that are known for the names of each kind. */
export type KnownIds = Readonly<Record<RefKind, IdsByName>>;

/** Returns the key by which two references to the same object are equal: the id, or else the name. */
export function refKey({ id, name }: PermissionGroupRef): string {
  return id ?? JSON.stringify({ name });
}

/** Returns the policies with the ids that are known for their names. */
export function addIds(policies: readonly PolicyInput[], ids: KnownIds): PolicyInput[] {
  const add = <Ref extends PermissionGroupRef>(kind: RefKind, ref: Ref): Ref => {
    const id = ref.id === undefined && ref.name !== undefined ? ids[kind].get(ref.name) : undefined;
    return id === undefined ? ref : Object.assign({ id }, ref, { id });
  };
  return policies.map((policy) => ({
    ...policy,
    permissionGroups: policy.permissionGroups.map((ref) => add("permissionGroups", ref)),
    resourceGroups: policy.resourceGroups.map((ref) => add("resourceGroups", ref)),
  }));
}

/** Returns the names of one kind that have no id yet. */
export function unresolvedNames(policies: readonly PolicyInput[], kind: RefKind): string[] {
  const refs: readonly PermissionGroupRef[] = policies.flatMap((policy) => policy[kind]);
  return refs.flatMap(({ id, name }) => (id === undefined && name !== undefined ? [name] : []));
}

/** Returns the policies when everything in them has an id or a scope, and undefined otherwise. */
export function asResolved(policies: readonly PolicyInput[]): UserGroupPolicy[] | undefined {
  if (refKinds.some((kind) => unresolvedNames(policies, kind).length > 0)) return undefined;
  return policies.map(({ access, permissionGroups, resourceGroups }) => ({
    access,
    permissionGroups: permissionGroups.flatMap(({ id, ...ref }): UserGroupPolicyReference[] =>
      id === undefined ? [] : [{ id, ...ref }],
    ),
    resourceGroups: resourceGroups.flatMap(({ id, scope, ...ref }): UserGroupPolicyResourceGroup[] => {
      if (scope) return [{ scope }];
      return id === undefined ? [] : [{ id, ...ref }];
    }),
  }));
}

/** Returns the ids that stored outputs pair with names. */
export function storedIds(stored: readonly PolicyInput[]): KnownIds {
  const refs = listRefs(stored);
  const idsOf = (kind: RefKind) => indexByName(refs.filter((ref) => ref.kind === kind));
  return { permissionGroups: idsOf("permissionGroups"), resourceGroups: idsOf("resourceGroups") };
}

/** A reference in a list of policies. */
export interface LocatedRef {
  kind: RefKind;
  /** Its path in the inputs: `policies[0].permissionGroups[1]`. */
  path: string;
  id: string | undefined;
  name: string | undefined;
}

/** Returns every reference in a list of policies. Parts that are not known yet are left out. */
export function listRefs(policies: unknown): LocatedRef[] {
  const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const read = (value: unknown, key: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  const textOf = (value: unknown) => (isKnownText(value) ? value : undefined);
  return listOf(policies).flatMap((policy, number) =>
    refKinds.flatMap((kind) =>
      listOf(read(policy, kind)).map((ref, index) => ({
        kind,
        path: `policies[${number}].${kind}[${index}]`,
        id: textOf(read(ref, "id")),
        name: textOf(read(ref, "name")),
      })),
    ),
  );
}

/** Returns policies of outputs in the words of the program: by name where they have a name. */
export function toPolicyInputs(policies: readonly UserGroupPolicy[]): PolicyInput[] {
  const toInput = <Ref extends PermissionGroupRef>(ref: Ref) => (ref.name === undefined ? ref : { name: ref.name });
  return policies.map((policy) => ({
    ...policy,
    permissionGroups: policy.permissionGroups.map(toInput),
    resourceGroups: policy.resourceGroups.map(toInput),
  }));
}

/**
 * Returns a policy of the account with the names that the program uses.
 *
 * Objects that the program names by id keep only their id. If the program uses names, an object that it does not know gets
 * the name in Cloudflare's response, so that drift is readable. It gets none that the program uses for another object.
 */
export function addNamesOfProgram(
  policy: UserGroupPolicy,
  program: readonly UserGroupPolicy[],
  { permission_groups, resource_groups }: ApiPolicy,
): UserGroupPolicy {
  const refs = listRefs(program);
  if (!refs.some(({ name }) => name !== undefined)) return policy;
  const response = { permissionGroups: permission_groups, resourceGroups: resource_groups };
  const nameOf = (kind: RefKind, id: string | undefined) => {
    const ofKind = refs.filter((ref) => ref.kind === kind);
    const known = ofKind.find((ref) => ref.id === id);
    if (known || id === undefined) return known?.name;
    const name = response[kind]?.find((group) => group.id === id)?.name;
    return ofKind.some((ref) => ref.name === name) ? undefined : name;
  };
  const addName = <Ref extends PermissionGroupRef>(kind: RefKind, ref: Ref): Ref => {
    const name = nameOf(kind, ref.id);
    return name ? { ...ref, name } : ref;
  };
  return {
    ...policy,
    permissionGroups: policy.permissionGroups.map((ref) => addName("permissionGroups", ref)),
    resourceGroups: policy.resourceGroups.map((ref) => addName("resourceGroups", ref)),
  };
}
