/** The ids of objects, by name. A name that several objects have has none. */
export type IdsByName = ReadonlyMap<string, string | undefined>;

/** Returns the ids of these objects by name. Objects without an id or a name are left out. */
export function indexByName(objects: Iterable<{ id?: string | undefined; name?: string | undefined }>): IdsByName {
  const ids = new Map<string, string | undefined>();
  for (const { id, name } of objects)
    if (id && name) ids.set(name, ids.has(name) && ids.get(name) !== id ? undefined : id);
  return ids;
}
