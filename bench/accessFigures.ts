import { groupsOfPerson, permissionsOfGroup } from "./accessAccount";
import { replaceFigures } from "./readme";
import { formatNumber } from "./table";

/** What `npm run bench:access` measured. This is the content of its JSON file. */
export interface AccessResult {
  machine: { processors: number; node: string };
  members: number;
  groups: number;
  /** The rows of the report. */
  rows: number;
  /** The requests that the simulated account receives in one run. */
  calls: number;
  /** The median of the rounds. */
  seconds: number;
  rounds: number[];
}

const marks = {
  begin: "<!-- Written by `npm run bench:access -- --readme`. -->",
  end: "<!-- The end of what bench:access writes. -->",
};

/** The files that hold the figures. */
export const accessFigureFiles = ["bench/README.md", "docs/access.md"];

/** Returns the figures as a paragraph. */
export function describeAccess({ machine, members, groups, rows, calls, seconds, rounds }: AccessResult): string {
  const { processors, node } = machine;
  return (
    `A report of ${formatNumber(members)} members and ${formatNumber(groups)} groups takes ${formatNumber(calls)} calls ` +
    `and ${seconds.toFixed(0)} s. It has ${formatNumber(rows)} rows: everybody is in ${groupsOfPerson} groups, and every ` +
    `group has ${permissionsOfGroup} permissions. The figure is the median of ${rounds.length} rounds, which took ` +
    `${Math.min(...rounds).toFixed(0)} to ${Math.max(...rounds).toFixed(0)} s. The machine has ${processors} processors, ` +
    `which other work kept busy, and Node ${node}. The simulated account answers at once and allows 1,200 calls in five ` +
    "minutes, as Cloudflare does."
  );
}

/** Returns a Markdown file with the figures of this result in place of the old ones. */
export function insertAccessFigures(result: AccessResult, markdown: string): string {
  return replaceFigures(markdown, marks, describeAccess(result));
}
