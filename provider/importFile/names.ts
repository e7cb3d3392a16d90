/** A group that needs a Pulumi name. */
interface Named {
  id: string;
  name: string;
}

/**
 * Returns a Pulumi name for each group, by the group's id: the group's own name in kebab case, such as `dns-readers`.
 *
 * Groups with the same result all get the beginning of their id appended. So a name depends only on the account's groups,
 * and not on the order in which the API lists them.
 *
 * @param fallbackName The name of a group whose own name has no letter and no digit.
 */
export function pulumiNames(groups: readonly Named[], fallbackName: string): Map<string, string> {
  const plain = new Map(groups.map(({ id, name }) => [id, kebabCase(name) || fallbackName]));
  const uses = new Map<string, number>();
  for (const name of plain.values()) uses.set(name, (uses.get(name) ?? 0) + 1);
  const isShared = ({ id }: Named) => (uses.get(plain.get(id) ?? "") ?? 0) > 1;
  const taken = new Set(groups.filter((group) => !isShared(group)).map(({ id }) => plain.get(id)));
  const names = new Map<string, string>();
  for (const group of groups) {
    const { id } = group;
    const name = plain.get(id) ?? fallbackName;
    const unique = isShared(group) ? uniqueName(taken, [`${name}-${id.slice(0, 8)}`, `${name}-${id}`]) : name;
    taken.add(unique);
    names.set(id, unique);
  }
  return names;
}

/** Returns a name for a variable that is not yet `taken`, such as `dnsReadersGroup`, and adds it to `taken`. */
export function variableName(pulumiName: string, taken: Set<string>): string {
  // Only ASCII: Node and TypeScript know the letters of different Unicode versions.
  const plain = pulumiName.normalize("NFKD").replace(/\p{M}/gu, "");
  const [first = "user", ...others] = plain.match(/[a-z0-9]+/gi) ?? [];
  const start = /^\d/.test(first) ? `_${first}` : first;
  // The suffix avoids TypeScript's own words and the names that the program imports.
  const name = `${start}${others.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join("")}Group`;
  const unique = uniqueName(taken, [name]);
  taken.add(unique);
  return unique;
}

function kebabCase(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** Returns the first candidate that is not taken, or else the last one with a number. */
function uniqueName(taken: ReadonlySet<string | undefined>, candidates: readonly string[]): string {
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  const last = candidates.at(-1) ?? "";
  for (let number = 2; ; number++) if (!taken.has(`${last}${number}`)) return `${last}${number}`;
}
