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

/**
 * The e-mail addresses that a wanted one was most likely meant to be, as {@link closeNames} finds names.
 *
 * In the wanted one's domain only what stands before it counts: what everybody in a company shares makes nobody close.
 */
export function closeAddresses(wanted: string, addresses: readonly string[]): string[] {
  const at = wanted.lastIndexOf("@");
  const [name, domain] = at < 0 ? [wanted, ""] : [wanted.slice(0, at), wanted.slice(at)];
  const isThere = (address: string) => domain !== "" && address.endsWith(domain);
  const namesThere = addresses.filter(isThere).map((address) => address.slice(0, -domain.length));
  const close = closeNames(name, namesThere).map((found) => found + domain);
  return close.length > 0
    ? close
    : closeNames(
        wanted,
        addresses.filter((address) => !isThere(address)),
      );
}

function rankOf(sought: string, name: string): number {
  if (name !== "" && sought !== "" && (name.includes(sought) || sought.includes(name))) return 1;
  return distance(sought, name);
}
