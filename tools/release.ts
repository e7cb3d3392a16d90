import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

// What the release workflow asks before it publishes, and what it says on the release's page:
//   tsx tools/release.ts check v1.2.3    ends with an error that lists what is not ready for this tag
//   tsx tools/release.ts notes v1.2.3    prints the version's part of CHANGELOG.md

/** What each version's part of CHANGELOG.md must tell: whoever upgrades asks this first. */
export const upgradeHeading = "### What an upgrade does to existing stacks";

/** Both packages are released together, under one version. */
const manifests = ["package.json", "simulator/package.json"];

/** What keeps the files below a folder from being released under a tag, one complete sentence each. */
export function findProblems(folder: string, tag: string): string[] {
  const version = tag.replace(/^v/, "");
  return [
    ...manifests.flatMap((file) => problemsOfManifest(folder, file, version)),
    ...problemsOfChangelog(folder, version),
  ];
}

function problemsOfManifest(folder: string, file: string, version: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const problems: string[] = [];
  if (manifest.version !== version)
    problems.push(`The tag says ${version}, ${file} says ${manifest.version}: correct one of the two.`);
  if (!manifest.repository)
    problems.push(
      `${file} has no "repository": npm refuses provenance without it. Set it to the address of the GitHub repository.`,
    );
  return problems;
}

function problemsOfChangelog(folder: string, version: string): string[] {
  const [newest] = versionsOf(changelog(folder));
  if (newest?.version !== version)
    return [
      `CHANGELOG.md begins with ${newest?.version ?? "no version"}, not with ${version}: write what is new in it.`,
    ];
  const problems: string[] = [];
  if (!/^\d{4}-\d\d-\d\d$/.test(newest.date))
    problems.push(
      `CHANGELOG.md gives ${version} the date "${newest.date}": write the day of the release, as YYYY-MM-DD.`,
    );
  if (!newest.notes.includes(`${upgradeHeading}\n`))
    problems.push(`CHANGELOG.md has no "${upgradeHeading}" for ${version}: say it, also where it is nothing.`);
  return problems;
}

function changelog(folder: string): string {
  return readFileSync(join(folder, "CHANGELOG.md"), "utf8");
}

/** The versions that a changelog tells of, newest first. */
export function versionsOf(text: string): { version: string; date: string; notes: string }[] {
  const [, ...parts] = text.split(/^## /m);
  return parts.map((part) => {
    const [heading = "", ...notes] = part.split("\n");
    const [version = "", date = ""] = heading.split(" - ");
    return { version, date, notes: notes.join("\n").trim() };
  });
}

function main(command: string | undefined, tag: string | undefined): void {
  const folder = resolve(__dirname, "..");
  if (tag === undefined || (command !== "check" && command !== "notes"))
    throw new Error("Usage: tsx tools/release.ts check|notes <tag>");
  if (command === "check") {
    const problems = findProblems(folder, tag);
    if (problems.length > 0) throw new Error(`${tag} cannot be released.\n- ${problems.join("\n- ")}`);
    console.log(`${tag} can be released.`);
    return;
  }
  const found = versionsOf(changelog(folder)).find(({ version }) => `v${version}` === tag);
  if (!found) throw new Error(`CHANGELOG.md says nothing about ${tag}.`);
  console.log(found.notes);
}

if (require.main === module) {
  try {
    main(process.argv[2], process.argv[3]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
