/** Something that is to have a name of its own. */
interface Named {
  id: string;
  name: string;
}

/**
 * A Pulumi name for each group, by the group's id: its own name in small letters with dashes, `dns-readers`.
 *
 * Groups whose names come out the same all get the beginning of their id behind it, so that a group's name depends on
 * nothing but the account's groups and never on the order in which the API lists them.
 *
 * @param nameless What a group is called whose name holds no letter and no digit.
 */
export function pulumiNames(groups: readonly Named[], nameless: string): Map<string, string> {
  const plain = new Map(groups.map(({ id, name }) => [id, dashed(name) || nameless]));
  const uses = new Map<string, number>();
  for (const name of plain.values()) uses.set(name, (uses.get(name) ?? 0) + 1);
  const isShared = ({ id }: Named) => (uses.get(plain.get(id) ?? "") ?? 0) > 1;
  const taken = new Set(groups.filter((group) => !isShared(group)).map(({ id }) => plain.get(id)));
  const names = new Map<string, string>();
  for (const group of groups) {
    const { id } = group;
    const name = plain.get(id) ?? nameless;
    const unique = isShared(group) ? firstFree(taken, [`${name}-${id.slice(0, 8)}`, `${name}-${id}`]) : name;
    taken.add(unique);
    names.set(id, unique);
  }
  return names;
}

/** A name for a variable that no other variable has yet, such as `dnsReadersGroup`; notes it in `taken`. */
export function variableName(pulumiName: string, taken: Set<string>): string {
  // ASCII alone: Node and TypeScript know the letters of different releases of Unicode.
  const plain = pulumiName.normalize("NFKD").replace(/\p{M}/gu, "");
  const [first = "user", ...others] = plain.match(/[a-z0-9]+/gi) ?? [];
  const start = /^\d/.test(first) ? `_${first}` : first;
  // The ending keeps it apart from TypeScript's own words and from what the program imports.
  const name = `${start}${others.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join("")}Group`;
  const unique = firstFree(taken, [name]);
  taken.add(unique);
  return unique;
}

function dashed(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

function firstFree(taken: ReadonlySet<string | undefined>, candidates: readonly string[]): string {
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  const last = candidates.at(-1) ?? "";
  for (let number = 2; ; number++) if (!taken.has(`${last}${number}`)) return `${last}${number}`;
}
