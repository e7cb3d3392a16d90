import { distance } from "fastest-levenshtein";

const most = 3;

/**
 * The names that a wanted one was most likely meant to be, the closest first, at most three; for the advice in an error.
 *
 * Upper and lower case count alike, and a name that holds the wanted one, or is held by it, is close whatever its length.
 */
export function closeNames(wanted: string, names: Iterable<string>): string[] {
  const sought = wanted.toLowerCase();
  const ranked = [...new Set(names)].map((name) => ({ name, rank: rankOf(sought, name.toLowerCase()) }));
  return ranked
    .filter(({ rank }) => rank <= Math.max(2, sought.length / 4))
    .sort((left, right) => left.rank - right.rank)
    .slice(0, most)
    .map(({ name }) => name);
}

function rankOf(sought: string, name: string): number {
  if (name !== "" && sought !== "" && (name.includes(sought) || sought.includes(name))) return 1;
  return distance(sought, name);
}
