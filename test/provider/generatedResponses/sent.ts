import fc from "fast-check";

// The types of Cloudflare's own client, as its responses hold them. A generator names every property of such a type. So a
// release of the client that adds or changes a property does not compile until the generator has it.

/** An object as a response may hold it: an optional property may be missing or null, and some have several documented forms. */
export type Sent<T> = T extends readonly (infer Item)[]
  ? Sent<Item>[]
  : T extends object
    ? { [Key in RequiredKeys<T>]: SentProperty<Key, T[Key]> } & {
        [Key in OptionalKeys<T>]?: SentProperty<Key, NonNullable<T[Key]>> | null;
      }
    : T;

/** What the documentation allows beyond the client's types, by the property's name. */
type SentProperty<Key, Value> = Key extends "scope"
  ? Sent<Value> | Sent<Value>[]
  : Key extends "meta"
    ? Sent<Value> | Record<string, string>
    : Key extends "resource_groups"
      ? Value extends readonly (infer Item)[]
        ? Sent<Anonymous<Item>>[]
        : never
      : Key extends "status"
        ? string
        : Sent<Value>;

/** A resource group that was made from a scope has no id. */
export type Anonymous<ResourceGroup> = Omit<ResourceGroup, "id"> & { id?: string };

type OptionalKeys<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];
type RequiredKeys<T> = Exclude<keyof T, OptionalKeys<T>>;

/** A generator for each of these properties. One that is missing, and one that the type does not have, does not compile. */
type Generators<T, Keys extends keyof T> = {
  readonly [Key in Keys]-?: fc.Arbitrary<SentProperty<Key, NonNullable<T[Key]>> | NullOf<T[Key]>>;
};
type NullOf<Value> = null extends Value ? null : never;

/** Properties that nobody has documented. A client must ignore them. */
const undocumented = fc.dictionary(
  fc.constantFrom("beta_state", "größe", "toString"),
  fc.constantFrom<unknown>("V", 0, null, false, [], [{ read: true }], { read: true }),
  { maxKeys: 2 },
);

/**
 * Generates an object of a type of Cloudflare's client.
 *
 * @param required The properties that are always there.
 * @param optional The properties that may be missing or null.
 */
export function sent<T extends object>(
  required: Generators<T, RequiredKeys<T>>,
  optional: Generators<T, OptionalKeys<T>>,
): fc.Arbitrary<Sent<T>> {
  const nullable = Object.entries<fc.Arbitrary<unknown>>(optional).map(([key, value]) => [key, fc.option(value)]);
  const generators: Record<string, fc.Arbitrary<unknown>> = { ...required, ...Object.fromEntries(nullable) };
  const documented = fc.record(generators, { requiredKeys: Object.keys(required) });
  // The two parameters have a generator for every property of the type.
  return fc.tuple(undocumented, documented).map((parts) => Object.assign({}, ...parts) as Sent<T>);
}
