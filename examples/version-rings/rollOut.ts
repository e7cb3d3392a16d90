import type { Ring } from "./rings";

/** What is wrong with a roll-out, a sentence each; nothing when a version can only have come through all rings before. */
export function problemsOf(rings: readonly Ring[]): string[] {
  const malformed = rings.filter(({ version }) => !/^\d+(\.\d+){3}$/.test(version));
  if (malformed.length > 0)
    return malformed.map(({ name, version }) => `The ring ${name} is to run "${version}", which is no version.`);
  return rings.flatMap((ring, index) => {
    const before = rings[index - 1];
    if (!before || compareVersions(ring.version, before.version) <= 0) return [];
    return `The ring ${ring.name} is to run ${ring.version}, ahead of ${before.name} before it with ${before.version}.`;
  });
}

/** Negative where the left version is the older one: `2026.10.1.0` comes after `2026.9.1.0`. */
function compareVersions(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}
