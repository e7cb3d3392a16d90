import { distance } from "fastest-levenshtein";

const maxSuggestions = 3;

/**
 * Returns the names that a misspelled one may stand for: at most three, the most similar first.
 *
 * Upper and lower case are the same. A name that contains the misspelled one, or is contained in it, counts as similar
 * whatever its length.
 */
export function suggestNames(misspelled: string, names: Iterable<string>): string[] {
  const sought = misspelled.toLowerCase();
  const ranked = [...new Set(names)].map((name) => ({ name, rank: similarityRank(sought, name.toLowerCase()) }));
  return ranked
    .filter(({ rank }) => rank <= Math.max(2, sought.length / 4))
    .sort((left, right) => left.rank - right.rank)
    .slice(0, maxSuggestions)
    .map(({ name }) => name);
}

/**
 * Returns the emails that a misspelled one may stand for, as {@link suggestNames} does for names.
 *
 * Within the same domain only the part before it counts, because a shared domain says nothing about the person.
 */
export function suggestEmails(misspelled: string, emails: readonly string[]): string[] {
  const at = misspelled.lastIndexOf("@");
  const [name, domain] = at < 0 ? [misspelled, ""] : [misspelled.slice(0, at), misspelled.slice(at)];
  const isInDomain = (email: string) => domain !== "" && email.endsWith(domain);
  const namesInDomain = emails.filter(isInDomain).map((email) => email.slice(0, -domain.length));
  const suggestions = suggestNames(name, namesInDomain).map((found) => found + domain);
  if (suggestions.length > 0) return suggestions;
  return suggestNames(
    misspelled,
    emails.filter((email) => !isInDomain(email)),
  );
}

function similarityRank(sought: string, name: string): number {
  if (name !== "" && sought !== "" && (name.includes(sought) || sought.includes(name))) return 1;
  return distance(sought, name);
}
