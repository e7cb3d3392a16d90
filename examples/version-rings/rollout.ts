import type { Ring } from "./rings";

/** Returns the problems of a rollout, one sentence each. There are none when no version can have skipped a ring. */
export function findProblems(rings: readonly Ring[]): string[] {
  const invalid = rings.filter(({ version }) => !/^\d+(\.\d+){3}$/.test(version));
  if (invalid.length > 0)
    return invalid.map(
      ({ name, version }) =>
        `The ring ${name} has the invalid version "${version}": write four numbers, such as 2026.6.234.0.`,
    );
  return rings.flatMap((ring, index) => {
    const previous = rings[index - 1];
    if (!previous || compareVersions(ring.version, previous.version) <= 0) return [];
    return (
      `The ring ${ring.name} has version ${ring.version}, but ${previous.name} before it has ${previous.version}: ` +
      `promote ${previous.name} first.`
    );
  });
}

/** Returns a negative number when the left version is older. `2026.10.1.0` is newer than `2026.9.1.0`. */
function compareVersions(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}
